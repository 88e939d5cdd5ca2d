import chineseDays from 'chinese-days'
import { Temporal } from 'temporal-polyfill'

type Day = Temporal.PlainDate

/**
 * Working days of China: the State Council's yearly notices (法定节假日 and 调休), with a campaign's own overrides. Days are read once;
 * the same calendar is asked the same days again and again.
 */
export type Calendar = { overrides: Readonly<Record<string, 'work' | 'off'>>; known: Map<string, boolean> }

export const calendarOf = (overrides: Calendar['overrides']): Calendar => ({ overrides, known: new Map() })

/** The years for which chinese-days holds the notice; beyond them it answers Monday to Friday without saying so. */
const announced = { from: 2004, to: 2026 }
const saturday = 6

/**
 * Whether the notice for a year is known, from the library or from overrides of that year. Where it is not, days fall back to Monday to
 * Friday, never to “no holidays” (decision 5).
 */
export const isAnnounced = ({ overrides }: Calendar, year: number): boolean =>
  inLibrary(year) || Object.keys(overrides).some((date) => date.startsWith(`${year}-`))
const inLibrary = (year: number): boolean => year >= announced.from && year <= announced.to

export function isWorkingDay(calendar: Calendar, date: Day): boolean {
  const iso = date.toString()
  let working = calendar.known.get(iso)
  if (working === undefined) {
    const override = calendar.overrides[iso]
    if (override !== undefined) working = override === 'work'
    else working = inLibrary(date.year) ? chineseDays.isWorkday(iso) : date.dayOfWeek < saturday
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

/** The n-th working day after a date. */
export function addWorkingDays(calendar: Calendar, date: Day, n: number): Day {
  let day = date
  for (let i = 0; i < n; i++) day = nextWorkingDay(calendar, day)
  return day
}

/** Working days after `from` up to and including `to`; 0 where `to` is not later. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
  let count = 0
  for (let day = from.add({ days: 1 }); Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
    if (isWorkingDay(calendar, day)) count++
  return count
}
