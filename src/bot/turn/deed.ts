import { Temporal } from 'temporal-polyfill'
import { personOf } from '../../campaign/roster/roster.ts'
import type { Turn } from './turn.ts'

/** Who does something and when, as records keep it: a person's id and an ISO instant. */
export const deedOf = ({ who, now }: Pick<Turn, 'who' | 'now'>): { by: string; at: string } => ({
  by: who.id,
  at: now.toString({ timeZoneName: 'never' }),
})

/** `周组安在4月20日10:05`, for who comes second. Undefined if the person has left. */
export function doneBy({ roster, now }: Turn, { by, at }: { by: string; at: string }): string | undefined {
  const name = personOf(roster, by)?.name
  const { month, day, hour, minute } = Temporal.Instant.from(at).toZonedDateTimeISO(now.timeZoneId)
  return name && `${name}在${month}月${day}日${hour}:${String(minute).padStart(2, '0')}`
}
