import { describe, expect, it } from 'vitest'
import { sample } from '../schedules/played.ts'
import { sampleCollege } from '../support/sample-college.ts'

const report = '到了网络教研室，组织生活正常。解决了经费问题。难点：无'

describe('months of the liaison report', () => {
  it.each([
    ['联系支部', '党政办公', /联系支部：党政办公党支部\n难点堵点热点：无/],
    ['难点', '场地不足', /联系支部：网络教研室党支部\n难点堵点热点：场地不足\n全文：到了网络教研室/],
    ['全文', '到了党政办公，场地不足。难点：无', /联系支部：党政办公党支部\n[^]*全文：到了党政办公，场地不足/],
  ])('a part of it is written anew: %s', async (part, text, whole) => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    await says('马建国', `月报 4月 ${report}`)
    expect(await says('马建国', '修改')).toBe('改哪一部分\n1. 联系支部\n2. 难点堵点热点\n3. 全文\n请回复数字或名称。')
    expect(await says('马建国', part)).toMatch(/^请直接发“.*”的新内容，一条消息即可，替换原来的。$/)
    expect(await says('马建国', text)).toMatch(whole)
  })

  it('one that has not begun is not there yet', async () => {
    const { says } = await sampleCollege('2022-04-25 10:00')
    expect(await says('马建国', '月报 6月')).toContain('6月还没到')
    expect(await says('邓书文', '月报汇总 6月')).toContain('6月还没到')
    expect(await says('邓书文', '谁没交 6月')).toContain('6月还没到')
  })

  it('is closed by 党委办公室 alone, once it is over, and by 定稿 alone', async () => {
    const { says, later } = await sampleCollege('2022-04-30 10:00')
    await says('马建国', `月报 4月 ${report}`)
    await says('马建国', '提交')
    expect(await says('邓书文', '月报汇总 4月 定稿')).toMatch(/4月30日（周六）过后才能定稿/)
    later('2022-05-05 10:00')
    await says('邓书文', '月报汇总 4月')
    expect(await says('马建国', '月报 4月 补充：还去了党政办公')).not.toContain('定稿')
    await says('马建国', '提交')
    expect(await says('周组安', '月报汇总 4月 定稿')).toContain('无权')
    expect(await says('邓书文', '月报汇总 4月 定稿')).toContain('4月月报已定稿')
    expect(await says('邓书文', '月报汇总 4月 定稿')).toContain('已经定稿')
    expect(await says('马建国', '月报 4月 补充：还去了教务')).toMatch(/已经定稿，不能再改.*党委办公室/)
  })

  it('once closed a missing one is taken, late, and 党委办公室 hears of it; opened again, of a changed one', async () => {
    const { says, hears } = await sampleCollege('2022-05-05 10:00')
    await says('马建国', `月报 4月 ${report}`)
    await says('马建国', '提交')
    await says('邓书文', '月报汇总 4月 定稿')
    const deng = hears('邓书文')
    await says('罗建国', '月报 4月 到了护理教研室，作用发挥好。解决：无。难点：无')
    expect(await says('罗建国', '提交')).toMatch(/逾期1个工作日.*已告知党委办公室/)
    expect(deng()).toEqual([expect.stringMatching(/^罗建国在定稿后补交了4月联系支部报告，逾期1个工作日。/)])
    expect(await says('邓书文', '月报汇总 4月 重开')).toMatch(/要写明原因/)
    expect(await says('邓书文', '月报汇总 4月 重开 数字有误')).toContain('4月月报已重开')
    await says('马建国', '月报 4月 补充：还去了党政办公')
    expect(await says('马建国', '提交')).toContain('已告知党委办公室')
    expect(deng().at(-1)).toMatch(/马建国在重开后修改了4月联系支部报告/)
  })

  it('who is no member any more is told so, and nothing is submitted', async () => {
    const { says, puts } = await sampleCollege('2022-04-25 10:00')
    await says('马建国', `月报 4月 ${report}`)
    await puts({
      ...sample,
      people: sample.people.map((one) =>
        one.name === '马建国' ? { ...one, seats: [{ post: 'publicity-department' }] } : one,
      ),
    })
    expect(await says('马建国', '提交')).toMatch(/无权填写“月报”.*没有提交/)
    const all = sample.people.filter(({ seats }) => seats.some(({ post }) => /committee|deputy/.test(post))).length
    expect(await says('周组安', '进度')).toContain(`月报 0/${all - 1}`)
  })
})
