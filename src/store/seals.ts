import { createHash, createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Enveloped } from './audit.ts'
import { type DataKeys, eachOf, lock, unlock } from './encrypted.ts'
import { all, type Key, type Store } from './store.ts'

/**
 * A seal binds the heads of all chains that changed since the seal before, and that seal itself. With a key, nobody without it can make a
 * seal. Without a key, a seal finds only accidents.
 */
export const Seal = z.strictObject({
  n: z.number().int().positive(),
  at: z.string(),
  keyed: z.boolean(),
  /** The record's key, and the number and hash of its last entry. */
  heads: z.array(z.tuple([z.array(z.string()), z.number(), z.string()])),
  previous: z.string(),
  mac: z.string(),
})
export type Seal = z.infer<typeof Seal>
/** The number of seals, so that nobody can remove the last ones unnoticed. */
export const SealCount = z.strictObject({ n: z.number(), keyed: z.boolean(), mac: z.string() })

export const sealKey = (n: number): Key => ['seal', String(n).padStart(9, '0')]
export const sealCountKey: Key = ['seal-count']

/**
 * The key of seals is drawn once and lies in the store, locked by DATA_KEY, so that seals stay valid when DATA_KEY changes. Only DATA_KEY
 * opens it; even an export in clear leaves it locked.
 */
export const sealingKeyKey: Key = ['seal-key']
const Locked = z.strictObject({ locked: z.string() })
/** `from` is the number of the first seal made with it. */
const SealingKey = z.strictObject({
  secret: z.base64().transform((text) => Buffer.from(text, 'base64')),
  from: z.number(),
})
type SealingKey = { secret: Uint8Array; from: number }

export const macOf = (text: string, sealingKey: Uint8Array | undefined): string =>
  sealingKey
    ? createHmac('sha256', sealingKey).update(text).digest('hex')
    : createHash('sha256').update(text).digest('hex')
export const sealText = ({ n, at, heads, previous }: Omit<Seal, 'mac' | 'keyed'>): string =>
  JSON.stringify([n, at, heads, previous])
export const countText = (n: number, last: string): string => JSON.stringify(['count', n, last])

/** The key of seals, or undefined if there is none or these keys do not open it. */
export async function sealingKeyIn(
  store: Pick<Store, 'get'>,
  keys: DataKeys | undefined,
): Promise<(SealingKey & { version: string; outdated: boolean }) | undefined> {
  const found = await store.get(sealingKeyKey)
  const parsed = Locked.safeParse(found?.value)
  if (!found || !parsed.success || !keys) return undefined
  for (const dataKey of eachOf(keys)) {
    const opened = unlock(parsed.data.locked, sealingKeyKey, dataKey)
    if (opened) return { ...SealingKey.parse(opened.value), version: found.version, outdated: dataKey !== keys.key }
  }
  return undefined
}

/**
 * The key to seal with. It is drawn if nothing was ever sealed with one, and locked anew if DATA_KEY changed. Throws if the key is lost,
 * because with another one all seals would look altered.
 */
async function sealingKey(store: Store, keys: DataKeys | undefined): Promise<Uint8Array | undefined> {
  if (!keys) return undefined
  const found = await sealingKeyIn(store, keys)
  if (found && !found.outdated) return found.secret
  const before = found ? [] : await seals(store)
  if (!found && ((await store.get(sealingKeyKey)) || before.some(({ keyed }) => keyed)))
    throw new Error('the key of seals is gone or of another DATA_KEY: nothing can be sealed')
  const { secret, from } = found ?? { secret: randomBytes(32), from: before.length + 1 }
  const locked = lock({ secret: Buffer.from(secret).toString('base64'), from }, sealingKeyKey, keys.key)
  const done = await store.commit([{ put: sealingKeyKey, value: { locked }, if: found?.version ?? 'absent' }])
  return done ? secret : sealingKey(store, keys)
}

/** Whether anything was ever sealed here. */
export const isSealed = async (store: Pick<Store, 'get'>): Promise<boolean> =>
  (await store.get(sealCountKey)) !== undefined

async function seals(store: Pick<Store, 'list'>): Promise<Seal[]> {
  const found: Seal[] = []
  for await (const { value } of all(store, ['seal'])) found.push(Seal.parse(value))
  return found
}

/** The marks of the tables when nothing was left to seal. As long as they stay the same, nothing is read. */
const sealedAt = new WeakMap<Store, string>()

/**
 * Seals all changes. False if there are none, or another instance was faster. The first seal is made even if there is nothing to seal, so
 * that the removal of all seals is noticed. `tables` are those with audited records.
 */
export async function seal(
  store: Store,
  tables: readonly string[],
  { at, keys }: { at: string; keys: DataKeys | undefined },
): Promise<boolean> {
  const secret = await sealingKey(store, keys)
  const mark = [secret !== undefined, ...(await store.marks([...tables, ...sealKey(1).slice(0, 1)]))].join(' ')
  if (sealedAt.get(store) === mark) return false
  const before = await seals(store)
  const last = before.at(-1)
  const sealed = new Map(before.flatMap(({ heads }) => heads.map(([key, n]) => [JSON.stringify(key), n])))
  const heads: Seal['heads'] = []
  for (const table of tables)
    for await (const { key, value } of all(store, [table])) {
      // A value that is no record was altered. `verify` finds it, and the others are sealed nevertheless.
      const chain = Enveloped.safeParse(value).data?.chain
      if (chain && sealed.get(JSON.stringify(key)) !== chain.n) heads.push([[...key], chain.n, chain.head])
    }
  const keyed = secret !== undefined
  if (heads.length === 0 && last?.keyed === keyed) {
    sealedAt.set(store, mark)
    return false
  }
  const next = { n: (last?.n ?? 0) + 1, at, heads, previous: last?.mac ?? '' }
  const mac = macOf(sealText(next), secret)
  const count = await store.get(sealCountKey)
  return store.commit([
    { put: sealKey(next.n), value: { ...next, keyed, mac }, if: 'absent' },
    {
      put: sealCountKey,
      value: { n: next.n, keyed, mac: macOf(countText(next.n, mac), secret) },
      if: count?.version ?? 'absent',
    },
  ])
}
