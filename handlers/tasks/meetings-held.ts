import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'
import { standing } from '../../src/forms/record.ts'
import { meetingsOwed } from '../meetings/owed.ts'
import { lectures, meetings } from '../meetings/records.ts'

export const meetingTables = [meetings, lectures] as const

/** The people with a recorded lecture. */
export const lecturesOf = ({ kept }: Snapshot): ReadonlySet<string> =>
  new Set([...standing(kept, lectures).keys()].map((key) => key.split('~')[0] ?? ''))

/** Of the meetings of a person's branches due by the end of this month, the number on record. */
export function meetingsOf(snapshot: Snapshot, person: Person): { done: number; all: number } {
  const owed = meetingsOwed.owed(snapshot, undefined, person)
  return { done: owed.filter(({ done }) => done).length, all: owed.length }
}
