import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { type DayRules, readDay } from '../../src/campaign/reading/said-day.ts'

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
    ['下周五前', '下周五前 2022-04-29'],
    ['12号前', '12号前 2022-05-12'],
    ['周一', '周一 2022-04-25'],
    ['2月30日前', '2月30日前 no-such-day'],
  ])('%s', (text, meant) => {
    expect(read(text, toCome)).toBe(meant)
  })
})

describe('a day at any time', () => {
  it('may lie before the campaign', () => {
    expect(read('3月1日起', { ...happened, anyTime: true })).toBe('3月1日 2022-03-01')
    expect(read('2021年9月1日起', { ...happened, anyTime: true })).toBe('2021年9月1日 2021-09-01')
  })
})
