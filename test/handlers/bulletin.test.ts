import { describe, expect, it } from 'vitest'
import { sampleCollege } from '../support/sample-college.ts'

const now = '2022-04-20 10:00'

describe('a bulletin', () => {
  it('of a quarter or a month that this year has not is said so, with what there is', async () => {
    const { says } = await sampleCollege(now)
    expect(await says('周组安', '通报 1季度')).toBe(
      '本年度没有1季度的通报，有2季度、3季度、4季度。请回复“通报 2季度”，或“通报 4月”到“通报 12月”。',
    )
    expect(await says('周组安', '通报 1月')).toMatch(/^本年度没有1月的通报/)
    expect(await says('周组安', '通报 2季度')).toContain('2季度基层组织建设工作通报')
    expect(await says('周组安', '通报 3季度')).toContain('3季度还没到')
  })

  it('is drafted by general branch in the roster’s order, without ranking, and goes to the groups once', async () => {
    const { says, college } = await sampleCollege(now)
    const groups = () => college.door.arrivals.filter(({ to }) => to.startsWith('#')).map(({ text }) => text)
    const draft = await says('周组安', '通报')
    expect(draft).toMatch(/机电工程学院党总支：评分 0\/4[^]*信息工程学院党总支[^]*发到群[^]*修改/)
    expect(draft).not.toMatch(/排名|第一名|倒数/)
    await says('周组安', '修改')
    expect(await says('周组安', '四月工作通报：请按期完成。')).toMatch(/四月工作通报：请按期完成。[^]*发到群/)
    expect(groups()).toEqual([])
    expect(await says('周组安', '发到群')).toMatch(/已发到群/)
    expect(groups().join()).toContain('四月工作通报：请按期完成。')
    const posted = groups().length
    expect(await says('袁秋月', '发到群')).toMatch(/已发过：周组安在4月20日/)
    expect(groups()).toHaveLength(posted)
    expect(await says('陈志刚', '通报')).toContain('无权')
  })

  it('on a day off waits for the next working day, which is said', async () => {
    const { says, hears, at, college } = await sampleCollege('2022-04-23 10:00')
    const groups = () => college.door.arrivals.filter(({ to }) => to.startsWith('#')).map(({ text }) => text)
    await says('周组安', '通报')
    expect(await says('周组安', '发到群')).toMatch(/已发到群。.*4月24日（周日）发/)
    expect(groups()).toEqual([])
    hears('周组安')
    await at('2022-04-24 09:07')
    expect(groups().join()).toContain('4月基层组织建设工作通报')
  })

  it('a card that is overtaken by somebody’s own words shows those and sends nothing', async () => {
    const { says } = await sampleCollege(now)
    await says('周组安', '通报')
    await says('袁秋月', '通报')
    await says('袁秋月', '修改')
    await says('袁秋月', '袁秋月写的通报')
    expect(await says('周组安', '发到群')).toMatch(/袁秋月改写的文字[^]*袁秋月写的通报/)
  })
})
