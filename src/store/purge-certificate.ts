import { z } from 'zod'
import type { Key } from './store.ts'
import { table } from './table.ts'

/** What is left of a campaign after its purge: when, by which tables how many records, and no name. Keys: campaign. */
export const certificates = table(
  'purge-certificate',
  z.strictObject({ at: z.string(), removed: z.record(z.string(), z.number()), archive: z.string().exactOptional() }),
)

/** Records of a purged campaign; their second part is the campaign. */
export const isPurged =
  (campaigns: readonly string[]) =>
  (record: Key): boolean =>
    record[1] !== undefined && campaigns.includes(record[1])
