import { describe, expect, it } from 'vitest'
import { draw, newSeed, readDraw } from '../../src/campaign/inspection/draw.ts'
import { numbered } from '../../src/campaign/inspection/inspection.ts'
import { sampleCollege } from '../support/sample-college.ts'

const [secretary, general, other, department, colleague] = ['郑雨桐', '杨晓东', '陈志刚', '周组安', '袁秋月'] as const
const branch = '网络教研室'

describe('督查', () => {
  it('of several branches in one message each gets its own', async () => {
    const { says, hears } = await sampleCollege('2022-05-09 10:00')
    const own = hears(secretary)
    const both = await says(department, '督查 网络教研室、信息学生 请补4月支委会记录')
    expect(both).toMatch(/督查1 网络教研室党支部：“请补4月支委会记录”[^]*督查1 信息学生党支部：“请补4月支委会记录”/)
    expect(own().join('')).not.toContain('信息学生')
    expect(await says(department, '督查 网络教研室、信息学生')).toMatch(/都还没有办/)
    expect(await says(department, '销号 网络教研室、信息学生')).toMatch(/网络教研室[^]*已销号[^]*信息学生[^]*已销号/)
  })

  it('reaches the branch at once, its answer who sent it; returned it is open again, closed it is counted', async () => {
    const { says, hears } = await sampleCollege('2022-05-09 10:00')
    const own = hears(secretary)
    expect(await says(department, `督查 ${branch} 4月支委会没有记录，请补开`)).toMatch(
      /已记下：督查1 网络教研室党支部：“4月支委会没有记录，请补开”（待整改，5月23日（周一）前）/,
    )
    expect(own()).toEqual([
      expect.stringMatching(/督查1（组织部）[^]*4月支委会没有记录[^]*5月23日（周一）前[^]*整改 …/),
    ])
    expect(await says(department, '进度')).toContain('督查整改 0/1')
    expect(await says(secretary, '整改')).toContain('4月支委会没有记录')
    expect(await says(department, `退回 ${branch} 不够`)).toContain('还没有新的答复')
    const above = hears(department)
    expect(await says(secretary, '整改 5月6日已补开支委会')).toMatch(
      /已记下：.*已答复，待销号）。整改：“5月6日已补开支委会”/,
    )
    expect(above().join('')).toMatch(/整改（督查1）：网络教研室党支部“5月6日已补开支委会”/)
    const again = hears(secretary)
    expect(await says(department, `退回 ${branch} 没有写应到人数`)).toMatch(/已记下：.*待整改，5月16日（周一）前/)
    expect(again()).toEqual([expect.stringMatching(/已退回：.*没有写应到人数[^]*5月16日（周一）前/)])
    await says(secretary, '整改 应到五人实到五人')
    expect(await says(secretary, `销号 ${branch}`)).toContain('无权')
    expect(await says(general, `销号 ${branch}`)).toContain('无权')
    expect(await says(department, `销号 ${branch}`)).toMatch(/已记下：.*已销号/)
    expect(await says(colleague, `销号 ${branch}`)).toMatch(/已由周组安在5月9日10:00销号/)
    expect(await says(department, '进度')).toContain('督查整改 1/1')
    expect(await says(department, '督查')).toContain('已销号')
  })

  it('of a branch that is not clear the name may be typed, the words are kept', async () => {
    const { says } = await sampleCollege('2022-05-09 10:00')
    expect(await says(department, '督查 物理 4月支委会没有记录')).toContain('督查哪个支部')
    expect(await says(department, '网络')).toContain(`已记下：督查1 ${branch}党支部：“4月支委会没有记录”`)
  })

  it('of several it is asked which, the words are kept', async () => {
    const { says, hears } = await sampleCollege('2022-05-09 10:00')
    await says(general, `督查 ${branch} 主题党日没有主题`)
    await says(department, `督查 ${branch} 支委会没有记录`)
    const sender = hears(general)
    expect(await says(secretary, '整改 已写明')).toMatch(/是哪一条督查[^]*督查1[^]*督查2/)
    expect(await says(secretary, '督查1')).toMatch(/已记下：督查1 .*整改：“已写明”/)
    expect(sender().join('')).toContain('“已写明”')
    expect(await says(secretary, '整改2 已补开')).toMatch(/已记下：督查2 .*整改：“已补开”/)
    expect(await says(secretary, '整改 7 已补开')).toContain('没有督查7')
    expect(await says(general, `销号 ${branch} 2`)).toContain('无权')
    expect(await says(general, `销号 ${branch}`)).toMatch(/已记下：督查1 .*已销号/)
  })

  it('a general branch only its own; without a branch or words they are asked for', async () => {
    const { says, hears } = await sampleCollege('2022-05-09 10:00')
    expect(await says(other, `督查 ${branch} 请补开`)).toContain('无权')
    expect(await says(secretary, `督查 ${branch} 请补开`)).toContain('无权')
    expect(await says(general, `督查 ${branch}`)).toContain('请直接发要整改什么')
    const own = hears(secretary)
    expect(await says(general, '4月主题党日没有主题，请写明')).toContain('已记下：督查1')
    expect(own().join('')).toContain('督查1（党总支）')
    expect(await says(department, '督查 网路教研 请补开支委会')).toMatch(/督查哪个支部/)
    expect(await says(department, '网络教研室党支部')).toMatch(/已记下：督查2 .*“请补开支委会”/)
    expect(await says(secretary, '销号 网络教研室')).toContain('无权')
  })

  it('退回 asks where a card and an answer wait both', async () => {
    const { says, hears } = await sampleCollege('2022-05-09 10:00')
    await says(general, `评分 ${branch} 全部满分`)
    await says(general, '提交')
    await says(department, `督查 ${branch} 支委会没有记录`)
    await says(secretary, '整改 已补开')
    const own = hears(secretary)
    const grader = hears(general)
    expect(await says(department, `退回 ${branch} 请写明依据`)).toMatch(/退回网络教研室党支部的哪一项[^]*评分[^]*整改/)
    await says(department, '整改')
    expect(own().join('')).toContain('已退回：网络教研室党支部督查1的整改。意见：“请写明依据”')
    expect(await says(department, `退回 ${branch} 第17项请补充依据`)).toContain('已退回')
    expect(grader().join('')).toContain('组织部意见：“第17项请补充依据”')
  })

  it('reminds the branch before and tells who sent it afterwards', async () => {
    const { says, hears, at } = await sampleCollege('2022-05-09 10:00')
    await says(general, `督查 ${branch} 主题党日没有主题`)
    const own = hears(secretary)
    const above = hears(general)
    const about = (heard: () => string[]): string[] => heard().filter((text) => text.includes('督查整改'))
    for (const day of ['05-16', '05-20', '05-23']) {
      const before = about(own).length
      await at(`2022-${day} 09:07`)
      expect(about(own).slice(before)).toEqual([expect.stringMatching(/督查整改，.*5月23日（周一）/)])
    }
    await at('2022-05-24 09:07')
    expect(about(above)).toEqual([expect.stringMatching(/督查整改已到期，还有1条没有答复。[^]*网络教研室党支部督查1/)])
  })
})

describe('抽查', () => {
  it('draws by a seed, with what the records lack, and keeps the draws', async () => {
    const { says } = await sampleCollege('2022-05-09 10:00')
    const drawn = await says(department, '抽查')
    const names = (text: string): string[] => text.match(/\S+党支部(?=：)/gu) ?? []
    expect(names(drawn)).toHaveLength(3)
    expect(drawn).toContain('支委会')
    const seed = /种子 ([0-9A-Z]+)/.exec(drawn)?.[1] ?? ''
    expect(names(await says(department, `抽查 3 种子 ${seed.toLowerCase()}`))).toEqual(names(drawn))
    expect(names(await says(department, '抽查5'))).toHaveLength(5)
    expect(await says(department, '抽查 记录')).toContain(`种子 ${seed}`)
    expect(await says(general, '抽查 记录')).toContain('还没有抽查过')
    expect(names(await says(general, '抽查 9'))).toHaveLength(4)
    expect(await says(department, '抽查 随便')).toContain('没有读懂')
    expect(await says(secretary, '抽查')).toContain('无权')
  })

  it('the same seed draws the same in any order', () => {
    const all = Array.from({ length: 28 }, (_, i) => `支部${i}`)
    const seed = newSeed()
    const how = { seed, nameOf: (one: string) => one }
    expect(draw(all.toReversed(), 5, how).toSorted()).toEqual(draw(all, 5, how).toSorted())
    expect(draw(all, 40, how)).toEqual(all)
    expect(readDraw('５ 种子 8f2k')).toEqual({ count: '5', seed: '8F2K' })
    expect(readDraw('5个支部，种子 8F2K')).toEqual({ count: '5', seed: '8F2K' })
    expect(readDraw('5个党支部；种子：8F2K')).toEqual({ count: '5', seed: '8F2K' })
  })
})

it.each<[string, number | undefined, string]>([
  ['5月6日已补开', undefined, '5月6日已补开'],
  ['2 已补开', 2, '已补开'],
  ['第2项：已补开', 2, '已补开'],
  ['第17项 请补充', undefined, '第17项 请补充'],
  ['2', 2, ''],
])('“%s” names number %s', (text, number, rest) => {
  expect(numbered(text, [1, 2])).toEqual(number === undefined ? { rest } : { number, rest })
})
