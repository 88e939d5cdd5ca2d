import { Temporal } from 'temporal-polyfill'
import { monthOf } from '../campaign/calendar/month.ts'
import { once } from '../campaign/once.ts'

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

/** The day of a moment, the same object for all who look at the same moment. */
export const dateOf = once((now: Temporal.ZonedDateTime): Temporal.PlainDate => now.toPlainDate())

let lastMonth: { hour: number; month: string } | undefined
/**
 * The month (`2022-04`) of a moment in Beijing. Every turn asks for it, so it is reckoned once an hour; Beijing's hours begin with those of
 * 1970.
 */
export function monthNow(now: Temporal.ZonedDateTime): string {
  const hour = Math.floor(now.epochMilliseconds / 3_600_000)
  if (lastMonth?.hour !== hour) lastMonth = { hour, month: monthOf(now) }
  return lastMonth.month
}
