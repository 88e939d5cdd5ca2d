import { describe, expect, it } from 'vitest'
import { regulationKeeping } from '../../handlers/regulation/regulation.ts'
import { snapshotOf } from '../../src/bot/pushes/snapshot.ts'
import { Changes } from '../../src/bot/records/changes.ts'
import { sampleCollege } from '../support/sample-college.ts'

const june = '2022-06-15 10:00'
const whole = '制度 《党费收缴管理办法》，堵点：跨校区缴费要来回跑，修改建议：可以线上缴纳，依据：上级有关规定'

describe('proposals to revise a regulation', () => {
  it('are read without labels too', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('曾雨薇', '制度 《党费收缴制度》太繁琐，建议改为按季度收，依据是党员意见')).toMatch(
      /制度名称：《党费收缴制度》\n堵点：太繁琐\n修改建议：建议改为按季度收\n依据：党员意见/,
    )
  })

  it('are said in one message, changed by saying them again, and taken back', async () => {
    const { says, store, college } = await sampleCollege(june)
    expect(await says('曾雨薇', whole)).toMatch(
      /制度名称：《党费收缴管理办法》[^]*堵点：跨校区缴费要来回跑[^]*修改建议：可以线上缴纳[^]*依据：上级有关规定/,
    )
    expect(await says('曾雨薇', '预览')).not.toMatch(/制度修改建议[^]*制度修改建议/)
    expect(await says('曾雨薇', '提交')).toContain('已提交')
    expect(await says('曾雨薇', '任务')).toMatch(/4 完善党委制度汇编 12月31日（周六）前 进行中/)
    await says('孙文静', whole.replace('可以线上缴纳', '按学期缴纳'))
    await says('孙文静', '提交')
    await says('曾雨薇', whole.replace('可以线上缴纳', '全部线上缴纳'))
    expect(await says('曾雨薇', '提交')).toContain('替换了')
    expect(await says('曾雨薇', '制度')).toMatch(/您提过1条[^]*党费收缴管理办法》：全部线上缴纳/)
    expect(await says('邓书文', '制度汇总')).toContain('regulations')
    const [paper] = regulationKeeping.papers ?? []
    if (!paper) throw new Error('no paper')
    const world = await college.bot.world()
    const { name, data } = await paper.render(await snapshotOf(world, new Changes(store), [paper]), {})
    expect([name, data.length > 1000]).toEqual(['制度修改建议汇总.docx', true])
    expect(await says('曾雨薇', '制度 撤销 党费收缴管理办法')).toContain('请写明原因')
    expect(await says('曾雨薇', '制度 撤销 党费收缴管理办法 已经修订')).toContain('已撤销：《党费收缴管理办法》')
    expect(await says('曾雨薇', '制度')).toContain('还没有提过')
    expect(await says('马建国', '制度')).toContain('无权')
    expect(await says('孙文静', '制度汇总')).toContain('无权')
  })

  it('a name ends without the mark of its sentence, and a card says its title once', async () => {
    const { says } = await sampleCollege(june)
    const card = await says(
      '孙文静',
      whole.replace('《党费收缴管理办法》', '制度名称：党费收缴管理办法。').replace('。，', '。'),
    )
    expect(card).toContain('制度名称：党费收缴管理办法\n')
    expect(card.match(/制度修改建议/g)).toHaveLength(1)
  })

  it('what is missing is asked in one question', async () => {
    const { says } = await sampleCollege(june)
    expect(await says('孙文静', '制度 制度名称：党费收缴管理办法，堵点：来回跑')).toMatch(/还差修改建议、依据/)
    expect(await says('孙文静', '修改建议：线上缴纳。依据：上级规定')).toContain('提交')
  })
})
