import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'

export const meetingTables = [] as const
/** Who has a lecture on record. */
export const lecturesOf = (_: Snapshot): ReadonlySet<string> => new Set()
/** Kinds of meetings on record of those due by the end of this month, of a person's branches. */
export const meetingsOf = (_: Snapshot, __: Person): { done: number; all: number } => ({ done: 0, all: 1 })
