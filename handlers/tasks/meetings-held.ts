import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'

export const meetingTables = [] as const
/** Who has a lecture on record. */
export const lecturesOf: (snapshot: Snapshot) => ReadonlySet<string> = () => new Set()
/** Of the meetings due by the end of this month those on record, of a person's branches. */
export const meetingsOf: (snapshot: Snapshot, person: Person) => { done: number; all: number } = () => ({
  done: 0,
  all: 1,
})
