import { z } from 'zod'
import { all, type Key, type Store } from './store.ts'
import { table } from './table.ts'

/**
 * What is left of a campaign after its purge: when, and of which tables how many records; no name. `done`: nothing is left of it.
 * Keys: campaign.
 */
export const certificates = table(
  'purge-certificate',
  z.strictObject({ at: z.string(), removed: z.record(z.string(), z.number()), done: z.boolean() }),
)

/** Which records are missing on purpose: those of purged campaigns. Their second part is the campaign. */
export async function purgedIn(store: Pick<Store, 'list'>): Promise<(record: Key) => boolean> {
  const campaigns = new Set<string>()
  for await (const { key, value } of all(store, certificates.key()))
    if (key[1] !== undefined && certificates.schema.safeParse(value).success) campaigns.add(key[1])
  return (record) => record[1] !== undefined && campaigns.has(record[1])
}
