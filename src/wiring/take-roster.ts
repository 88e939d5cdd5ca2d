import type { OutboxRow } from '../bot/messages/outbox.ts'
import { type Imported, importRoster, tellMissing } from '../bot/roster/roster-import.ts'
import type { World } from '../bot/roster/world.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import type { Store } from '../store/store.ts'

type Parts = { store: Store; campaign: Campaign; world: () => Promise<World>; instance: string }

/** Imports a roster file and tells the organization department who is missing in it, as at start. Throws NotARoster. */
export async function takeRoster(
  { store, campaign, world, instance }: Parts,
  file: Uint8Array,
): Promise<{ done: Imported; rows: OutboxRow[] }> {
  const done = await importRoster(store, file, campaign)
  const missing = done.unchanged ? [] : done.missing
  return { done, rows: await tellMissing(store, await world(), missing, instance) }
}
