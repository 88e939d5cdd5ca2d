import { personOf } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { Changes } from '../records/changes.ts'
import type { World } from '../roster/world.ts'
import { flush, waitingNotices } from './notices.ts'

/** Says the notices that had to wait for the hour, the day or the morning. Called every minute. */
export async function sayWaiting(
  store: Store,
  world: World,
  { instance, queued }: { instance: string; queued: (rows: readonly OutboxRow[]) => void },
): Promise<void> {
  for (const { ids, value } of await new Changes(store).list(waitingNotices)) {
    const person = personOf(world.roster, ids[0])
    if (!person || value.notices.length === 0) continue
    const changes = new Changes(store)
    const waiting = await changes.read(waitingNotices, person.id)
    const row = waiting && (await flush(changes, world, { person, waiting, instance }))
    if (changes.writes.length > 0 && (await store.commit(changes.writes))) queued(row ? [row] : [])
  }
}
