import { describe, expect, it } from 'vitest'
import { both, sampleOf } from './sample.ts'

/** F: vetoes, a share for the best band, 公示 of five working days before filing. */
const f = sampleOf('F')
const college = () => f.at('2024-10-10 10:00')

describe('F, vetoes, shares and 公示', () => {
  it.each(both)('takes a veto by word, in the same line or later, on %s', async (channel) => {
    const { on } = await college()
    expect(await on(channel, '曹永生', '评分 美术 全部满分，一票否决：弄虚作假')).toMatch(
      /总分 100 分，定级：二星\n一票否决：弄虚作假，最高二星/,
    )
    expect(await on(channel, '曹永生', '提交')).toContain('总分 100 分，定级：二星（一票否决：弄虚作假，最高二星）')
    expect(await on(channel, '曹永生', '评分 音乐 除3扣1，其余满分')).toMatch(/总分 99 分，定级：五星/)
    expect(await on(channel, '曹永生', '否决 意识形态')).toMatch(/总分 99 分，定级：二星/)
    expect(await on(channel, '曹永生', '取消否决')).toMatch(/总分 99 分，定级：五星/)
    expect(await on(channel, '曹永生', '第3项6')).toMatch(/总分 96 分，定级：五星/)
    expect(await on(channel, '曹永生', '评分 设计 全部满分，否决 迟到')).toContain(
      '“迟到”不是一票否决的情形，这条还没有记下',
    )
    expect(await on(channel, '曹永生', '评分 设计 全部0分，否决 违纪违法')).toMatch(/总分 0 分，定级：一星/)
  })

  it('counts the share at review and publishes before it files', async () => {
    const { on, later, hears, at } = await college()
    const grader = hears('曹永生')
    for (const branch of ['音乐', '美术', '艺术学生', '设计']) {
      await on('wecom', '曹永生', `评分 ${branch} 全部满分`)
      await on('wecom', '曹永生', '提交')
    }
    expect(await on('wecom', '周志刚', '待审')).toContain('请注意：五星 4/7，上限2个（五星党支部不超过30%）。')
    expect(await on('wecom', '周志刚', '审定 全部 10月9日同意')).toContain(
      '已记下党委审定：4个支部。下一步请回复“公示”。',
    )
    expect(await on('wecom', '周志刚', '备案 音乐')).toContain('音乐教研室还没有公示，请先回复“公示”')
    expect(await on('wecom', '周志刚', '退回 设计 第3项请核实')).toContain('设计已退回')
    expect(await on('wecom', '曹永生', '公示')).toContain('无权使用“公示”')
    const said = await on('wecom', '周志刚', '公示')
    expect(said).toMatch(/已公示3个支部，到10月16日（周三）；期满后请回复“待审”备案。/)
    expect(said).not.toMatch(/音乐|美术/)
    await at('2024-10-10 11:30')
    expect(grader().join()).toContain('的结果已公示，到10月16日（周三）。')
    expect(await on('wecom', '周志刚', '全部备案 艺术学院')).toMatch(/公示到10月16日（周三），期满后备案。[^]*待审3个/)
    later('2024-10-16 16:00')
    expect(await on('wecom', '周志刚', '备案 音乐')).toContain('公示到10月16日（周三）')
    const department = hears('周志刚')
    await at('2024-10-21 09:07')
    expect(department().join('\n')).toMatch(/待审评分3张（艺术学院3），最早的等了3个工作日/)
    expect(await on('wecom', '周志刚', '全部备案 艺术学院')).toContain('艺术学院党总支3个支部已备案')
  })

  it('what is changed while it is published is published anew', async () => {
    const { on, later } = await college()
    await on('wecom', '曹永生', '评分 音乐 全部满分')
    await on('wecom', '曹永生', '提交')
    await on('wecom', '周志刚', '审定 音乐 同意')
    expect(await on('wecom', '周志刚', '公示 音乐')).toContain('已公示1个支部')
    await on('wecom', '曹永生', '评分 音乐 第3项5')
    await on('wecom', '曹永生', '提交')
    expect(await on('wecom', '周志刚', '公示 音乐')).toContain('没有公示：音乐教研室还没有经党委审定，审定后再公示')
    await on('wecom', '周志刚', '审定 音乐 同意')
    later('2024-10-18 10:00')
    expect(await on('wecom', '周志刚', '备案 音乐')).toContain('还没有公示')
  })

  it('prints the stars, the veto and its words; reminds by its day', async () => {
    const { on, paper, pushed } = await college()
    await on('wecom', '曹永生', '评分 美术 全部满分，一票否决：弄虚作假')
    await on('wecom', '曹永生', '提交')
    const card = await paper('scorecard', { branch: '美术教研室党支部', self: false, deciding: true })
    expect(card.text).toContain('定级：二星')
    expect(card.text).toContain('一票否决：弄虚作假。')
    const table = await paper('summary-table', { unit: '艺术学院党总支', by: '曹永生' })
    expect(table.text).toMatch(/美术教研室党支部\n100\n二星[^]*五星数 0　四星数 0　三星数 0　二星数 1　一星数 0/)
    expect((await paper('summary-workbook', { unit: '艺术学院党总支', by: '曹永生' })).text).toContain('二星')
    expect(pushed('2024-10-08', '2024-10-18').join('\n')).toMatch(/支部评分 0\/4，10月18日（周五）/)
  })

  it('has nothing to ask; shares that cannot hold and bands that are not there are errors', () => {
    expect(f.lint()).toEqual([])
    expect(f.lint(f.text.replace('atMost: 二星', 'atMost: 六星'))).toEqual([
      '错误 vetoes[0].atMost 没有“六星”这个等级，应为五星、四星、三星、二星、一星之一。',
    ])
    expect(f.lint(f.text.replace('share: 0.3', 'share: 0.2'))).toEqual([
      '警告 bands[0].atMost 原文“五星党支部不超过30%”与这里的20不一致，请核对。',
    ])
    const little = '  atMost: {share: 0.1, words: 不超过10%, source: 正文}\n'
    const tooLittle = f.text.replaceAll(/(- name: [四三二一]星\n)/g, `$1${little}`)
    expect(f.lint(tooLittle)).toEqual(['错误 bands 各等级的上限合计只有70%，容不下全部支部，请改 atMost。'])
    const impossible = f.text.replace(
      /(name: 一星[^]*?toInclusive: false\n)/,
      '$1  orBelow:\n    share: 0.5\n    words: 一星不少于50%\n    source: 正文\n  atMost:\n    share: 0.3\n    words: 一星不超过30%\n    source: 正文\n',
    )
    expect(f.lint(impossible)).toEqual([
      '错误 bands[4].orBelow “一星”及以下至少占50%，而它们的上限合计只有30%，请改正。',
    ])
  })
})
