import { createRequire } from 'node:module'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { fixedDaysOff } from './fixed-days.ts'

type Day = Temporal.PlainDate

/**
 * Working days of China: the State Council's yearly notices (法定节假日 and 调休), with a campaign's own overrides. Days and
 * spans are reckoned once: thousands of people ask for the same.
 */
export type Calendar = {
  overrides: Readonly<Record<string, 'work' | 'off'>>
  known: Map<string, boolean>
  spans: Map<string, number>
}

export const calendarOf = (overrides: Calendar['overrides']): Calendar => ({
  overrides,
  known: new Map(),
  spans: new Map(),
})

const Notices = z.object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) })
let read: z.infer<typeof Notices> | undefined
/** The data of chinese-days, not its functions: those compute in the machine's own zone, and west of Greenwich are a day off. */
function notices(): z.infer<typeof Notices> {
  read ??= Notices.parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'))
  return read
}
const saturday = 6

/**
 * Whether the notice for a year is known, from the library (1 October stands in each) or from overrides that have New Year's Day or
 * 1 October off: a day that the college itself gives off is no notice. Where it is not known, days fall back to Monday to Friday, never to
 * “no holidays”: what the law itself fixes is off in every year (decision 5).
 */
export const isAnnounced = ({ overrides }: Calendar, year: number): boolean =>
  `${year}-10-01` in notices().holidays || ['01-01', '10-01'].some((day) => overrides[`${year}-${day}`] === 'off')

export function isWorkingDay(calendar: Calendar, date: Day): boolean {
  const iso = date.toString()
  let working = calendar.known.get(iso)
  if (working === undefined) {
    const { holidays, workdays } = notices()
    const override = calendar.overrides[iso]
    // Before all others: no notice and no campaign makes these working days.
    if (fixedDaysOff(date.year).has(iso)) working = false
    else if (override !== undefined) working = override === 'work'
    else working = iso in workdays || (date.dayOfWeek < saturday && !(iso in holidays))
    calendar.known.set(iso, working)
  }
  return working
}

/** The last working day on or before a date: what reminders aim at (decision 5). */
export function lastWorkingDay(calendar: Calendar, date: Day): Day {
  let day = date
  while (!isWorkingDay(calendar, day)) day = day.subtract({ days: 1 })
  return day
}

export const previousWorkingDay = (calendar: Calendar, date: Day): Day =>
  lastWorkingDay(calendar, date.subtract({ days: 1 }))

export function nextWorkingDay(calendar: Calendar, date: Day): Day {
  let day = date.add({ days: 1 })
  while (!isWorkingDay(calendar, day)) day = day.add({ days: 1 })
  return day
}

/** Whether a date is the first working day of its month, of a month that begins before `earliest` the first from then on. */
export function opensMonth(calendar: Calendar, date: Day, earliest: Day): boolean {
  const first = Temporal.PlainDate.compare(date.with({ day: 1 }), earliest) < 0 ? earliest : date.with({ day: 1 })
  return (
    isWorkingDay(calendar, date) &&
    Temporal.PlainDate.compare(date, first) >= 0 &&
    Temporal.PlainDate.compare(previousWorkingDay(calendar, date), first) < 0
  )
}

/** The n-th working day after a date. */
export function addWorkingDays(calendar: Calendar, date: Day, n: number): Day {
  let day = date
  for (let i = 0; i < n; i++) day = nextWorkingDay(calendar, day)
  return day
}

/** Working days after `from` up to and including `to`; 0 where `to` is not later. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  const span = `${from.toString()} ${to.toString()}`
  let count = calendar.spans.get(span)
  if (count === undefined) {
    count = 0
    for (let day = from.add({ days: 1 }); Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
      if (isWorkingDay(calendar, day)) count++
    calendar.spans.set(span, count)
  }
  return count
}
