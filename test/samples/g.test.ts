import { describe, expect, it } from 'vitest'
import { both, sampleOf } from './sample.ts'

/** G: five sections of 100 points at 20 % each; items are chosen from four levels. */
const g = sampleOf('G')
const college = () => g.at('2024-09-18 10:00')

describe('G, levels instead of numbers', () => {
  it.each(both)('is scored by words in one line, on %s', async (channel) => {
    const { on } = await college()
    const card = await on(channel, '金书文', '评分 作物教研室 除3较好，其余好')
    expect(card).toMatch(/政治建设 20 20 15 20 20 ＝95/)
    expect(card).toMatch(
      /总分 99 分，定级：优秀\n90分以上为优秀，再少9\.1分为合格。\n政治建设 95 × 20% ＋ 组织建设 100 × 20%/,
    )
    expect(card).toMatch(/不是“好”：3 阵地管理 较好\n确认无误请回复“提交”，要改请回复“修改”或“第3项较好”/)
    expect(await on(channel, '金书文', '第3项一般，8差')).toMatch(/不是“好”：3 阵地管理 一般、8 发展党员 差/)
    expect(await on(channel, '金书文', '第8项改成较好')).toMatch(/8 发展党员 较好/)
    expect(await on(channel, '金书文', '提交')).toContain('作物教研室党支部已提交：总分 97 分，定级：优秀')
    expect(await on(channel, '金书文', '评分 农学学生 全部好')).toContain('总分 100 分')
    expect(await on(channel, '金书文', '评分 园艺 前5项较好，其余好')).toMatch(/政治建设 15 15 15 15 15 ＝75/)
    const row = '好 好 较好 好 一般，好 好 好 好 好，好 好 好 好 好，较好 好 好 好 好，差 好 好 好 好'
    expect(await on(channel, '金书文', `评分 园艺 ${row}`)).toMatch(/总分 92 分/)
    expect(await on(channel, '金书文', '评分 园艺 第3项和第5项一般，其余好')).toMatch(
      /3 阵地管理 一般、5 思想工作 一般/,
    )
    expect(await on(channel, '金书文', '评分 园艺 除阵地管理较好，其余好')).toMatch(/不是“好”：3 阵地管理 较好/)
  })

  it.each(both)('asks back what is no level, and offers the levels of an item, on %s', async (channel) => {
    const { on } = await college()
    expect(await on(channel, '金书文', '评分 园艺 除3中等，其余好')).toMatch(/第3项应是几分/)
    expect(await on(channel, '金书文', '评分 园艺 除3得18，其余好')).toMatch(/这一项是好、较好、一般、差之一/)
    expect(await on(channel, '金书文', '较好')).toMatch(/不是“好”：3 阵地管理 较好/)
    await on(channel, '金书文', '取消')
    expect(await on(channel, '金书文', '评分 园艺')).toMatch(
      /第1至25项每项好、较好、一般、差之一：[^]*如“除1较好，其余好”或“全部好”/,
    )
  })

  it('prints the level’s points, the shares and how the result came about', async () => {
    const { on, paper } = await college()
    await on('wecom', '金书文', '评分 作物教研室 除3较好，其余好')
    await on('wecom', '金书文', '提交')
    const card = await paper('scorecard', { branch: '作物教研室党支部', self: false, deciding: true })
    expect(card.text).toMatch(/政治建设\n?100分（占20%）/)
    expect(card.text).toMatch(/3\. 阵地管理符合标准。\n好20\n较好15\n一般10\n差0\n+15\n/)
    expect(card.text).toContain('计算：政治建设 95 × 20% ＋')
    const table = await paper('summary-table', { unit: '农学院党总支', by: '金书文' })
    expect(table.text).toMatch(/作物教研室党支部\n99\n优秀/)
    const book = await paper('summary-workbook', { unit: '农学院党总支', by: '金书文' })
    expect(book.text).toContain('99')
    expect(book.text).not.toContain('SUM(C4')
  })

  it('is reviewed and reminded of like any other', async () => {
    const { on, pushed } = await college()
    await on('wecom', '金书文', '评分 作物教研室 除3较好，其余好')
    await on('wecom', '金书文', '提交')
    expect(await on('wecom', '王丽华', '待审 作物教研室')).toMatch(/总分 99 分，定级：优秀[^]*政治建设 95 × 20%/)
    expect(await on('wecom', '王丽华', '退回 作物教研室 第3项请核实')).toContain('作物教研室已退回')
    expect(await on('wecom', '金书文', '评分 作物教研室 第3项好')).toContain('总分 100 分')
    expect(pushed('2024-09-18', '2024-09-30').join('\n')).toMatch(/支部评分 0\/3，9月30日（周一）/)
  })

  it('has nothing to ask; levels and shares that do not fit are errors', () => {
    expect(g.lint()).toEqual([])
    expect(g.lint(g.text.replace('share: 0.2', 'share: 0.3'))).toEqual([
      '错误 rubric.total.points 各项分值合计110分，与总分100分不符，请核对各项分值。',
      '错误 rubric.sections 各类的比例合计110%，应每类都写、合计100%，请改 share。',
    ])
    expect(g.lint(g.text.replace('- {name: 较好, points: 15}', '- {name: 较好, points: 10}'))[0]).toBe(
      '错误 rubric.sections[0].items[0].levels 两个等次都是10分，分不出来，请改分值。',
    )
    expect(g.lint(g.text.replace('- {name: 好, points: 20}', '- {name: 好, points: 25}'))[0]).toBe(
      '错误 rubric.sections[0].items[0].points 最好的等次是25分，这里写的是20分，请改成一致。',
    )
  })
})
