import { describe, expect, it } from 'vitest'
import { both, sampleOf } from './sample.ts'

/** D: base points without an upper limit, additions and deductions by count, words about each change. */
const d = sampleOf('D')
const college = () => d.at('2024-11-18 10:00')

describe('D, a base and no upper limit', () => {
  it.each(both)('is scored up and down from the base, with a word about each change, on %s', async (channel) => {
    const { on } = await college()
    expect(await on(channel, '王海波', '评分 软件教研室 1扣1、6加2，其余基础分')).toContain(
      '第1项（三会一课）9分，与基础分10分不同，要写依据（共2项要写）。请发“第1项依据：…”。',
    )
    expect(await on(channel, '王海波', '提交')).toContain('要写依据')
    expect(await on(channel, '王海波', '缺一次党员大会')).toContain(
      '第6项（教学任务）12分，与基础分10分不同，要写依据。',
    )
    const card = await on(channel, '王海波', '第6项依据：省教学竞赛二等奖')
    expect(card).toMatch(
      /总分 101 分，定级：良好[^]*基础党建 49 ＋ 作用发挥 52 ＝ 101\n有加减：1 三会一课 9、6 教学任务 12/,
    )
    expect(await on(channel, '王海波', '7加12')).toContain('第7项（科研服务）22分，与基础分10分不同')
    expect(await on(channel, '王海波', '第7项依据：到账经费增加120%')).toMatch(/总分 113 分，定级：优秀/)
    expect(await on(channel, '王海波', '1扣11')).toContain('这一项不低于0分')
    expect(await on(channel, '王海波', '扣1')).toMatch(/总分 113 分/)
    expect(await on(channel, '王海波', '提交')).toContain('总分 113 分，定级：优秀')
    expect(await on(channel, '王海波', '评分 信息学生 全部基础分')).toMatch(/总分 100 分，定级：良好/)
  })

  it('stands beside the self-score, and the reviewer reads the evidence', async () => {
    const { on } = await college()
    await on('wecom', '蒋晓东', '评分 全部基础分')
    expect(await on('wecom', '蒋晓东', '提交')).toContain('总分 100 分，定级：良好')
    await on('wecom', '王海波', '评分 软件教研室 1扣1，其余基础分')
    expect(await on('wecom', '王海波', '第1项依据：缺一次党员大会')).toMatch(/总分 99 分，定级：合格，自评 100 分/)
    await on('wecom', '王海波', '提交')
    expect(await on('wecom', '陶国强', '待审 软件教研室')).toMatch(/自评 100 分[^]*各项说明：1 缺一次党员大会/)
    expect(await on('wecom', '陶国强', '备案 软件教研室')).toContain('已备案')
  })

  it('prints bases, evidence and the sum', async () => {
    const { on, paper } = await college()
    await on('wecom', '王海波', '评分 软件教研室 6加2，其余基础分')
    await on('wecom', '王海波', '第6项依据：省教学竞赛二等奖')
    await on('wecom', '王海波', '提交')
    const card = await paper('scorecard', { branch: '软件教研室党支部', self: false, deciding: true })
    expect(card.text).toMatch(/6\. 教学事故每起扣3分，教学获奖每项加2分。\n（说明：省教学竞赛二等奖）\n基础10分\n+12\n/)
    expect(card.text).toMatch(/总分（100分）[^]*102[^]*计算：基础党建 50 ＋ 作用发挥 52 ＝ 102。/)
    const table = await paper('summary-table', { unit: '信息学院党总支', by: '王海波' })
    expect(table.text).toMatch(/软件教研室党支部\n102\n良好/)
    expect((await paper('summary-workbook', { unit: '信息学院党总支', by: '王海波' })).text).toContain('102')
  })

  it('reminds by its day; lint knows that there is no upper limit', async () => {
    const { pushed } = await college()
    expect(pushed('2024-11-18', '2024-11-29').join('\n')).toMatch(/支部评分 0\/3，11月29日（周五）/)
    expect(d.lint()).toEqual([
      '警告 duties.grading.inputs.words 原文把“自评”列为定级依据，没有写各占多少；以总支评分定级，自评放在旁边供参考，请核实。',
    ])
    const limited = d.text.replace(
      'from: 110\n  inclusive: true\n',
      'from: 110\n  inclusive: true\n  to: 120\n  toInclusive: true\n',
    )
    expect(d.lint(limited)).toEqual(['错误 bands[0].to 评分表不封顶，最高等级不写 to 和 toInclusive。'])
    expect(d.lint(d.text.replace('85分以上不满100分', '85分以上不满99分'))).toContain(
      '警告 bands 按原文99至99.5分不属于任何等级；现按“合格”计，请核实。',
    )
  })
})
