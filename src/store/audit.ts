import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Key, Store, Versioned, Write } from './store.ts'
import type { Table } from './table.ts'

/**
 * One chain a record. An entry holds its number, the hash of the entry before and a salted hash of the change; the values lie
 * beside it and can be purged without breaking the chain. The head lies in the record itself, so that no two records wait for
 * each other.
 */
export const Enveloped = z.strictObject({
  value: z.unknown(),
  chain: z.strictObject({ n: z.number().int().positive(), head: z.string() }),
})
export type Enveloped = z.infer<typeof Enveloped>

/** `who`: the id of a person, or `system`. `what`: the change in the field's words, e.g. 提交. `at`: ISO instant on the program's clock. */
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

/** Where a chain begins: what stands for the hash before the first entry. */
export const genesis = '0'.repeat(64)

const digits = 6
const numbered = (n: number): string => String(n).padStart(digits, '0')
export const auditKey = (record: Key, n: number): Key => ['audit', ...record, numbered(n)]
export const auditValuesKey = (record: Key, n: number): Key => ['audit-values', ...record, numbered(n)]

/** Members in the order of their names, so that equal values have equal text. */
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

/** The record as it is stored, with the head of its chain. Throws where a stored record is none. */
export const unwrap = (stored: Versioned): Enveloped => Enveloped.parse(stored.value)

/** The head of the chain of a record that is not there: of one that was purged; undefined where there never was one. */
export async function headLeft(store: Pick<Store, 'list'>, record: Key): Promise<Enveloped['chain'] | undefined> {
  const [last] = await store.list(['audit', ...record], { limit: 1, reverse: true })
  const entry = last && AuditEntry.parse(last.value)
  return entry && { n: entry.n, head: entry.hash }
}

/**
 * The writes of one change of an audited record: the record with its new head, the entry, the values. `chain`: what the chain goes on
 * from where the record is not there.
 */
export function auditedPut<T>(
  table: Table<T>,
  ids: readonly string[],
  before: Versioned | undefined,
  value: T,
  change: Change,
  chain?: Enveloped['chain'],
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
