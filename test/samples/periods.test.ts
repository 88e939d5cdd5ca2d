import { describe, expect, it } from 'vitest'
import { lists, progressLines } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import { rehearse } from '../../src/rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../../src/rehearsal/scripted-college.ts'
import { progressOf } from '../../src/web/dashboard/data.ts'
import { campaignOf } from '../campaign/campaign-files.ts'
import { anyPlan } from '../support/any-plan.ts'
import { looksAt } from '../support/looks.ts'
import { both, sampleOf } from './sample.ts'

/** A, graded twice a year: the first half by the end of June, the second by 20 December, open from 1 November. */
const a = sampleOf('A')
const twice = (periods = '[{name: 上半年}, {name: 下半年, opens: 11月1日}]', deadline = '6月底/12月20日'): string =>
  a.text.replace(
    /(grading:[^]*?task: 1\n {4}deadline: )11月底\n/,
    `$1${deadline}\n${periods && `    periods: ${periods}\n`}`,
  )
const campaign = campaignOf(twice())
const college = (now = '2024-06-17 10:00') => anyPlan(campaign, a.roster, now)

describe('a plan that grades twice a year', () => {
  it.each(both)('is played in both halves from the reminder to filing, on %s', async (channel) => {
    const { on, later } = await college()
    expect(await on(channel, '韩海波', '帮助')).toMatch(/上半年支部自评还有1个（机电教工）/)
    expect(await on(channel, '韩海波', '评分 除3扣1，其余满分')).toMatch(/上半年机电教工党支部 · 支部自评/)
    expect(await on(channel, '韩海波', '提交')).toContain('上半年机电教工党支部已提交：总分 99 分。')
    expect(await on(channel, '陈嘉禾', '评分 机电教工 除1扣2，其余满分')).toContain('上半年机电教工党支部 · 党总支评分')
    expect(await on(channel, '陈嘉禾', '第2项扣1')).toMatch(/总分 97\.8 分/)
    expect(await on(channel, '陈嘉禾', '提交')).toContain('上半年机电教工党支部已提交：总分 97.8 分')
    expect(await on(channel, '吕雨晴', '待审 机电教工')).toMatch(/上半年机电教工党支部[^]*97\.8 分/)
    expect(await on(channel, '吕雨晴', '备案 机电教工')).toContain('上半年机电教工已备案')
    expect(await on(channel, '吕雨晴', '进度')).toMatch(/上半年评分 1\/\d+/)

    later('2024-12-02 10:00')
    expect(await on(channel, '韩海波', '帮助')).toMatch(/下半年支部自评还有1个（机电教工），请回复“评分”/)
    expect(await on(channel, '吕雨晴', '进度')).toMatch(/下半年评分 0\/\d+/)
    expect(await on(channel, '吕雨晴', '上半年进度')).toMatch(/上半年评分 1\/\d+/)
    await on(channel, '韩海波', '评分 全部满分')
    expect(await on(channel, '韩海波', '提交')).toContain('下半年机电教工党支部已提交：总分 100 分。')
    await on(channel, '陈嘉禾', '评分 机电教工 全部满分')
    expect(await on(channel, '陈嘉禾', '提交')).toContain('总分 100 分')
    expect(await on(channel, '吕雨晴', '备案 机电教工')).toContain('下半年机电教工已备案')
    expect(await on(channel, '吕雨晴', '历史 机电教工 上半年')).toMatch(/97\.8 分[^]*备案评分/)
    const history = await on(channel, '吕雨晴', '历史 机电教工')
    expect(history).toContain('100 分')
    expect(history).not.toContain('97.8')
  })

  it.each(both)('takes what is late for the first half by its word, and by its cards, on %s', async (channel) => {
    const { on, later } = await college()
    await on(channel, '韩海波', '评分 全部满分')
    await on(channel, '韩海波', '提交')
    await on(channel, '陈嘉禾', '评分 机电教工 全部满分')
    await on(channel, '陈嘉禾', '提交')
    later('2024-07-03 10:00')
    expect(await on(channel, '吕雨晴', '退回 机电教工 第3项请核实')).toContain('上半年机电教工已退回')
    later('2024-12-02 10:00')
    expect(await on(channel, '陈嘉禾', '帮助')).toMatch(
      /上半年支部评分还有\d+个[^]*请回复“评分 上半年”。[^]*下半年支部评分还有\d+个[^]*请回复“评分”。/,
    )
    expect(await on(channel, '陈嘉禾', '评分 上半年机电教工')).toContain('退回意见：第3项请核实')
    expect(await on(channel, '陈嘉禾', '第3项扣1')).toMatch(/上半年机电教工党支部 · 党总支评分/)
    expect(await on(channel, '陈嘉禾', '提交')).toContain('上半年机电教工党支部已提交')
    expect(await on(channel, '陈嘉禾', '评分 机电教工')).toContain('下半年机电教工')
    expect(await on(channel, '吕雨晴', '待审')).toContain('目前没有待审的评分')
    expect(await on(channel, '吕雨晴', '帮助')).toMatch(/上半年待审评分1张[^]*请回复“待审 上半年”/)
    expect(await on(channel, '吕雨晴', '备案 上半年 机电教工')).toContain('上半年机电教工已备案')
  })

  it('a card of the first half that is tapped in the second files the first', async () => {
    const { on, later } = await college()
    for (const [who, text] of [
      ['韩海波', '评分 全部满分'],
      ['韩海波', '提交'],
      ['陈嘉禾', '评分 机电教工 除1扣1，其余满分'],
      ['陈嘉禾', '提交'],
    ] as const)
      await on('wecom', who, text)
    expect(await on('wecom', '吕雨晴', '待审 机电教工')).toContain('备案')
    later('2024-12-02 10:00')
    for (const [who, text] of [
      ['韩海波', '评分 全部满分'],
      ['韩海波', '提交'],
      ['陈嘉禾', '评分 机电教工 全部满分'],
      ['陈嘉禾', '提交'],
    ] as const)
      await on('wecom', who, text)
    // The first half's card was its first version, and so is the second's.
    expect(await on('wecom', '吕雨晴', '备案')).toContain('上半年机电教工已备案')
    expect(await on('wecom', '吕雨晴', '待审 机电教工')).toMatch(/下半年机电教工党支部[^]*总分 100 分/)
  })

  it('keeps both halves in papers, their titles and names', async () => {
    const { on, later, paper } = await college()
    for (const half of ['2024-06-17 10:00', '2024-12-02 10:00']) {
      later(half)
      await on('wecom', '韩海波', '评分 全部满分')
      await on('wecom', '韩海波', '提交')
      await on('wecom', '陈嘉禾', `评分 机电教工 ${half < '2024-07' ? '除1扣2，其余满分' : '全部满分'}`)
      await on('wecom', '陈嘉禾', '提交')
    }
    const first = await paper('summary-table', { unit: '机电学院党总支', by: '陈嘉禾', gradingPeriod: 1 })
    expect(first.text).toMatch(/机电学院党总支\n?上半年党支部考核评价汇总表[^]*机电教工党支部\n98\.8\n/)
    expect(first.name).toContain('上半年')
    const second = await paper('summary-table', { unit: '机电学院党总支', by: '陈嘉禾' })
    expect(second.text).toMatch(/下半年党支部考核评价汇总表[^]*机电教工党支部\n100\n/)
    const card = await paper('scorecard', { branch: '机电教工党支部', self: true, deciding: true, gradingPeriod: 1 })
    expect(card.text).toContain('98.8')
    expect(card.text).toContain('上半年')
    expect(
      (await paper('summary-workbook', { unit: '机电学院党总支', by: '陈嘉禾', gradingPeriod: 1 })).text,
    ).toContain('98.8')
  })

  it('shows one half at a time on the dashboard, the open one first', async () => {
    const { on, later, ...played } = await college()
    const dates = (await looksAt(played).rows('吕雨晴', 'dates'))?.join('\n')
    expect(dates).toMatch(/^6月30日\S* 上半年考核评价 党总支书记 9个工作日$/m)
    await on('wecom', '陈嘉禾', '评分 机电教工 全部满分')
    await on('wecom', '陈嘉禾', '提交')
    const first = { number: 1, name: '上半年', shown: true }
    expect((await progressOf(await looksAt(played).look('吕雨晴'), progressLines, lists)).periods).toEqual([first])
    later('2024-12-02 10:00')
    const left = (await looksAt(played).rows('吕雨晴', 'dates'))?.join('\n')
    expect(left).toMatch(/^12月20日\S* 下半年考核评价 党总支书记 14个工作日$/m)
    const look = await looksAt(played).look('吕雨晴')
    const open = await progressOf(look, progressLines, lists)
    expect(open.periods).toEqual([
      { ...first, shown: false },
      { number: 2, name: '下半年', shown: true },
    ])
    expect(open.duties).toContainEqual(expect.objectContaining({ name: '下半年评分', done: 0, list: 'grading' }))
    look.lookIn(1)
    const earlier = await progressOf(look, progressLines, lists)
    expect(earlier.duties).toContainEqual(expect.objectContaining({ name: '上半年评分', done: 1 }))
    expect(earlier.lists.map(({ title }) => title)).toContain('上半年考核评价')
  })

  it('reminds of each half by its day, and of neither in between', async () => {
    const { pushed } = await college()
    const all = pushed('2024-03-01', '2024-12-31').filter((line) => line.includes('支部评分'))
    expect(all.some((line) => /^2024-06-\d\d .*上半年支部评分 0\/\d+，6月30日/su.test(line))).toBe(true)
    expect(all.some((line) => /^2024-12-\d\d .*下半年支部评分 0\/\d+，12月20日/su.test(line))).toBe(true)
    expect(all.filter((line) => /^2024-(?:0[89]|10)/.test(line))).toEqual([])
    expect(all.filter((line) => line.includes('下半年支部') && line < '2024-11')).toEqual([])
  })

  it('runs through its whole year, with people who answer', () => {
    const channels = new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const)
    const world = { campaign, roster: a.roster, calendar: calendarOf(campaign.calendar.overrides), channels }
    const said = [
      ...rehearse({
        world,
        schedules,
        from: campaign.starts,
        to: campaign.ends,
        college: new ScriptedCollege(world, 7),
      }),
    ]
    const texts = said.map(({ text }) => text)
    expect(texts.filter((text) => /undefined|NaN|null|Object/.test(text))).toEqual([])
    expect(texts.filter((text) => text.includes('下半年支部评分')).length).toBeGreaterThan(2)
  })

  it('is asked about each half that is due on a day off', () => {
    expect(a.lint(twice()).join('\n')).toMatch(/duties\.grading\.deadline “6月底\/12月20日”到期的6月30日放假/)
  })

  it.each([
    ['', '这里只能有一个日期，请只写一个'],
    ['[{name: 上半年}, {name: 下半年}]', '请写明从哪天起收这一次的评分'],
    ['[{name: 上半年}, {name: 下半年, opens: 6月15日}]', '上一次6月30日才到期'],
    ['[{name: 上半年}, {name: 下半年, opens: 12月25日}]', '这一次12月20日到期'],
    ['[{name: 上半年}, {name: 上半年, opens: 11月1日}]', '分不清'],
    ['[{name: 一季度}, {name: 二季度, opens: 7月1日}, {name: 三季度, opens: 9月1日}]', '期限有2个日子，这里写了3次'],
  ])('is refused with periods %s', (periods, why) => {
    expect(a.lint(twice(periods)).join('\n')).toContain(why)
  })
})
