import { describe, expect, it } from 'vitest'
import { both, sampleOf } from './sample.ts'

/** H: 80 basic points in steps of 0.2, up to 20 special points only if claimed, and a negative list. */
const h = sampleOf('H')
const college = () => h.at('2024-12-02 10:00')

describe('H, bonus and negative items', () => {
  it.each(both)('is scored in one line; what nobody claims or takes off is nothing, on %s', async (channel) => {
    const { on } = await college()
    const card = await on(channel, '姜国强', '评分 化工教研室 除3扣0.4，其余满分，特色加5')
    expect(card).toMatch(/总分 84\.6 分，定级：较好[^]*基本工作 79\.6 ＋ 加分 5 ＋ 负面清单 0 ＝ 84\.6/)
    expect(card).toContain('有加减：3 意识形态 4.6、17 特色工作 5')
    expect(await on(channel, '姜国强', '通报批评扣6')).toMatch(/总分 78\.6 分，定级：一般[^]*－ 负面清单 6 ＝ 78\.6/)
    expect(await on(channel, '姜国强', '通报批评扣3')).toContain('第19项收到“扣3”，这一项减5到10分')
    expect(await on(channel, '姜国强', '扣5')).toContain('19 通报批评 -5')
    expect(await on(channel, '姜国强', '特色加30')).toContain('这一项最高20分')
    expect(await on(channel, '姜国强', '8')).toContain('17 特色工作 8')
    expect(await on(channel, '姜国强', '提交')).toContain('总分 82.6 分，定级：较好')
    expect(await on(channel, '姜国强', '评分 材料 5 5 5 5 5 5 5 5 5 5 5 5 5 4.8 4 3')).toMatch(
      /总分 76\.8 分[^]*有加减：14 志愿服务 4\.8、15 安全稳定 4、16 材料报送 3/,
    )
    expect(await on(channel, '姜国强', '评分 材料 除3扣0.3，其余满分')).toContain('得分以0.2分为一档')
    expect(await on(channel, '姜国强', '细则 19')).toContain('第19项（负面清单，减5到10分，没有的0分）')
  })

  it('prints what may be added and taken off', async () => {
    const { on, paper } = await college()
    await on('wecom', '姜国强', '评分 化工教研室 除3扣0.4，其余满分，特色加5，通报批评扣6')
    await on('wecom', '姜国强', '提交')
    const card = await paper('scorecard', { branch: '化工教研室党支部', self: false, deciding: true })
    expect(card.text).toMatch(/17\. 特色工作由支部申报，最多加20分。\n加0至20分\n+5\n/)
    expect(card.text).toMatch(/19\. 受到通报批评的减5至10分。\n减5至10分\n+-6\n/)
    expect(card.text).toMatch(/总分（100分）\n100分\n+78\.6\n/)
    expect(card.text).toContain('计算：基本工作 79.6 ＋ 加分 5 － 负面清单 6 ＝ 78.6。')
    const table = await paper('summary-table', { unit: '化工学院党总支', by: '姜国强' })
    expect(table.text).toMatch(/化工教研室党支部\n78\.6\n一般/)
    expect((await paper('summary-workbook', { unit: '化工学院党总支', by: '姜国强' })).text).toContain('78.6')
  })

  it('is reviewed and reminded of by its own day', async () => {
    const { on, pushed } = await college()
    await on('wecom', '姜国强', '评分 化工教研室 全部满分')
    await on('wecom', '姜国强', '提交')
    expect(await on('wecom', '褚明远', '待审 化工教研室')).toMatch(/总分 80 分，定级：较好[^]*正好在80分界线上（临界）/)
    expect(await on('wecom', '褚明远', '备案 化工教研室')).toContain('已备案')
    expect(await on('wecom', '姜国强', '评分 化工教研室 特色加5')).toContain('已备案，不能直接修改')
    expect(pushed('2024-12-02', '2024-12-13').join('\n')).toMatch(/支部评分 0\/3，12月13日（周五）/)
  })

  it('has nothing to ask; a bonus with points of its own is an error', () => {
    expect(h.lint()).toEqual([])
    expect(h.lint(h.text.replace('points: 0, bonus: 20', 'points: 5, bonus: 15'))).toEqual([
      '错误 rubric.sections[1].items[0].points 加分项、减分项的 points 写0。',
    ])
    expect(h.lint(h.text.replace('{from: 5, to: 10}', '{from: 11, to: 10}'))).toContain(
      '错误 rubric.sections[2].items[1].deduct 最少减的分多于最多减的分，请改正。',
    )
    expect(h.lint(h.text.replace('特色工作最多加20分\n', '特色工作最多加15分\n'))).toEqual([
      '警告 rubric.sections[1] 原文“特色工作最多加15分”与这里的20不一致，请核对。',
    ])
  })
})
