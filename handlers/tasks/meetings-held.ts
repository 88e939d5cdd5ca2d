import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { once } from '../../src/campaign/once.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'
import { standing } from '../../src/forms/record.ts'
import { meetingsOwed } from '../meetings/owed.ts'
import { lectures, meetings } from '../meetings/records.ts'

export const meetingTables = [meetings, lectures] as const

/** Who has a lecture on record. */
export const lecturesOf = ({ kept }: Snapshot): ReadonlySet<string> =>
  new Set([...standing(kept, lectures).keys()].map((key) => key.split('~')[0] ?? ''))

/** Of the meetings due by the end of this month those on record, of a person's branches. */
export function meetingsOf(snapshot: Snapshot, { id }: Person): { done: number; all: number } {
  return counted(snapshot).get(id) ?? { done: 0, all: 0 }
}

const counted = once((snapshot: Snapshot) => {
  const counts = new Map<string, { done: number; all: number }>()
  for (const { by, done } of meetingsOwed.owed(snapshot))
    for (const { id } of by) {
      const before = counts.get(id) ?? { done: 0, all: 0 }
      counts.set(id, { done: before.done + (done ? 1 : 0), all: before.all + 1 })
    }
  return counts
})
