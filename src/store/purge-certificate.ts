import { z } from 'zod'
import { all, type Key, type Store } from './store.ts'
import { table } from './table.ts'

/**
 * What is left of a campaign after its purge: the time, and the number of removed records by table, without names. `done` means that
 * nothing else is left. Keys: campaign.
 */
export const certificates = table(
  'purge-certificate',
  z.strictObject({ at: z.string(), removed: z.record(z.string(), z.number()), done: z.boolean() }),
)

/** Whether a record is missing on purpose, because its campaign was purged. The second part of such a key is the campaign. */
export async function purgedIn(store: Pick<Store, 'list'>): Promise<(record: Key) => boolean> {
  const campaigns = new Set<string>()
  for await (const { key, value } of all(store, certificates.key()))
    if (key[1] !== undefined && certificates.schema.safeParse(value).success) campaigns.add(key[1])
  return (record) => record[1] !== undefined && campaigns.has(record[1])
}
