import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { begunBy, quarterMeant, quarterStart, quarterWords, readQuarter } from '../../src/campaign/calendar/quarter.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const ends = ['2022-06-30', '2022-09-30', '2022-12-31'].map(day)
const meant = (today: string, missing: readonly string[] = []) =>
  quarterMeant(ends, day(today), (end) => missing.includes(end.toString()))?.toString()

it.each([
  ['before any has begun the first one', '2022-03-31', [], '2022-06-30'],
  ['the one that runs, from its first day', '2022-04-01', [], '2022-06-30'],
  ['the one that runs, to its last day', '2022-06-30', [], '2022-06-30'],
  ['the one before, on the first day of the next, where it is missing', '2022-07-01', ['2022-06-30'], '2022-06-30'],
  ['the one before, on the tenth day, where it is missing', '2022-07-10', ['2022-06-30'], '2022-06-30'],
  ['the running one, on the eleventh day, whatever is missing', '2022-07-11', ['2022-06-30'], '2022-09-30'],
  ['the running one in the first days, where nothing is missing', '2022-07-02', [], '2022-09-30'],
  ['the running one, where only an older one is missing', '2022-10-02', ['2022-06-30'], '2022-12-31'],
  ['the first one in its first days, though it is missing itself', '2022-04-02', ['2022-06-30'], '2022-06-30'],
])('%s is meant', (_, today, missing, end) => expect(meant(today, missing)).toBe(end))

it.each<[said: string, number: number | undefined, rest: string]>([
  ['一季度', 1, ''],
  ['第二季度 完成情况', 2, '完成情况'],
  ['三季', 3, ''],
  ['第3季', 3, ''],
  ['３季度：好', 3, '好'],
  ['四季度季报 甲', 4, '甲'],
  ['2季度的季报，甲', 2, '甲'],
  ['4季', 4, ''],
  ['五季度', undefined, '五季度'],
  ['第一', undefined, '第一'],
  ['季度', undefined, '季度'],
])('“%s” names quarter %s', (said, number, rest) =>
  expect(readQuarter(said)).toEqual({ ...(number === undefined ? {} : { number }), rest }),
)

it('a campaign without quarters means none', () =>
  expect(quarterMeant([], day('2022-07-01'), () => true)).toBeUndefined())

it('a quarter is named by its number and begins three months before its end', () => {
  expect(ends.map(quarterWords)).toEqual(['2季度', '3季度', '4季度'])
  expect(ends.map((end) => quarterStart(end).toString())).toEqual(['2022-04-01', '2022-07-01', '2022-10-01'])
  expect(begunBy(ends, day('2022-07-01')).map(String)).toEqual(['2022-06-30', '2022-09-30'])
  expect(begunBy(ends, day('2022-06-30')).map(String)).toEqual(['2022-06-30'])
})
