import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'
import { stands } from '../../src/forms/record.ts'
import { meetingsOwed } from '../meetings/duty.ts'
import { lectures, meetingTables } from '../meetings/records.ts'

export { meetingTables }
/** Who has a lecture on record. */
export const lecturesOf = ({ kept }: Snapshot): ReadonlySet<string> =>
  new Set(kept.of(lectures).flatMap(({ ids, value }) => (stands(value) && ids[1] !== undefined ? [ids[1]] : [])))

/** Of the meetings due by the end of this month those on record, of a person's branches. */
export function meetingsOf(snapshot: Snapshot, person: Person): { done: number; all: number } {
  const mine = meetingsOwed.owed(snapshot).filter(({ by }) => by.some(({ id }) => id === person.id))
  return { done: mine.filter(({ done }) => done).length, all: mine.length }
}
