import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { momentWords } from '../../campaign/calendar/ladder.ts'
import type { Person } from '../../campaign/roster/roster.ts'
import { table } from '../../store/table.ts'
import { zone } from '../clock.ts'
import { together } from './push-text.ts'
import type { OpenDuty, Schedule, Snapshot } from './schedule.ts'

/** The reminder that a person asked for, as an ISO instant. */
export const reminders = table('reminder', z.strictObject({ at: z.string() }))
/**
 * The days on which a person is away, both included, as ISO dates; `from` if the first day is in the future. The person's reminders pause.
 */
export const awayUntil = table('away', z.strictObject({ until: z.string(), from: z.string().exactOptional() }))

export const openDuties = (schedules: readonly Schedule[], snapshot: Snapshot, person: Person): OpenDuty[] =>
  schedules.flatMap((schedule) => schedule.open(snapshot, person))

/**
 * What is still open at the moment for which the person asked (an ISO instant), or undefined if all of it was done meanwhile. The text
 * names the moment, so that a second reminder of the same things does not look like a repeat.
 */
export function reminderText(
  schedules: readonly Schedule[],
  snapshot: Snapshot,
  { person, at }: { person: Person; at: string },
): { text: string; about: string[] } | undefined {
  const open = openDuties(schedules, snapshot, person)
  if (open.length === 0) return undefined
  const said = together(open)
  const asked = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  return {
    text: [
      ...said.flatMap(({ title, lines }) => [title, ...lines]),
      `这是您要的${momentWords(asked)}的提醒。`,
      ...new Set(said.map(({ reply }) => reply)),
    ].join('\n'),
    about: [...new Set(open.map((duty) => duty.duty))],
  }
}
