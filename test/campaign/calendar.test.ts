import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { LegalHoliday, SolarDay } from 'tyme4ts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { calendarOf, isAnnounced, isWorkingDay, lastWorkingDay } from '../../src/campaign/calendar/calendar.ts'
import { fixedDaysOff } from '../../src/campaign/calendar/fixed-days.ts'
import {
  dayOfStep,
  dueWords,
  isPushTime,
  nextPushTime,
  stepOf,
  workingDaysLate,
} from '../../src/campaign/calendar/ladder.ts'

const calendar = calendarOf({})
const at = (text: string): Temporal.ZonedDateTime => Temporal.ZonedDateTime.from(`${text}[Asia/Shanghai]`)
const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

/** The working-day table of the domain document: month end, last working day, T-1, T-3, T-5, T-10. */
const golden = [
  ['2022-04-30', '04-29', '04-28', '04-26', '04-24', '04-18'],
  ['2022-05-31', '05-31', '05-30', '05-26', '05-24', '05-17'],
  ['2022-06-30', '06-30', '06-29', '06-27', '06-23', '06-16'],
  ['2022-07-31', '07-29', '07-28', '07-26', '07-22', '07-15'],
  ['2022-08-31', '08-31', '08-30', '08-26', '08-24', '08-17'],
  ['2022-09-30', '09-30', '09-29', '09-27', '09-23', '09-16'],
  ['2022-10-31', '10-31', '10-28', '10-26', '10-24', '10-17'],
  ['2022-11-30', '11-30', '11-29', '11-25', '11-23', '11-16'],
  ['2022-12-31', '12-30', '12-29', '12-27', '12-23', '12-16'],
] as const

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('working days', () => {
  it.each(golden)('the steps before %s', (end, last, one, three, five, ten) => {
    expect(lastWorkingDay(calendar, date(end)).toString()).toBe(`2022-${last}`)
    const steps = [1, 3, 5, 10].map((n) => dayOfStep(calendar, date(end), n).toString().slice(5))
    expect(steps).toEqual([one, three, five, ten])
  })

  it('every day from 2007 to 2026 is what a second source says', () => {
    const differing: string[] = []
    for (let day = date('2007-01-01'); day.year <= 2026; day = day.add({ days: 1 })) {
      const legal = LegalHoliday.fromYmd(day.year, day.month, day.day)
      const plain = SolarDay.fromYmd(day.year, day.month, day.day).getWeek().getIndex() % 6 !== 0
      if ((legal ? legal.isWork() : plain) !== isWorkingDay(calendar, day)) differing.push(day.toString())
    }
    // The notice for 2013 makes both days working days (清明节, 国庆节); the second source leaves them out.
    // The other days are given off by today's law, but were not by that year's notice.
    const others = differing.filter((day) => !fixedDaysOff(Number(day.slice(0, 4))).has(day))
    expect(others).toEqual(['2013-04-07', '2013-10-12'])
    expect(differing.filter((day) => day > '2024-02-09')).toEqual([])
  })

  it.each(['America/Los_Angeles', 'Pacific/Kiritimati'])('are the same on a machine in %s', async (zone) => {
    vi.stubEnv('TZ', zone)
    vi.resetModules()
    const there = await import('../../src/campaign/calendar/calendar.ts')
    const own = there.calendarOf({})
    for (const [end, last] of golden)
      expect(there.lastWorkingDay(own, date(end)).toString().slice(5), `${zone} ${end}`).toBe(last)
    expect(there.isWorkingDay(own, date('2022-04-24'))).toBe(true)
    expect(there.isWorkingDay(own, date('2022-05-04'))).toBe(false)
  })

  it('a year without a notice is Monday to Friday, and says so; overrides are a notice', () => {
    expect([2003, 2004, 2026, 2027].map((year) => isAnnounced(calendar, year))).toEqual([false, true, true, false])
    expect(isWorkingDay(calendar, date('2027-10-04'))).toBe(true)
    const known = calendarOf({ '2027-10-01': 'off', '2027-10-04': 'off', '2027-10-09': 'work' })
    expect(isAnnounced(known, 2027)).toBe(true)
    expect(isAnnounced(calendarOf({ '2027-01-01': 'off' }), 2027)).toBe(true)
    expect(isAnnounced(calendarOf({ '2027-01-01': 'work', '2027-05-04': 'off' }), 2027)).toBe(false)
    expect(isWorkingDay(known, date('2027-10-04'))).toBe(false)
    expect(isWorkingDay(known, date('2027-10-09'))).toBe(true)
  })

  it.each([2027, 2028, 2033])(
    'what the law itself fixes is off in %i, before its notice and whatever the campaign says',
    (year) => {
      const days: { [year: number]: string[] } = {
        2027: [
          '01-01',
          '02-05',
          '02-06',
          '02-07',
          '02-08',
          '04-05',
          '05-01',
          '05-02',
          '06-09',
          '09-15',
          '10-01',
          '10-02',
          '10-03',
        ],
        2028: [
          '01-01',
          '01-25',
          '01-26',
          '01-27',
          '01-28',
          '04-04',
          '05-01',
          '05-02',
          '05-28',
          '10-01',
          '10-02',
          '10-03',
        ],
        2033: [
          '01-01',
          '01-30',
          '01-31',
          '02-01',
          '02-02',
          '04-04',
          '05-01',
          '05-02',
          '06-01',
          '09-08',
          '10-01',
          '10-02',
          '10-03',
        ],
      }
      const own = calendarOf(Object.fromEntries((days[year] ?? []).map((day) => [`${year}-${day}`, 'work' as const])))
      for (const day of days[year] ?? []) expect(isWorkingDay(own, date(`${year}-${day}`)), day).toBe(false)
      expect([...fixedDaysOff(year)].sort()).toEqual((days[year] ?? []).map((day) => `${year}-${day}`))
    },
  )

  it('what the law fixes is off in the notices that were made under it, as reckoned', () => {
    const known = calendarOf({})
    for (const year of [2025, 2026])
      for (const day of fixedDaysOff(year)) {
        const legal = LegalHoliday.fromYmd(date(day).year, date(day).month, date(day).day)
        expect(legal?.isWork(), day).toBe(false)
        expect(isWorkingDay(known, date(day))).toBe(false)
      }
  })
})

const ladder = {
  steps: ['T-10', 'T-5', 'T-1', 'T-0'],
  groupSteps: ['T-5', 'T-0'],
  after: [1, 3, 8],
  superiorAfter: 1,
} as const
const days = fc.integer({ min: 0, max: 6500 }).map((n) => date('2008-01-01').add({ days: n }))

describe('ladders', () => {
  it('never step on a day off, and each step falls on one day', () => {
    fc.assert(
      fc.property(days, (deadline) => {
        const seen: string[] = []
        for (let day = deadline.subtract({ days: 40 }); day.until(deadline).days >= -40; day = day.add({ days: 1 })) {
          const { person, group, superior } = stepOf(ladder, deadline, { date: day, calendar })
          if (person ?? group ?? superior) expect(isWorkingDay(calendar, day)).toBe(true)
          if (person) seen.push(person)
        }
        expect(seen).toEqual(['T-10', 'T-5', 'T-1', 'T-0', 'after-1', 'after-3', 'after-8'])
      }),
      { numRuns: 60 },
    )
  })

  it('nothing is late before the end of its day, and late work counts from one', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -20, max: 40 }), (deadline, n) => {
        const late = workingDaysLate(calendar, deadline, deadline.add({ days: n }))
        expect(late > 0).toBe(n > 0)
      }),
    )
    expect(workingDaysLate(calendar, date('2022-04-30'), date('2022-05-05'))).toBe(1)
  })

  it('say by when and how long it is, in working days', () => {
    expect(dueWords(calendar, date('2022-04-30'), date('2022-04-26'))).toBe(
      '4月30日（周六）到期，最后一个工作日4月29日（周五），还有3个工作日',
    )
    expect(dueWords(calendar, date('2022-04-30'), date('2022-04-29'))).toBe(
      '4月30日（周六）到期，今天4月29日（周五）是最后一个工作日',
    )
    expect(dueWords(calendar, date('2022-04-30'), date('2022-05-05'))).toBe(
      '4月30日（周六）已到期，最后一个工作日4月29日（周五），逾期1个工作日',
    )
    expect(dueWords(calendar, date('2022-05-31'), date('2022-05-26'))).toBe('5月31日（周二）前，还有3个工作日')
    expect(dueWords(calendar, date('2022-05-31'), date('2022-05-31'))).toBe('今天5月31日（周二）到期')
    expect(dueWords(calendar, date('2022-05-31'), date('2022-06-01'))).toBe('5月31日（周二）已到期，逾期1个工作日')
  })

  it('groups hear on their own steps, the superior once after the deadline', () => {
    const on = (text: string) => stepOf(ladder, date('2022-04-30'), { date: date(text), calendar })
    expect(on('2022-04-18')).toEqual({ person: 'T-10' })
    expect(on('2022-04-24')).toEqual({ person: 'T-5', group: 'T-5' })
    expect(on('2022-04-26')).toEqual({})
    expect(on('2022-04-29')).toEqual({ person: 'T-0', group: 'T-0' })
    expect(on('2022-04-30')).toEqual({})
    expect(on('2022-05-05')).toEqual({ person: 'after-1', superior: 'after-1' })
    // 7 May was a Saturday and a working day.
    expect(on('2022-05-07')).toEqual({ person: 'after-3' })
  })

  it('the next push is at the hour of pushes on the nearest working day, and later than now', () => {
    const nine = Temporal.PlainTime.from('09:07')
    const from = fc.integer({ min: 0, max: 400 * 24 * 60 })
    fc.assert(
      fc.property(from, (minutes) => {
        const now = at('2022-01-01T00:00').add({ minutes })
        const next = nextPushTime(now, calendar, nine)
        expect(isPushTime(next, calendar)).toBe(true)
        expect(next.toPlainTime().equals(nine)).toBe(true)
        expect(next.epochMilliseconds).toBeGreaterThan(now.epochMilliseconds)
        for (let day = now.toPlainDate().add({ days: 1 }); Temporal.PlainDate.compare(day, next.toPlainDate()) < 0; ) {
          expect(isWorkingDay(calendar, day)).toBe(false)
          day = day.add({ days: 1 })
        }
      }),
    )
    expect(nextPushTime(at('2022-04-29T09:06'), calendar, nine).toPlainDate().toString()).toBe('2022-04-29')
    expect(nextPushTime(at('2022-04-29T09:07'), calendar, nine).toPlainDate().toString()).toBe('2022-05-05')
  })

  it('are pushed by day on working days alone (R6)', () => {
    expect(isPushTime(at('2022-04-24T09:07'), calendar)).toBe(true)
    expect(isPushTime(at('2022-04-23T09:07'), calendar)).toBe(false)
    expect(isPushTime(at('2022-04-24T07:59:59'), calendar)).toBe(false)
    expect(isPushTime(at('2022-04-24T20:00'), calendar)).toBe(false)
    expect(isPushTime(at('2022-04-24T08:00'), calendar)).toBe(true)
    expect(isPushTime(at('2022-04-24T19:59:59'), calendar)).toBe(true)
    expect(isPushTime(at('2022-05-04T10:00'), calendar)).toBe(false)
  })
})
