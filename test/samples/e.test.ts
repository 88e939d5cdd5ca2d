import { describe, expect, it } from 'vitest'
import { both, sampleOf } from './sample.ts'

/** E: a panel's average and the branch's rubric, half each; at least 15 % of the branches 较好 or below. */
const e = sampleOf('E')
const college = () => e.at('2024-12-09 10:00')

describe('E, a panel beside the rubric', () => {
  it.each(both)('takes marks without names and weighs their average, on %s', async (channel) => {
    const { on } = await college()
    expect(await on(channel, '施雨晴', '评分 基础医学 除3扣1，其余满分')).toMatch(
      /总分 还缺评议\n评议 待定 × 50% ＋ 总支 99 × 50%/,
    )
    await on(channel, '施雨晴', '提交')
    expect(await on(channel, '钱文', '备案 基础医学')).toContain('基础医学还缺评议，还不能备案')
    expect(await on(channel, '钱文', '评议')).toMatch(/评议已记0\/9个支部。\n未记：基础医学党支部、/)
    expect(await on(channel, '钱文', '评议 基础医学 95 92 88\n临床医学 95，92，x')).toMatch(
      /已记下基础医学党支部的评议：3个分数，平均91\.67分。现在是95\.33 分 好。\n临床医学党支部：“x”不是0到100的分数，没有记下。/,
    )
    expect(await on(channel, '钱文', '待审 基础医学')).toContain('评议 91.67 × 50% ＋ 总支 99 × 50% ＝ 95.33')
    expect(await on(channel, '钱文', '备案 基础医学')).toContain('基础医学已备案')
    expect(await on(channel, '钱文', '评议 基础医学 60')).toContain('已备案，没有改动')
    expect(await on(channel, '施雨晴', '评议 基础医学 60')).toContain('无权使用“评议”')
  })

  it('counts at review when too few can be 较好 or below', async () => {
    const { on } = await college()
    const units = {
      施雨晴: ['基础医学', '临床医学', '医学学生', '护理'],
      杨海波: ['药剂教研室', '药学学生', '制药工程'],
    }
    for (const [grader, branches] of Object.entries(units))
      for (const branch of branches) {
        await on('wecom', '钱文', `评议 ${branch} 95`)
        await on('wecom', grader, `评分 ${branch} 全部满分`)
        await on('wecom', grader, '提交')
      }
    expect(await on('wecom', '钱文', '待审')).not.toContain('请注意')
    await on('wecom', '钱文', '评议 教务 96')
    await on('wecom', '周子谦', '评分 教务 全部满分')
    await on('wecom', '周子谦', '提交')
    expect(await on('wecom', '钱文', '待审')).toContain('请注意：较好及以下 0/9，至少2个（较好及以下的不少于15%）。')
  })

  it.each(both)('asks for missing marks until they are there, by the day of the file, on %s', async (channel) => {
    const { on, pushed, at, college: played } = await e.at('2024-12-11 10:00')
    const all = pushed('2024-12-01', '2024-12-31').filter((one) => one.includes('评议打分'))
    expect(all.length).toBeGreaterThan(1)
    expect(all.every((one) => /评议打分 0\/9，12月18日（周三）/.test(one) && /组织部/.test(one))).toBe(true)
    await on(channel, '钱文', '评议 基础医学 95 92 88')
    expect(await on(channel, '钱文', '进度')).toContain('评议 1/9')
    const open = await on(channel, '钱文', '谁没交评议')
    expect(open).toContain('评议（8）：')
    expect(open).not.toContain('基础医学')
    expect(await on(channel, '施雨晴', '进度')).not.toContain('评议')
    expect(await on(channel, '钱文', '帮助')).toMatch(/评议打分 1\/9，12月18日（周三）[^]*请回复“评议 \S+ 95 92 88”/)
    const before = played.door.arrivals.length
    const said = (): string =>
      played.door.arrivals
        .slice(before)
        .map(({ text }) => text)
        .join('\n')
    await at('2024-12-17 09:07')
    expect(said()).toMatch(/评议打分 1\/9/)
    await on(channel, '钱文', ['评议', ...e.roster.branches.map(({ name }) => `${name} 90 91`)].join('\n'))
    expect(await on(channel, '钱文', '进度')).toContain('评议 9/9')
    expect(await on(channel, '钱文', '帮助')).not.toContain('评议打分')
    await at('2024-12-18 09:07')
    expect(said()).not.toMatch(/评议打分 9\/9/)
  })

  it('prints how it was weighed; reminds by its day', async () => {
    const { on, paper, pushed } = await college()
    await on('wecom', '钱文', '评议 基础医学 80 81')
    await on('wecom', '施雨晴', '评分 基础医学 除3扣1，其余满分')
    await on('wecom', '施雨晴', '提交')
    const card = await paper('scorecard', { branch: '基础医学党支部', self: false, deciding: true })
    expect(card.text).toContain('定级：较好')
    expect(card.text).toContain('计算：评议 80.5 × 50% ＋ 总支 99 × 50% ＝ 89.75。')
    const table = await paper('summary-table', { unit: '医学院党总支', by: '施雨晴' })
    expect(table.text).toMatch(/基础医学党支部\n89\.75\n较好/)
    expect((await paper('summary-workbook', { unit: '医学院党总支', by: '施雨晴' })).text).toContain('89.75')
    expect(pushed('2024-12-09', '2024-12-20').join('\n')).toMatch(/支部评分 0\/4，12月20日（周五）/)
  })

  it('has nothing to ask; a demand that the bands cannot fill is an error', () => {
    expect(e.lint()).toEqual([])
    expect(e.lint(e.text.replaceAll('12月18日', '12月21日'))).toEqual([
      '警告 forms.panel.deadline “12月21日”到期的12月21日放假；提醒到之前最后一个工作日为止，请核实是否提前。',
    ])
    expect(e.lint(e.text.replace('share: 0.15', 'share: 0.2'))).toEqual([
      '警告 bands[1].orBelow 原文“较好及以下的不少于15%”与这里的20不一致，请核对。',
    ])
    expect(e.lint(e.text.replace('who: panel, share: 0.5', 'who: deciding, share: 0.5'))).toEqual([
      '错误 result.shares[1].who deciding 写了两次，请合并。',
    ])
  })
})
