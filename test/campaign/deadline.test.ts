import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { monthEnds, quarterEnds, readDeadline } from '../../src/campaign/calendar/deadline.ts'

const span = (starts: string, ends: string) => ({
  starts: Temporal.PlainDate.from(starts),
  ends: Temporal.PlainDate.from(ends),
})
const year = span('2022-04-02', '2022-12-31')
function read(words: string, over = year): unknown {
  const found = readDeadline(words, over)
  return 'milestones' in found && found.milestones !== 'all-year' ? found.milestones.map(String) : found
}

it.each([
  ['4月底', ['2022-04-30']],
  ['4 月底', ['2022-04-30']],
  ['4月底前', ['2022-04-30']],
  ['4月末', ['2022-04-30']],
  ['4月', ['2022-04-30']],
  ['6月15日', ['2022-06-15']],
  ['6月15日之前', ['2022-06-15']],
  ['5月/12月', ['2022-05-31', '2022-12-31']],
  ['5 月/12 月', ['2022-05-31', '2022-12-31']],
  ['12月、6月', ['2022-06-30', '2022-12-31']],
  ['年底', ['2022-12-31']],
  ['年底前', ['2022-12-31']],
  ['每季度', ['2022-06-30', '2022-09-30', '2022-12-31']],
  ['每季末', ['2022-06-30', '2022-09-30', '2022-12-31']],
])('%j is due on %j', (words, dates) => expect(read(words)).toEqual(dates))

it('全年 has no day of its own', () => expect(read('全年')).toEqual({ milestones: 'all-year' }))
it.each(['每月', '每月底', '每月月底', '每个月月末前'])('%s is due on each of the nine month ends', (words) =>
  expect(read(words)).toHaveLength(9),
)
it('a February of a leap year ends on the 29th', () =>
  expect(read('2月底', span('2023-09-01', '2024-06-30'))).toEqual(['2024-02-29']))

it.each([
  ['3月底', { none: '3月底' }],
  ['2月30日', { none: '2月30日' }],
  ['13月', { none: '13月' }],
  ['5月/1月', { none: '1月' }],
  ['尽快', { unread: '尽快' }],
  ['5月/再议', { unread: '再议' }],
  ['', { unread: '' }],
])('%j is refused: %j', (words, refused) => expect(read(words)).toEqual(refused))
it('a span without a month end has no monthly deadline', () =>
  expect(read('每月', span('2022-04-02', '2022-04-20'))).toEqual({ none: '每月' }))

describe('first quarter reported', () => {
  it.each([
    ['2022-01-01', '2022-03-31'],
    ['2022-02-27', '2022-03-31'],
    ['2022-03-01', '2022-06-30'],
    ['2022-04-02', '2022-06-30'],
    ['2022-06-29', '2022-09-30'],
  ])('a plan of %s reports first on %s', (starts, first) =>
    expect(quarterEnds(span(starts, '2022-12-31'))[0]?.toString()).toBe(first),
  )
})

it('every month end is the last day of a month within the span, none is missing, none doubled', () => {
  const day = fc.integer({ min: 0, max: 4000 }).map((days) => Temporal.PlainDate.from('2020-01-01').add({ days }))
  fc.assert(
    fc.property(day, fc.nat(800), (starts, days) => {
      const ends = starts.add({ days })
      const found = monthEnds({ starts, ends }).map(String)
      const all = Array.from({ length: days + 1 }, (_, i) => starts.add({ days: i }))
      expect(found).toEqual(all.filter((one) => one.day === one.daysInMonth).map(String))
    }),
    { numRuns: 50 },
  )
})
