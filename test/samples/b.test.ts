import { describe, expect, it } from 'vitest'
import { both, sampleOf } from './sample.ts'

/** B: 150 points, 30 items, self 30 %, general branch 70 %, four bands. */
const b = sampleOf('B')
const college = () => b.at('2024-06-17 10:00')

describe('B, two scorers by share', () => {
  it.each(both)('is scored in one line and says how the result came about, on %s', async (channel) => {
    const { on } = await college()
    expect(await on(channel, '秦嘉禾', '评分 除3扣1，其余满分')).toMatch(/总分 149 分\n低于满分：3 意识形态 4/)
    expect(await on(channel, '秦嘉禾', '提交')).toMatch(/已提交：总分 149 分。/)
    const confirmed = await on(channel, '蒋建国', '评分 汉语言教研室 除3扣2、7扣3，其余满分')
    expect(confirmed).toMatch(/总分 146\.2 分，定级：优秀，自评 149 分/)
    expect(confirmed).toContain('自评 149 × 30% ＋ 总支 145 × 70% ＝ 146.2')
    expect(await on(channel, '蒋建国', '提交')).toMatch(
      /总分 146\.2 分，定级：优秀（自评 149 × 30% ＋ 总支 145 × 70% ＝ 146\.2）/,
    )
    expect(await on(channel, '蒋建国', '评分 文学学生 150')).toMatch(/像是总分/)
  })

  it('has no result, and is not filed, before both scores are there; a later self-score makes it', async () => {
    const { on, hears } = await college()
    expect(await on('wecom', '蒋建国', '评分 文学学生 除1扣5、2扣5，其余满分')).toMatch(
      /总分 还缺自评\n自评 待定 × 30% ＋ 总支 140 × 70%/,
    )
    await on('wecom', '蒋建国', '提交')
    expect(await on('wecom', '孔永生', '备案 文学学生')).toContain('文学学生还缺自评，还不能备案')
    expect(await on('wecom', '孔永生', '全部备案 文学院')).toMatch(/文学学生还缺自评，还不能备案。[^]*待审1个/)
    expect(await on('wecom', '张海波', '帮助')).toMatch(/1\. 支部自评还有1个（文学学生），请回复“评分”。/)
    await on('wecom', '张海波', '评分 全部满分')
    await on('wecom', '张海波', '提交')
    expect(await on('wecom', '孔永生', '待审 文学学生')).toContain('自评 150 × 30% ＋ 总支 140 × 70% ＝ 143')
    const graders = hears('蒋建国')
    expect(await on('wecom', '孔永生', '全部备案 文学院')).toMatch(/文学院党总支1个支部已备案/)
    expect(graders().join()).toContain('组织部已备案：文学学生党支部的评分')
    expect(await on('wecom', '张海波', '评分 全部满分')).toContain('不再收支部自评')
  })

  it('prints both scores, the result and its rule', async () => {
    const { on, paper, rows } = await college()
    for (const [who, text] of [
      ['秦嘉禾', '评分 除3扣1，其余满分'],
      ['秦嘉禾', '提交'],
      ['蒋建国', '评分 汉语言教研室 除3扣2、7扣3，其余满分'],
      ['蒋建国', '提交'],
      ['蒋建国', '评分 文学学生 全部满分'],
      ['蒋建国', '提交'],
    ] as const)
      await on('wecom', who, text)
    const card = await paper('scorecard', { branch: '汉语言教研室党支部', self: true, deciding: true })
    expect(card.text).toMatch(/总分（150分）\n150分\n149\n145\n/)
    expect(card.text).toContain('定级：优秀')
    expect(card.text).toContain('计算：自评 149 × 30% ＋ 总支 145 × 70% ＝ 146.2。')
    const table = await paper('summary-table', { unit: '文学院党总支', by: '蒋建国' })
    expect(table.text).toMatch(/汉语言教研室党支部\n146\.2\n优秀\n2\n文学学生党支部\n\n?还缺自评/)
    expect(table.text).toContain('优秀数 1　良好数 0　一般数 0　较差数 0')
    const book = await paper('summary-workbook', { unit: '文学院党总支', by: '蒋建国' })
    expect(book.text).toContain('146.2')
    expect(await rows('孔永生', 'bands')).toEqual(['文学院党总支 2/3 0 1 0 0 0 0', '理学院党总支 0/3 0 0 0 0 0 0'])
  })

  it('reminds in June, and of the self-score as long as it counts', async () => {
    const { pushed, on, at, hears } = await college()
    const all = pushed('2024-06-10', '2024-07-05')
    expect(all.filter((one) => /支部评分 0\/3，6月30日（周日）到期/.test(one)).length).toBeGreaterThan(0)
    await on('wecom', '蒋建国', '评分 文学学生 全部满分')
    await on('wecom', '蒋建国', '提交')
    const branch = hears('张海波')
    await at('2024-06-27 09:07')
    expect(branch().join('\n')).toMatch(/支部自评，6月30日/)
  })

  it('is asked about where bands overlap, shares do not sum and numbers are others than the words', () => {
    expect(b.lint()).toEqual([
      '警告 bands[1].words “120分以上为优秀”和“100—120分为良好”都含120分；现按“优秀”计，请核实。',
      '警告 bands[2].words “100—120分为良好”和“80—100分为一般”都含100分；现按“良好”计，请核实。',
      '警告 bands[3].words “80—100分为一般”和“80分以下为较差”都含80分；现按“一般”计，请核实。',
      '警告 duties.grading.deadline “6月底”到期的6月30日放假；提醒到之前最后一个工作日为止，请核实是否提前。',
    ])
    expect(b.lint(b.text.replace('share: 0.7', 'share: 0.6'))).toEqual([
      '错误 result.shares 各方占比合计90%，应为100%，请改 share。',
    ])
    const turned = b.text.replace('share: 0.3}', 'share: 0.4}').replace('share: 0.7}', 'share: 0.6}')
    expect(b.lint(turned)).toContain(
      '警告 result.shares 原文“支部自评占30%，党总支评分占70%”与这里的40、60不一致，请核对。',
    )
    expect(b.lint(b.text.replace(/ {2}rounding: .*\n/, ''))).toEqual([
      '错误 result.rounding 按比例合成会有小数，请写明保留几位（rounding: decimals）。',
    ])
  })
})
