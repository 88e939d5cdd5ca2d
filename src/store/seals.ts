import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { AuditEntry, Enveloped } from './audit.ts'
import { all, type Key, type Store } from './store.ts'

/**
 * A seal binds the heads of all chains that moved since the seal before, and that seal itself. With a key nobody without it can make
 * one; without a key a seal finds accidents only.
 */
export const Seal = z.strictObject({
  n: z.number().int().positive(),
  at: z.string(),
  keyed: z.boolean(),
  /** Record key, number and hash of its last entry. */
  heads: z.array(z.tuple([z.array(z.string()), z.number(), z.string()])),
  previous: z.string(),
  mac: z.string(),
})
export type Seal = z.infer<typeof Seal>
/** How many seals there are, so that the last ones cannot be taken away unseen. */
export const SealCount = z.strictObject({ n: z.number(), keyed: z.boolean(), mac: z.string() })

export const sealKey = (n: number): Key => ['seal', String(n).padStart(9, '0')]
export const sealCountKey: Key = ['seal-count']

/** The key of seals is not the key of values. */
const sealing = (dataKey: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', dataKey, '', 'dangjian seal', 32))
export const macOf = (text: string, dataKey: Uint8Array | undefined): string =>
  dataKey
    ? createHmac('sha256', sealing(dataKey)).update(text).digest('hex')
    : createHash('sha256').update(text).digest('hex')
export const sealText = ({ n, at, heads, previous }: Omit<Seal, 'mac' | 'keyed'>): string =>
  JSON.stringify([n, at, heads, previous])
export const countText = (n: number, last: string): string => JSON.stringify(['count', n, last])

export async function seals(store: Pick<Store, 'list'>): Promise<Seal[]> {
  const found: Seal[] = []
  for await (const { value } of all(store, ['seal'])) found.push(Seal.parse(value))
  return found
}

/** Seals what has changed; false where nothing has, or another instance was faster. `tables`: those whose records are audited. */
export async function seal(
  store: Store,
  tables: readonly string[],
  at: string,
  dataKey: Uint8Array | undefined,
): Promise<boolean> {
  const before = await seals(store)
  const sealed = new Map(before.flatMap(({ heads }) => heads.map(([key, n]) => [JSON.stringify(key), n])))
  const heads: Seal['heads'] = []
  for (const table of tables)
    for await (const { key, value } of all(store, [table])) {
      const { chain } = Enveloped.parse(value)
      if (sealed.get(JSON.stringify(key)) !== chain.n) heads.push([[...key], chain.n, chain.head])
    }
  if (heads.length === 0) return false
  const last = before.at(-1)
  const next = { n: (last?.n ?? 0) + 1, at, heads, previous: last?.mac ?? '' }
  const mac = macOf(sealText(next), dataKey)
  const count = await store.get(sealCountKey)
  const keyed = dataKey !== undefined
  return store.commit([
    { put: sealKey(next.n), value: { ...next, keyed, mac }, if: 'absent' },
    {
      put: sealCountKey,
      value: { n: next.n, keyed, mac: macOf(countText(next.n, mac), dataKey) },
      if: count?.version ?? 'absent',
    },
  ])
}

/** The hash of an entry, to be compared with what a seal says of it. */
export async function headAt(store: Pick<Store, 'get'>, entry: Key): Promise<string | undefined> {
  const found = await store.get(entry)
  const parsed = found && AuditEntry.safeParse(found.value)
  return parsed?.success ? parsed.data.hash : undefined
}
