import { Temporal } from 'temporal-polyfill'
import { monthOf } from '../campaign/calendar/month.ts'

export const zone = 'Asia/Shanghai'

/** The program's clock. All rules, dates and texts use it. Time-outs, tokens and retries use the real clock. */
export interface Clock {
  now(): Temporal.ZonedDateTime
}

/** `moveTo` is for the simulator. */
export type RunningClock = Clock & { moveTo(instant: Temporal.ZonedDateTime): void }

/** A clock that starts at `start` and runs at normal pace. Without `start` it is the real clock. */
export function runningClock(start?: Temporal.ZonedDateTime): RunningClock {
  let offset = start ? start.epochMilliseconds - Date.now() : 0
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(Date.now() + offset).toZonedDateTimeISO(zone),
    moveTo(instant) {
      offset = instant.epochMilliseconds - Date.now()
    },
  }
}

/** The day in Beijing of an ISO instant. */
export const dayOf = (instant: string): Temporal.PlainDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate()

type Hour = { hour: number; date: Temporal.PlainDate; month: string }
let last: Hour | undefined
/** Every turn asks for the day and the month, so they are reckoned once an hour; Beijing's hours begin with those of 1970. */
function hourOf(now: Temporal.ZonedDateTime): Hour {
  const hour = Math.floor(now.epochMilliseconds / 3_600_000)
  if (last?.hour !== hour) last = { hour, date: now.toPlainDate(), month: monthOf(now) }
  return last
}

/** The day of a moment in Beijing, the same object for all who look within the same hour. */
export const dateOf = (now: Temporal.ZonedDateTime): Temporal.PlainDate => hourOf(now).date

/** The month (`2022-04`) of a moment in Beijing. */
export const monthNow = (now: Temporal.ZonedDateTime): string => hourOf(now).month
