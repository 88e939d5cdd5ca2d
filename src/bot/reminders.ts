import { z } from 'zod'
import type { Person } from '../campaign/roster.ts'
import { table } from '../store/table.ts'
import type { OpenDuty, Schedule, Snapshot } from './schedule.ts'

/** The reminder a person asked for: an ISO instant. */
export const reminders = table('reminder', z.strictObject({ at: z.string() }))
/** Last day on which a person is away: an ISO date. Their reminders pause. */
export const awayUntil = table('away', z.strictObject({ until: z.string() }))

export const openDuties = (schedules: readonly Schedule[], snapshot: Snapshot, person: Person): OpenDuty[] =>
  schedules.flatMap((schedule) => schedule.open(snapshot, person))

/** What is still open at the moment for which the person asked; undefined where all of it was done meanwhile. */
export function reminderText(
  schedules: readonly Schedule[],
  snapshot: Snapshot,
  person: Person,
): { text: string; about: string[] } | undefined {
  const open = openDuties(schedules, snapshot, person)
  if (open.length === 0) return undefined
  const lines = open.flatMap((duty) => [duty.title, ...duty.lines])
  const replies = [...new Set(open.map((duty) => duty.reply))]
  return {
    text: ['按您说的时间提醒：', ...lines, ...replies].join('\n'),
    about: [...new Set(open.map((duty) => duty.duty))],
  }
}
