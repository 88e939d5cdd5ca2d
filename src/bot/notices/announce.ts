import { holdersOf } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { Changes } from '../records/changes.ts'
import { untilWritten } from '../records/until-written.ts'
import type { World } from '../roster/world.ts'
import { sendNotice } from './notices.ts'

/**
 * Sends a notice to everybody of the organization department except `except`. `urgent`: it does not wait for the hour after the last one.
 */
export async function tellDepartment(
  changes: Changes,
  world: World,
  {
    text,
    about,
    instance,
    except,
    urgent = false,
  }: { text: string; about: string; instance: string; except?: string; urgent?: boolean },
): Promise<OutboxRow[]> {
  const rows: OutboxRow[] = []
  for (const person of holdersOf(world.roster, 'organization-department')) {
    if (person.id === except) continue
    const row = await sendNotice(changes, world, { person, notice: { text, about, urgent }, instance })
    if (row) rows.push(row)
  }
  return rows
}

/**
 * Commits what `decide` writes. If somebody else wrote first, it decides again on fresh reads, because the same people may be told several
 * things at once.
 */
export const announced = (store: Store, decide: (changes: Changes) => Promise<OutboxRow[]>): Promise<OutboxRow[]> =>
  untilWritten(async () => {
    const changes = new Changes(store)
    const rows = await decide(changes)
    return (await store.commit(changes.writes)) ? rows : undefined
  })
