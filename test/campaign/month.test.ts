import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import {
  endOf,
  monthBefore,
  monthInGrace,
  monthMeant,
  monthWords,
  readMonth,
} from '../../src/campaign/calendar/month.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const months = ['2022-04', '2022-05', '2022-06', '2022-10', '2022-11', '2022-12', '2023-01']

it.each<[said: string, month: string, rest: string]>([
  ['5月', '2022-05', ''],
  ['5月份', '2022-05', ''],
  ['5月份的月报', '2022-05', ''],
  ['5月报告', '2022-05', ''],
  ['5月 补充：还去了软件', '2022-05', '补充：还去了软件'],
  ['5月，去了软件', '2022-05', '去了软件'],
  ['5月月报：去了软件', '2022-05', '去了软件'],
  ['５月 定稿', '2022-05', '定稿'],
  ['05月', '2022-05', ''],
  ['五月', '2022-05', ''],
  ['十月', '2022-10', ''],
  ['十一月 定稿', '2022-11', '定稿'],
  ['十二月', '2022-12', ''],
  ['12月', '2022-12', ''],
  ['2022年5月', '2022-05', ''],
  ['２０２２年５月的报告。好', '2022-05', '好'],
  ['2023年1月', '2023-01', ''],
  ['1月', '2023-01', ''],
])('“%s” names %s and leaves “%s”', (said, month, rest) => expect(readMonth(said, months)).toEqual({ month, rest }))

it.each<[said: string, unknown: string, rest: string]>([
  ['3月', '3月', ''],
  ['三月 定稿', '3月', '定稿'],
  ['13月', '13月', ''],
  ['2021年5月', '5月', ''],
])('“%s” names a month outside the plan', (said, unknown, rest) =>
  expect(readMonth(said, months)).toEqual({ unknown, rest }),
)

it.each(['', '软件教研室', '去了软件，5月', '5月24日到了软件', '5月底', '月报', '十三月', '022年5月', '3 月'])(
  '“%s” names no month, and is left as it is',
  (said) => expect(readMonth(said, months)).toEqual({ rest: said }),
)

it('a month ends on its last day, and comes after the one before', () => {
  expect(['2022-02', '2024-02', '2022-04', '2022-12'].map((month) => endOf(month).toString())).toEqual([
    '2022-02-28',
    '2024-02-29',
    '2022-04-30',
    '2022-12-31',
  ])
  expect(['2022-05', '2022-10', '2023-01'].map(monthBefore)).toEqual(['2022-04', '2022-09', '2022-12'])
  expect(['2022-05', '2022-12'].map(monthWords)).toEqual(['5月', '12月'])
})

it.each([
  ['on the first day', '2022-05-01', '2022-04'],
  ['on the tenth day', '2022-05-10', '2022-04'],
  ['over the new year', '2023-01-03', '2022-12'],
  ['but not on the eleventh day', '2022-05-11', undefined],
  ['but not where it is no month of the plan', '2022-04-05', undefined],
])('what was missed in the month before may be made up %s', (_, today, month) =>
  expect(monthInGrace(months, day(today))).toBe(month),
)

const span = ['2022-04', '2022-05', '2022-06', '2022-09']
it.each<[what: string, today: string, missing: string[], month: string]>([
  ['the month that runs', '2022-05-20', ['2022-04'], '2022-05'],
  ['the month before in its first ten days, where it is missing', '2022-05-10', ['2022-04'], '2022-04'],
  ['the month that runs, where nothing is missing', '2022-05-02', [], '2022-05'],
  ['the month that runs, where only an older one is missing', '2022-06-02', ['2022-04'], '2022-06'],
  ['the last one before, in a month without a report', '2022-08-20', [], '2022-06'],
  ['the last one, after the plan', '2022-12-20', [], '2022-09'],
  ['the first one, before the plan', '2022-02-20', [], '2022-04'],
])('%s is meant', (_, today, missing, month) =>
  expect(monthMeant(span, day(today), (one) => missing.includes(one))).toBe(month),
)

it('a plan without months means the month that runs', () =>
  expect(monthMeant([], day('2022-05-20'), () => true)).toBe('2022-05'))
