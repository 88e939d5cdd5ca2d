import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { type DayRules, dayProblem, readDay } from '../../src/campaign/reading/said-day.ts'

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const span = { starts: day('2022-04-02'), ends: day('2022-12-31') }
const happened: DayRules = { ...span, today: day('2022-04-22'), happened: true }
const toCome: DayRules = { ...span, today: day('2022-04-22'), happened: false }

const read = (text: string, rules: DayRules): string | undefined => {
  const found = readDay(text, rules)
  if (!found) return undefined
  return 'problem' in found ? `${found.words} ${found.problem}` : `${found.words} ${found.day.toString()}`
}

describe('a day that has been', () => {
  it.each([
    ['4月12日支委会', '4月12日 2022-04-12'],
    ['去年4月12日支委会', '去年4月12日 outside'],
    ['前年4月12日支委会', '前年4月12日 outside'],
    ['明年4月12日支委会', '明年4月12日 ahead'],
    ['四月十二日支委会', '四月十二日 2022-04-12'],
    ['２０２２年４月１２日开会', '２０２２年４月１２日 2022-04-12'],
    ['4.12支委会', '4.12 2022-04-12'],
    ['4/12 支委会', '4/12 2022-04-12'],
    ['2022-04-12 支委会', '2022-04-12 2022-04-12'],
    ['昨天开了支委会', '昨天 2022-04-21'],
    ['今天支委会', '今天 2022-04-22'],
    ['上周三支委会', '上周三 2022-04-13'],
    ['周三支委会', '周三 2022-04-20'],
    ['12号支委会', '12号 2022-04-12'],
    ['25号支委会', '25号 outside'],
    ['4月12日（周二）支委会', '4月12日（周二） 2022-04-12'],
    ['4月12日星期三支委会', '4月12日星期三 other-weekday'],
    ['4月31日支委会', '4月31日 no-such-day'],
    ['去年4月12日支委会', '去年4月12日 outside'],
    ['今年4月12日支委会', '今年4月12日 2022-04-12'],
    ['上月底支委会', '上月底 outside'],
    ['4月29日支委会', '4月29日 ahead'],
    ['3月12日支委会', '3月12日 outside'],
    ['4月18日在党校讲“坚定理想信念”', '4月18日 2022-04-18'],
  ])('%s', (text, meant) => {
    expect(read(text, happened)).toBe(meant)
  })

  it.each(['应到5实到5', '积极分子12 发展对象3', '3.5分', '支委会没有开', '日期待定'])('%s names none', (text) => {
    expect(read(text, happened)).toBeUndefined()
  })
})

describe('a day by which something is to be done', () => {
  it.each([
    ['负责人王五，6月30日前', '6月30日前 2022-06-30'],
    ['6月底前完成', '6月底前 2022-06-30'],
    ['年底', '年底 2022-12-31'],
    ['本月底前', '本月底前 2022-04-30'],
    ['由王处长负责，月底前', '月底前 2022-04-30'],
    ['下个月底完成', '下个月底 2022-05-31'],
    ['明年1月15日前', '明年1月15日前 outside'],
    ['下周五前', '下周五前 2022-04-29'],
    ['12号前', '12号前 2022-05-12'],
    ['周一', '周一 2022-04-25'],
    ['2月30日前', '2月30日前 no-such-day'],
  ])('%s', (text, meant) => {
    expect(read(text, toCome)).toBe(meant)
  })
})

describe('a day behind its month', () => {
  it.each([
    ['4月的支委会12号开的', '12号 2022-04-12'],
    ['四月份支委会是12日开的', '12日 2022-04-12'],
    ['上个月的支委会31号开的', '31号 2022-05-31'],
    ['每月支委会12号开', '12号 2022-06-12'],
    ['4月底定的，12号开了支委会', '4月底 2022-04-30'],
  ])('%s', (text, meant) => {
    expect(read(text, { ...happened, today: day('2022-06-22') })).toBe(meant)
  })
})

describe('a day at any time', () => {
  it('may lie before the campaign', () => {
    expect(read('3月1日起', { ...happened, anyTime: true })).toBe('3月1日 2022-03-01')
    expect(read('2021年9月1日起', { ...happened, anyTime: true })).toBe('2021年9月1日 2021-09-01')
  })
})

/** Wednesday, 22 June: each wording as the day of something past, and as one still to come. */
describe('said on 22 June', () => {
  const today = day('2022-06-22')
  it.each<[said: string, past: string, future?: string]>([
    ['4月份12日', '2022-04-12'],
    ['4月12号', '2022-04-12'],
    ['五月一日', '2022-05-01'],
    ['四月廿五日', '2022-04-25'],
    ['5.1', '2022-05-01'],
    ['4.12日', '2022-04-12'],
    ['4-12', '2022-04-12'],
    ['2022.4.12', '2022-04-12'],
    ['2022/4/12', '2022-04-12'],
    ['4月底', '2022-04-30'],
    ['四月末', '2022-04-30'],
    ['2022年4月底', '2022-04-30'],
    ['大前天', '2022-06-19'],
    ['前天', '2022-06-20'],
    ['昨日', '2022-06-21'],
    ['今日', '2022-06-22'],
    ['今天', '2022-06-22'],
    ['上上周五', '2022-06-10'],
    ['上周日', '2022-06-19'],
    ['上周天', '2022-06-19'],
    ['上个周三', '2022-06-15'],
    ['上星期三', '2022-06-15'],
    ['本周一', '2022-06-20'],
    ['这周一', '2022-06-20'],
    ['周三', '2022-06-22'],
    ['礼拜三', '2022-06-22'],
    ['周四', '2022-06-16', '2022-06-23'],
    ['星期二', '2022-06-21', '2022-06-28'],
    ['周日', '2022-06-19', '2022-06-26'],
    ['上个月12号', '2022-05-12'],
    ['上月31日', '2022-05-31'],
    ['本月12号', '2022-06-12'],
    ['这个月12号', '2022-06-12'],
    ['22号', '2022-06-22'],
    ['23号', '2022-05-23', '2022-06-23'],
    ['21日', '2022-06-21', '2022-07-21'],
    ['31号', '2022-05-31', '2022-07-31'],
    ['廿五号', '2022-05-25', '2022-06-25'],
    ['二十五号', '2022-05-25', '2022-06-25'],
    ['4月2日', '2022-04-02'],
    ['6月22日', '2022-06-22'],
    ['4月12日(周二)', '2022-04-12'],
    ['4月12日 周二', '2022-04-12'],
    ['周三之前', '2022-06-22'],
    ['5月30日以前', '2022-05-30'],
    ['5月30日止', '2022-05-30'],
  ])('%s is %s', (said, past, future = past) => {
    expect(read(said, { ...happened, today })).toBe(`${said} ${past}`)
    expect(read(said, { ...toCome, today })).toBe(`${said} ${future}`)
  })

  it.each([
    ['明天', '2022-06-23'],
    ['明日', '2022-06-23'],
    ['后天', '2022-06-24'],
    ['下周一', '2022-06-27'],
    ['下个周一', '2022-06-27'],
    ['下个月12号', '2022-07-12'],
    ['下月31号', '2022-07-31'],
    ['年底', '2022-12-31'],
    ['年末', '2022-12-31'],
    ['6月23日', '2022-06-23'],
    ['12月31日', '2022-12-31'],
  ])('%s is still to come', (said, future) => {
    expect(read(said, { ...happened, today })).toBe(`${said} ahead`)
    expect(read(said, { ...toCome, today })).toBe(`${said} ${future}`)
  })

  it.each([
    ['4月1日', 'outside'],
    ['2021年4月底', 'outside'],
    ['2023年1月1日', 'outside'],
    ['13月1日', 'no-such-day'],
    ['2月29日', 'no-such-day'],
    ['0号', 'no-such-day'],
    ['32号', 'no-such-day'],
    ['下个月32号', 'no-such-day'],
    ['4月12日周日', 'other-weekday'],
    ['4月12日（星期天）', 'other-weekday'],
  ])('%s cannot be taken: %s', (said, problem) => expect(read(said, { ...toCome, today })).toBe(`${said} ${problem}`))

  it.each(['4.12分', '4.5%', '1.4.12', '122号', '12日期', '3月', '周', '前年', ''])('%j names no day', (said) =>
    expect(read(said, { ...toCome, today })).toBeUndefined(),
  )

  it('its words are cut out of the text, whatever stands around them', () => {
    const text = '于４月12日（周二）在党校讲课'
    const found = readDay(text, { ...happened, today })
    expect(found).toMatchObject({ words: '４月12日（周二）', start: 1 })
    expect(text.slice(found?.end)).toBe('在党校讲课')
  })
})

it('in a campaign over two years, a day without a year is the one within', () => {
  const over = { starts: day('2022-09-01'), ends: day('2023-06-30'), today: day('2023-02-01'), happened: false }
  expect(['9月1日', '12月31日', '1月1日', '6月30日', '6月底'].map((said) => read(said, over))).toEqual([
    '9月1日 2022-09-01',
    '12月31日 2022-12-31',
    '1月1日 2023-01-01',
    '6月30日 2023-06-30',
    '6月底 2023-06-30',
  ])
  expect(read('7月1日', over)).toBe('7月1日 outside')
  expect(read('2月29日', over)).toBe('2月29日 no-such-day')
})

it('what cannot be taken is answered with the words and a question', () => {
  const words = '4月12日周日'
  expect(
    (['no-such-day', 'ahead', 'outside', 'other-weekday'] as const).map((problem) => dayProblem({ words, problem })),
  ).toEqual([
    '没有“4月12日周日”这一天，应是哪一天？',
    '“4月12日周日”还没到，请办完以后再记。',
    '“4月12日周日”不在本年度活动期间，应是哪一天？',
    '“4月12日周日”的日期和星期对不上，应是哪一天？',
  ])
  expect(dayProblem({ words, problem: 'other-weekday', day: day('2022-04-12') })).toBe(
    '“4月12日周日”的日期和星期对不上（4月12日是周二），应是哪一天？',
  )
  expect(dayProblem({ words, problem: 'other-weekday', day: day('2022-04-17') })).toContain('4月17日是周日')
})
