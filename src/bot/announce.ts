import { holdersOf } from '../campaign/roster.ts'
import type { Changes } from './changes.ts'
import { sendNotice } from './notices.ts'
import type { OutboxRow } from './outbox.ts'
import type { World } from './world.ts'

/** A notice to everybody of the organization department, but `except`. */
export async function tellDepartment(
  changes: Changes,
  world: World,
  text: string,
  about: string,
  { instance, except }: { instance: string; except?: string },
): Promise<OutboxRow[]> {
  const rows: OutboxRow[] = []
  for (const person of holdersOf(world.roster, 'organization-department')) {
    if (person.id === except) continue
    const row = await sendNotice(changes, world, person, { text, about, urgent: false }, instance)
    if (row) rows.push(row)
  }
  return rows
}
