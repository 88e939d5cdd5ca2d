import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { momentWords } from '../../campaign/calendar/ladder.ts'
import type { Person } from '../../campaign/roster/roster.ts'
import { table } from '../../store/table.ts'
import { zone } from '../clock.ts'
import { together } from '../pushes/push-text.ts'
import type { OpenDuty, Schedule, Snapshot } from '../pushes/schedule.ts'

/** The reminder a person asked for: an ISO instant. */
export const reminders = table('reminder', z.strictObject({ at: z.string() }))
/** The days on which a person is away, both included, as ISO dates; `from` where it lies ahead. Their reminders pause. */
export const awayUntil = table('away', z.strictObject({ until: z.string(), from: z.string().exactOptional() }))

export const openDuties = (schedules: readonly Schedule[], snapshot: Snapshot, person: Person): OpenDuty[] =>
  schedules.flatMap((schedule) => schedule.open(snapshot, person))

/**
 * What is still open at the moment for which the person asked, an ISO instant; undefined where all of it was done meanwhile. The text
 * names the moment: a second reminder of the same things is no repeat of the first.
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
