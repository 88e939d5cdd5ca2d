import { describe, expect, it } from 'vitest'
import { sample } from '../schedules/played.ts'
import { sampleCollege } from '../support/sample-college.ts'

/** Three branches of 经济管理学院 wait. */
async function waiting() {
  const college = await sampleCollege('2022-04-25 10:00')
  await college.says('刘慧敏', '评分 会计 除3扣1，其余满分\n电商 除3扣1，其余满分\n物流 除3扣1，其余满分')
  await college.says('刘慧敏', '提交')
  return college
}

describe('review in words', () => {
  it('退回 with branch and reason reaches the grader, without a card before', async () => {
    const { says, hears } = await waiting()
    const liu = hears('刘慧敏')
    expect(await says('周组安', '退回 电商教研室 第2项请核实')).toMatch(/电商教研室已退回/)
    expect(liu().join('\n')).toMatch(/已退回：电商教研室党支部。组织部意见：“第2项请核实”。修改后请在4月30日（周六）前/)
  })

  it('备案 files one or several, 全部备案 a general branch, 待审 and 审核 show what is meant', async () => {
    const { says, hears } = await waiting()
    expect(await says('周组安', '待审 经济管理')).toMatch(/经济管理学院待审3个/)
    expect(await says('周组安', '审核')).toMatch(/待审3个/)
    expect(await says('周组安', '审核 物流')).toMatch(/物流教研室党支部[^]*备案[^]*退回/)
    const liu = hears('刘慧敏')
    expect(await says('周组安', '备案 物流')).toMatch(/物流.*已备案/)
    expect(await says('周组安', '备案 物流')).toMatch(/物流.*已由周组安备案/)
    expect(await says('周组安', '备案 会计、没有的')).toMatch(/“没有的”没有读懂.*都没有备案/)
    expect(await says('周组安', '全部备案 没有的')).toMatch(/没有找到总支“没有的”/)
    expect(await says('周组安', '全部备案 经济管理')).toMatch(/经济管理学院党总支2个支部已备案/)
    expect(liu()).toEqual([expect.stringMatching(/^组织部已备案：物流.*的评分。$/)])
    expect(await says('周组安', '待审 经济管理')).toMatch(/经济管理学院党总支没有待审的评分/)
    expect(await says('刘慧敏', '备案 会计')).toContain('无权')
  })

  it('the words of a card at hand are its buttons', async () => {
    const { says } = await waiting()
    await says('周组安', '待审')
    await says('周组安', '逐个看')
    expect(await says('周组安', '备案')).toMatch(/已备案/)
    expect(await says('周组安', '退回')).toMatch(/请直接发退回原因/)
    await says('周组安', '取消')
    expect(await says('周组安', '备案')).toMatch(/请说明备案哪个支部/)
  })

  it.each(['备案 依据不足，请补充', '月报 也没有交，请一并补齐', '评分 偏高，第17项请核实', '谁没交 的材料请补齐'])(
    'while a reason is awaited “%s” is the reason',
    async (reason) => {
      const { says, hears } = await waiting()
      await says('周组安', '退回 物流')
      const liu = hears('刘慧敏')
      expect(await says('周组安', reason)).toMatch(/物流.*已退回/)
      expect(liu().join('\n')).toContain(`组织部意见：“${reason}”`)
    },
  )

  it('a reason is kept while the branch is asked for', async () => {
    const { says, hears } = await waiting()
    const liu = hears('刘慧敏')
    expect(await says('周组安', '退回 物理 数字对不上')).toMatch(/退回哪个支部/)
    expect(await says('周组安', '物流')).toMatch(/已退回/)
    expect(liu().join('\n')).toContain('“数字对不上”')
  })

  it.each(['退回 物流', '重开 会计'])('who loses the post in the middle of “%s” may not finish it', async (words) => {
    const { says, hears, puts } = await waiting()
    await says('袁秋月', '备案 会计')
    expect(await says('周组安', words)).toContain('原因')
    await puts({
      ...sample,
      people: sample.people.map((one) =>
        one.name === '周组安' ? { ...one, seats: [{ post: 'publicity-department' }] } : one,
      ),
    })
    const liu = hears('刘慧敏')
    expect(await says('周组安', '请补充依据')).toContain('无权')
    expect(liu()).toEqual([])
  })
})
