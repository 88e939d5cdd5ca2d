import { describe, expect, it } from 'vitest'
import { both, sampleOf } from './sample.ts'

/** A: 20 items of 2 to 10 points; self 40 %, general branch 60 %; two decimals; bands in whole numbers. */
const a = sampleOf('A')
const college = () => a.at('2024-11-18 10:00')

describe('A, rounding and bands in whole numbers', () => {
  it.each(both)('is scored in one line, rounded as the rule says, on %s', async (channel) => {
    const { on } = await college()
    await on(channel, '韩海波', '评分 除3扣1、20扣0.5，其余满分')
    expect(await on(channel, '韩海波', '提交')).toContain('总分 98.5 分。')
    const lines = await on(channel, '陈嘉禾', '评分 机电教工 5 5 1.5 5，5 5 4 6，2.5 5 4 3，6 5 5 4，0 4 4 5')
    expect(lines).toMatch(/总分 89\.8 分，定级：较好，自评 98\.5 分/)
    expect(lines).toContain('75—89分为较好，距先进还差0.2分，再少14.81分为一般。')
    expect(lines).toContain('自评 98.5 × 40% ＋ 总支 84 × 60% ＝ 89.8')
    expect(await on(channel, '陈嘉禾', '提交')).toContain('定级：较好')
    expect(await on(channel, '吕雨晴', '待审 机电教工')).toContain('总分 89.8 分，定级：较好，自评 98.5 分')
    expect(await on(channel, '吕雨晴', '备案 机电教工')).toContain('机电教工已备案')
    expect(await on(channel, '陈嘉禾', '机电教工还差几分先进')).toContain('总分 89.8 分，离先进还差0.2分')
  })

  it('prints the form with the title in the plan’s place', async () => {
    const { on, paper } = await college()
    for (const [who, text] of [
      ['韩海波', '评分 全部满分'],
      ['韩海波', '提交'],
      ['陈嘉禾', '评分 机电教工 除3扣1，其余满分'],
      ['陈嘉禾', '提交'],
    ] as const)
      await on('wecom', who, text)
    const card = await paper('scorecard', { branch: '机电教工党支部', self: true, deciding: true })
    expect(card.text).toContain('计算：自评 100 × 40% ＋ 总支 99 × 60% ＝ 99.4。')
    expect(card.text).toContain('备注：90分以上为先进，75—89分为较好，60—74分为一般，60分以下为后进。')
    const table = await paper('summary-table', { unit: '机电学院党总支', by: '陈嘉禾' })
    expect(table.text).toMatch(/机电学院党总支\n?党支部考核评价汇总表[^]*考核评价结果[^]*机电教工党支部\n99\.4\n先进/)
    expect(table.name).toBe('机电学院党总支考核评价汇总表.docx')
  })

  it('reminds before the last working day of November', async () => {
    const { pushed } = await college()
    const all = pushed('2024-11-14', '2024-12-05').join('\n')
    expect(all).toMatch(/支部评分 0\/3，11月30日（周六）到期，最后一个工作日11月29日（周五）/)
    expect(all).toMatch(/党支部书记[^]*支部自评，11月30日/)
  })

  it('is asked about the gaps between whole numbers, and decides them', () => {
    expect(a.lint()).toEqual([
      '警告 bands 按原文89.01至89.99分不属于任何等级；现按“较好”计，请核实。',
      '警告 bands 按原文74.01至74.99分不属于任何等级；现按“一般”计，请核实。',
      '警告 bands[3].words “60—74分为一般”和“60分以下为后进”都含60分；现按“一般”计，请核实。',
      '警告 duties.grading.deadline “11月底”到期的11月30日放假；提醒到之前最后一个工作日为止，请核实是否提前。',
    ])
    expect(a.lint(a.text.replace('to: 90\n', 'to: 89\n'))).toEqual([
      '错误 bands[1].to “先进”和“较好”之间空出89至90分，请改分数线。',
    ])
    expect(a.lint(a.text.replace('to: 75\n', 'to: 76\n'))).toEqual([
      '错误 bands[2].to “较好”和“一般”在75至76分重叠，请改分数线。',
    ])
  })
})
