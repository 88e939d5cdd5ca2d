import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { stopped } from '../errors.ts'
import { all, type Key, type Store, type Versioned, type Write } from './store.ts'

/** An encrypted value: nonce, ciphertext and tag in Base64. Nothing else in the store is an object with only this member. */
const Sealed = z.strictObject({ $sealed: z.string() })
const nonceLength = 12
const tagLength = 16

type Readable = Pick<Store, 'get' | 'getMany' | 'list'>
/** DATA_KEY, and DATA_KEY_OLD while the key is being changed. */
export type DataKeys = { key: Uint8Array; old?: Uint8Array | undefined }
export const eachOf = ({ key, old }: DataKeys): Uint8Array[] => (old ? [key, old] : [key])

const derived = (dataKey: Uint8Array, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, '', `dangjian ${purpose}`, bytes))
const valueKeys = new WeakMap<Uint8Array, Buffer>()
function valueKey(dataKey: Uint8Array): Buffer {
  const known = valueKeys.get(dataKey) ?? derived(dataKey, 'values', 32)
  valueKeys.set(dataKey, known)
  return known
}
/** A value is bound to its place, so that nobody can move it to another record. */
const place = (key: Key): Buffer => Buffer.from(JSON.stringify(key))

/** The value as nonce, ciphertext and tag in Base64. It can be opened only at this place in the store. */
export function lock(value: unknown, key: Key, dataKey: Uint8Array): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', valueKey(dataKey), nonce).setAAD(place(key))
  const text = Buffer.concat([cipher.update(JSON.stringify(value ?? null), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64')
}

/** Opens a value made by `lock`. Undefined if the key is wrong, or the value was altered or moved. */
export function unlock(locked: string, key: Key, dataKey: Uint8Array): { value: unknown } | undefined {
  const bytes = Buffer.from(locked, 'base64')
  try {
    const nonce = bytes.subarray(0, nonceLength)
    const cipher = createDecipheriv('aes-256-gcm', valueKey(dataKey), nonce, { authTagLength: tagLength })
    cipher.setAAD(place(key)).setAuthTag(bytes.subarray(bytes.length - tagLength))
    const text = Buffer.concat([cipher.update(bytes.subarray(nonceLength, bytes.length - tagLength)), cipher.final()])
    return { value: JSON.parse(text.toString('utf8')) }
  } catch {
    return undefined
  }
}

/** Stands for an altered value, for a reader that wants to continue. No schema takes it for a record. */
const altered = { $sealed: '' }

type Reading = {
  /** Accepts values in clear, because the encryption is not finished. Otherwise somebody without the key put such a value there. */
  mixed: boolean
  /** Returns an altered value as one that fits no schema, and does not throw Stopped. */
  lenient?: boolean
}

/** Reads the encrypted store as values in clear. */
export function decrypting<S extends Readable>(store: S, keys: DataKeys, reading: Reading): S {
  const clear = (found: Versioned): Versioned => {
    const sealed = Sealed.safeParse(found.value)
    if (!sealed.success && (reading.mixed || found.key[0] === markKey[0])) return found
    for (const dataKey of sealed.success ? eachOf(keys) : []) {
      const opened = unlock(sealed.data?.$sealed ?? '', found.key, dataKey)
      if (opened) return { ...found, value: opened.value }
    }
    if (reading.lenient) return { ...found, value: altered }
    throw stopped('value-altered', {})
  }
  return {
    ...store,
    get: async (one) => {
      const found = await store.get(one)
      return found && clear(found)
    },
    getMany: async (many) => (await store.getMany(many)).map((found) => found && clear(found)),
    list: async (prefix, page) => (await store.list(prefix, page)).map(clear),
  }
}

/**
 * The store with every value encrypted at rest by DATA_KEY (AES-256-GCM). Keys, versions and times of expiry stay in clear, because they
 * hold no names. `sweep` encrypts values of the old key, and values in clear, anew; `log` is told when none is left. Throws Stopped if the
 * store belongs to other keys.
 */
export async function encrypted(store: Store, keys: DataKeys, log: (line: string) => void = () => {}): Promise<Store> {
  const reading = { mixed: await beginWith(store, keys) }
  const hidden = (write: Write): Write =>
    'put' in write ? { ...write, value: { $sealed: lock(write.value, write.put, keys.key) } } : write
  return {
    ...decrypting(store, keys, reading),
    commit: (writes) => store.commit(writes.map(hidden)),
    async sweep() {
      const swept = await store.sweep()
      const before = reading.mixed ? await encryptAnew(store, keys) : undefined
      if (before !== undefined) {
        reading.mixed = false
        log(before === 'clear' ? encryptedFirst : encryptedAgain)
      }
      return swept
    },
  }
}

const encryptedFirst = '全部数据已用 DATA_KEY 加密；首次加密之前的明文和明文备份已清除'
const encryptedAgain =
  '全部数据已改用新的 DATA_KEY 加密，运行不再需要 DATA_KEY_OLD。更换之前的备份（backup 文件夹和 Redis 的备份）仍由旧密钥加密：用它们恢复时要把旧密钥填在 DATA_KEY_OLD；旧密钥若已泄露，请删除这些备份'

/**
 * Stored in clear: the key in force, and the key before it while some values may still have that one; as fingerprints, or `clear`. `bare`
 * means that the key before it had not yet replaced all values in clear. The key in force authenticates the mark.
 */
const Mark = z.strictObject({
  key: z.string(),
  before: z.string().exactOptional(),
  bare: z.literal(true).exactOptional(),
  mac: z.string(),
})
type Mark = z.infer<typeof Mark>
export const markKey: Key = ['data-key']
const fingerprint = (dataKey: Uint8Array): string => derived(dataKey, 'fingerprint', 16).toString('hex')

const marking = (dataKey: Uint8Array, { before, bare }: Pick<Mark, 'before' | 'bare'> = {}): Mark => ({
  key: fingerprint(dataKey),
  ...(before === undefined ? {} : { before }),
  ...(bare ? { bare } : {}),
  mac: createHmac('sha256', derived(dataKey, 'mark', 32))
    .update(`${before ?? ''}${bare ? ' bare' : ''}`)
    .digest('hex'),
})

type Marked = { mark: Mark | undefined; version: string; mixed: boolean }
/** Checks whether these keys, or none, open everything in the store. Throws Stopped if not. */
export async function checkKeys(store: Pick<Store, 'get'>, keys: DataKeys | undefined): Promise<Marked> {
  const found = await store.get(markKey)
  if (!found) return { mark: undefined, version: 'absent', mixed: true }
  if (!keys) throw stopped('key-missing', {})
  const given = eachOf(keys)
  const mark = Mark.safeParse(found.value).data
  const inForce = given.find((one) => fingerprint(one) === mark?.key)
  const before = [undefined, 'clear', ...given.map(fingerprint)]
  if (!mark || !inForce || !before.includes(mark.before)) throw stopped('key-wrong', {})
  if (marking(inForce, mark).mac !== mark.mac) throw stopped('mark-altered', {})
  return { mark, version: found.version, mixed: mark.before !== undefined }
}

/** Puts the key in force: from now on values are written with it. Returns whether some values may have another key, or be in clear. */
async function beginWith(store: Store, keys: DataKeys): Promise<boolean> {
  for (;;) {
    const { mark, version, mixed } = await checkKeys(store, keys)
    if (mark?.key === fingerprint(keys.key)) return mixed
    const isBare = mark?.before === 'clear' || mark?.bare
    const value = marking(keys.key, { before: mark?.key ?? 'clear', ...(isBare ? { bare: true } : {}) })
    if (await store.commit([{ put: markKey, value, if: version }])) return true
  }
}

/**
 * Encrypts everything with the key in force. Values that change meanwhile get it anyway. Values in clear are shredded together with their
 * back-ups. Returns what was in force before, `clear` or a fingerprint, if no value of that is left.
 */
async function encryptAnew(store: Store, keys: DataKeys): Promise<string | undefined> {
  const { version, mark } = await checkKeys(store, keys)
  for await (const { key, value, version: seen, expiresAt } of all(store, [])) {
    if (key[0] === markKey[0]) continue
    const sealed = Sealed.safeParse(value)
    if (sealed.success && unlock(sealed.data.$sealed, key, keys.key)) continue
    const old = sealed.success && keys.old ? unlock(sealed.data.$sealed, key, keys.old) : undefined
    // If no key opens a value, it was altered; `verify` says where.
    if (sealed.success && !old) continue
    const anew = { $sealed: lock(old ? old.value : value, key, keys.key) }
    await store.commit([{ put: key, value: anew, if: seen, ...(expiresAt === undefined ? {} : { expiresAt }) }])
  }
  const before = mark?.before ?? 'clear'
  if (before === 'clear' || mark?.bare) await store.shred()
  return (await store.commit([{ put: markKey, value: marking(keys.key), if: version }])) ? before : undefined
}
