import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Key, Store, Versioned, Write } from './store.ts'
import type { Table } from './table.ts'

/**
 * Each record has its own chain. An entry holds its number, the hash of the entry before, and a salted hash of the change. The values lie
 * beside it, so a purge can remove them without breaking the chain. The record itself holds the chain's head, so that no two records wait
 * for each other.
 */
export const Enveloped = z.strictObject({
  value: z.unknown(),
  chain: z.strictObject({ n: z.number().int().positive(), head: z.string() }),
})
export type Enveloped = z.infer<typeof Enveloped>

/**
 * `who` is the id of a person, or `system`. `what` is the change in the field's words, such as 提交. `at` is an ISO instant on the program's
 * clock.
 */
export type Change = { at: string; who: string; channel: string; what: string; reason?: string }

export const AuditEntry = z.strictObject({
  n: z.number().int().positive(),
  at: z.string(),
  who: z.string(),
  channel: z.string(),
  what: z.string(),
  previous: z.string(),
  change: z.string(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditValues = z.strictObject({
  salt: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  reason: z.string().exactOptional(),
})
export type AuditValues = z.infer<typeof AuditValues>

/** The beginning of a chain: it stands for the hash before the first entry. */
export const genesis = '0'.repeat(64)

const digits = 6
const numbered = (n: number): string => String(n).padStart(digits, '0')
export const auditKey = (record: Key, n: number): Key => ['audit', ...record, numbered(n)]
export const auditValuesKey = (record: Key, n: number): Key => ['audit-values', ...record, numbered(n)]

/** Sorts members by name, so that equal values have equal text. */
function canonical(value: unknown): string {
  const sorted = (_: string, part: unknown): unknown =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  return JSON.stringify(value, sorted) ?? 'null'
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export const changeHash = ({ salt, from, to, reason }: AuditValues): string =>
  sha256(canonical([salt, from ?? null, to ?? null, reason ?? null]))
export const entryHash = (record: Key, entry: Omit<AuditEntry, 'hash'>): string =>
  sha256(canonical([record, entry.n, entry.at, entry.who, entry.channel, entry.what, entry.previous, entry.change]))

/** The stored record with the head of its chain. Throws if the stored value is no such record. */
export const unwrap = (stored: Versioned): Enveloped => Enveloped.parse(stored.value)

/** The chain's head of a record that does not exist: that of a purged record, or undefined if there never was one. */
export async function headLeft(store: Pick<Store, 'list'>, record: Key): Promise<Enveloped['chain'] | undefined> {
  const [last] = await store.list(['audit', ...record], { limit: 1, reverse: true })
  const entry = last && AuditEntry.parse(last.value)
  return entry && { n: entry.n, head: entry.hash }
}

/**
 * The writes for one change of an audited record: the record with its new head, the entry, and the values. `chain` is the head to continue
 * from if the record does not exist.
 */
export function auditedPut<T>(
  table: Table<T>,
  ids: readonly string[],
  {
    before,
    value,
    change,
    chain,
  }: { before: Versioned | undefined; value: T; change: Change; chain?: Enveloped['chain'] | undefined },
): Write[] {
  const record = table.key(...ids)
  const old = before && unwrap(before)
  const last = old?.chain ?? chain
  const n = (last?.n ?? 0) + 1
  const values: AuditValues = {
    salt: randomBytes(16).toString('hex'),
    from: old?.value ?? null,
    to: value,
    ...(change.reason === undefined ? {} : { reason: change.reason }),
  }
  const entry = {
    n,
    at: change.at,
    who: change.who,
    channel: change.channel,
    what: change.what,
    previous: last?.head ?? genesis,
    change: changeHash(values),
  }
  const hash = entryHash(record, entry)
  const stored: Enveloped = { value, chain: { n, head: hash } }
  return [
    { put: record, value: stored, if: before?.version ?? 'absent' },
    { put: auditKey(record, n), value: { ...entry, hash }, if: 'absent' },
    { put: auditValuesKey(record, n), value: values, if: 'absent' },
  ]
}
