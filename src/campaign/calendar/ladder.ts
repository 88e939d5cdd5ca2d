import { Temporal } from 'temporal-polyfill'
import { once, remembered } from '../once.ts'
import {
  type Calendar,
  isWorkingDay,
  lastWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  workingDaysBetween,
} from './calendar.ts'
import { isoOf } from './iso.ts'

type Day = Temporal.PlainDate

/** The number of working days before the last working day on or before the deadline. */
export type Step = `T-${number}`

/**
 * The days on which a dated duty is said. `steps`: to the person. `groupSteps`: to groups, with counts. `after`: to the person, on these
 * working days after the deadline. `superiorAfter`: to the superior, once, on this working day after it.
 */
export type Ladder = {
  steps: readonly Step[]
  groupSteps: readonly Step[]
  after: readonly number[]
  superiorAfter: number
}

/** Nothing is pushed before `from`, at or after `before`, or on a day off (R6). No configuration changes this. */
export const pushHours = { from: new Temporal.PlainTime(8), before: new Temporal.PlainTime(20) } as const

/** Whether schedules may push now (R6). */
export function isPushTime(now: Temporal.ZonedDateTime, calendar: Calendar): boolean {
  const time = now.toPlainTime()
  return (
    Temporal.PlainTime.compare(time, pushHours.from) >= 0 &&
    Temporal.PlainTime.compare(time, pushHours.before) < 0 &&
    isWorkingDay(calendar, now.toPlainDate())
  )
}

/** The next time after `now` at which schedules push: `at` on a working day. */
export function nextPushTime(
  now: Temporal.ZonedDateTime,
  calendar: Calendar,
  at: Temporal.PlainTime,
): Temporal.ZonedDateTime {
  const today = now.toPlainDate()
  const isAhead = isWorkingDay(calendar, today) && Temporal.PlainTime.compare(now.toPlainTime(), at) < 0
  const day = isAhead ? today : nextWorkingDay(calendar, today)
  return day.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: at })
}

/** The step of a duty on a day: to the person, to groups, to the superior; at most one of each. */
export type Steps = { person?: string; group?: string; superior?: string }

/** Working days from `date` to the last working day on or before the deadline, or undefined once that day has passed. */
function daysBefore(
  calendar: Calendar,
  deadline: Day,
  { date, most }: { date: Day; most: number },
): number | undefined {
  // There are never more days off than working days, so a deadline further away than this is no step.
  const distance = date.until(deadline).days
  if (distance < 0 || distance > 3 * most + 30) return undefined
  const target = lastWorkingDay(calendar, deadline)
  return Temporal.PlainDate.compare(date, target) > 0 ? undefined : workingDaysBetween(calendar, date, target)
}

/** Working days after the deadline's calendar day, counted from 1, or undefined before that. */
function daysAfter(calendar: Calendar, deadline: Day, { date, most }: { date: Day; most: number }): number | undefined {
  const distance = deadline.until(date).days
  if (distance <= 0 || distance > 3 * most + 30) return undefined
  return workingDaysBetween(calendar, deadline, date)
}

/**
 * The steps of a ladder that fall on `date`. T-n counts working days back from the last working day on or before the deadline. Steps after
 * it count from the deadline's own calendar day, because nothing is late before that day ends. A day off has no steps.
 */
export function stepOf(ladder: Ladder, deadline: Day, { date, calendar }: { date: Day; calendar: Calendar }): Steps {
  if (!isWorkingDay(calendar, date)) return {}
  const before = daysBefore(calendar, deadline, { date, most: furthestOf([...ladder.steps, ...ladder.groupSteps]) })
  if (before !== undefined) {
    const step = `T-${before}` as const
    return {
      ...(ladder.steps.includes(step) ? { person: step } : {}),
      ...(ladder.groupSteps.includes(step) ? { group: step } : {}),
    }
  }
  const after = daysAfter(calendar, deadline, { date, most: Math.max(ladder.superiorAfter, ...ladder.after) })
  if (after === undefined) return {}
  return {
    ...(ladder.after.includes(after) ? { person: `after-${after}` } : {}),
    ...(ladder.superiorAfter === after ? { superior: `after-${after}` } : {}),
  }
}

/** How many working days before the deadline the first of these steps is. */
export const furthestOf = (steps: readonly Step[]): number => Math.max(0, ...steps.map((step) => Number(step.slice(2))))

/** The working day of the step T-n. */
export const dayOfStep = (calendar: Calendar, deadline: Day, n: number): Day =>
  remembered(stepDays(calendar), `${isoOf(deadline)} ${n}`, () => daysBack(calendar, deadline, n))
/** Remembered, because every 帮助 asks for the first step of each duty. */
const stepDays = once<Calendar, Map<string, Day>>(() => new Map())

function daysBack(calendar: Calendar, deadline: Day, n: number): Day {
  let day = lastWorkingDay(calendar, deadline)
  for (let i = 0; i < n; i++) day = previousWorkingDay(calendar, day)
  return day
}

/** How many working days late something given on `date` is: 0 until the deadline's calendar day ends, then at least 1. */
export const workingDaysLate = (calendar: Calendar, deadline: Day, date: Day): number =>
  Temporal.PlainDate.compare(date, deadline) <= 0 ? 0 : Math.max(1, workingDaysBetween(calendar, deadline, date))

const weekdays = ['一', '二', '三', '四', '五', '六', '日']

/** `4月29日（周五）`. */
export const dayWords = (date: Day): string => `${date.month}月${date.day}日（周${weekdays[date.dayOfWeek - 1] ?? ''}）`

/** `4月29日（周五）9:07`. */
export const momentWords = (at: Temporal.ZonedDateTime): string =>
  `${dayWords(at.toPlainDate())}${at.hour}:${String(at.minute).padStart(2, '0')}`

/**
 * The deadline in words that follow the duty (decision 5): `4月29日（周五）前，还有3个工作日`. If the deadline is a day off, it names both days:
 * `4月30日（周六）到期，最后一个工作日4月29日（周五），还有3个工作日`. It never says that something ends today that ends tomorrow.
 */
export const dueWords = (calendar: Calendar, deadline: Day, today: Day): string =>
  remembered(said(calendar), `${isoOf(deadline)} ${today.toString()}`, () => wordsOf(calendar, deadline, today))
/** Remembered, because thousands of people are told of the same deadline on the same day. */
const said = once<Calendar, Map<string, string>>(() => new Map())

function wordsOf(calendar: Calendar, deadline: Day, today: Day): string {
  const target = lastWorkingDay(calendar, deadline)
  const isOff = !target.equals(deadline)
  const last = isOff ? `，最后一个工作日${dayWords(target)}` : ''
  if (Temporal.PlainDate.compare(today, deadline) > 0)
    return `${dayWords(deadline)}已到期${last}，逾期${workingDaysLate(calendar, deadline, today)}个工作日`
  if (Temporal.PlainDate.compare(today, target) > 0) return `${dayWords(deadline)}到期${last}`
  const left = workingDaysBetween(calendar, today, target)
  if (left === 0)
    return isOff
      ? `${dayWords(deadline)}到期，今天${dayWords(target)}是最后一个工作日`
      : `今天${dayWords(deadline)}到期`
  return isOff
    ? `${dayWords(deadline)}到期${last}，还有${left}个工作日`
    : `${dayWords(deadline)}前，还有${left}个工作日`
}

/** The deadline in words that stand before the duty: `5月6日（周五）前`, `4月30日（周六）前（最后一个工作日4月29日周五）`. */
export function byWords(calendar: Calendar, deadline: Day): string {
  const target = lastWorkingDay(calendar, deadline)
  const last = target.equals(deadline) ? '' : `（最后一个工作日${dayWords(target).replace(/[（）]/g, '')}）`
  return `${dayWords(deadline)}前${last}`
}
