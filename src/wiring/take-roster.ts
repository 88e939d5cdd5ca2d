import type { OutboxRow } from '../bot/messages/outbox.ts'
import type { World } from '../bot/roster/world.ts'
import { type Imported, importRoster, tellChanged } from '../bot/roster-import/roster-import.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import type { Store } from '../store/store.ts'

type Parts = { store: Store; campaign: Campaign; world: () => Promise<World>; instance: string }

/**
 * Imports a roster file and tells the organization department which people and branches are missing in it, as at the start. `again` also
 * takes a file that was in force before a later one. Throws NotARoster.
 */
export async function takeRoster(
  { store, campaign, world, instance }: Parts,
  { file, again }: { file: Uint8Array; again: boolean },
): Promise<{ done: Imported; rows: OutboxRow[] }> {
  const done = await importRoster(store, file, { campaign, again: again ? 'always' : 'last' })
  return { done, rows: await tellChanged(store, await world(), { imported: done, instance }) }
}
