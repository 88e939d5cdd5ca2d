import { createRequire } from 'node:module'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { remembered } from '../once.ts'
import { fixedDaysOff } from './fixed-days.ts'
import { isoOf } from './iso.ts'

type Day = Temporal.PlainDate

/**
 * Working days of China: the State Council's yearly notices (法定节假日 and 调休) with a campaign's own overrides. Each day and span is reckoned
 * once, because thousands of people ask for the same ones.
 */
export type Calendar = {
  overrides: Readonly<Record<string, 'work' | 'off'>>
  known: Map<string, boolean>
  spans: Map<string, number>
  next: Map<string, Day>
}

export const calendarOf = (overrides: Calendar['overrides']): Calendar => ({
  overrides,
  known: new Map(),
  spans: new Map(),
  next: new Map(),
})

const Notices = z.object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) })
let read: z.infer<typeof Notices> | undefined
/**
 * Uses the data of chinese-days but not its functions, because those reckon in the machine's own zone and are a day off west of Greenwich.
 */
function notices(): z.infer<typeof Notices> {
  read ??= Notices.parse(createRequire(import.meta.url)('chinese-days/dist/chinese-days.json'))
  return read
}
const saturday = 6

/**
 * Whether the notice for a year is known: the library has it (it lists 1 October for each such year), or the overrides give New Year's Day
 * or 1 October off. A day that only the college gives off is no notice.
 * Without a notice the working days are Monday to Friday, except the days that the law itself gives off (decision 5).
 */
export const isAnnounced = ({ overrides }: Calendar, year: number): boolean =>
  `${year}-10-01` in notices().holidays || ['01-01', '10-01'].some((day) => overrides[`${year}-${day}`] === 'off')

/** Whether a date is a working day, by the law, the campaign's overrides and the year's notice. */
export function isWorkingDay(calendar: Calendar, date: Day): boolean {
  const iso = isoOf(date)
  return remembered(calendar.known, iso, () => {
    const { holidays, workdays } = notices()
    const override = calendar.overrides[iso]
    // Checked first: no notice and no campaign makes these days working days.
    if (fixedDaysOff(date.year).has(iso)) return false
    if (override !== undefined) return override === 'work'
    return iso in workdays || (date.dayOfWeek < saturday && !(iso in holidays))
  })
}

/** The last working day on or before a date. Reminders are timed by it (decision 5). */
export function lastWorkingDay(calendar: Calendar, date: Day): Day {
  let day = date
  while (!isWorkingDay(calendar, day)) day = day.subtract({ days: 1 })
  return day
}

export const previousWorkingDay = (calendar: Calendar, date: Day): Day =>
  lastWorkingDay(calendar, date.subtract({ days: 1 }))

/** The first working day after a date, the same object whenever it is asked for. */
export const nextWorkingDay = (calendar: Calendar, date: Day): Day =>
  remembered(calendar.next, isoOf(date), () => {
    let day = date.add({ days: 1 })
    while (!isWorkingDay(calendar, day)) day = day.add({ days: 1 })
    return day
  })

/**
 * Whether a date is the first working day of its month. In a month that begins before `earliest`, the first one on or after `earliest`
 * counts.
 */
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

/** The number of working days after `from` up to and including `to`; 0 if `to` is not later. */
export const workingDaysBetween = (calendar: Calendar, from: Day, to: Day): number =>
  remembered(calendar.spans, `${isoOf(from)} ${isoOf(to)}`, () => {
    let count = 0
    for (let day = from.add({ days: 1 }); Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 }))
      if (isWorkingDay(calendar, day)) count++
    return count
  })
