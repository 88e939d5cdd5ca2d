import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { all, type Key, type Store, StoreRefused, type Versioned, type Write } from './store.ts'

/** An encrypted value: nonce, ciphertext and tag, Base64. Nothing else in the store is an object with this one member. */
const Sealed = z.strictObject({ $sealed: z.string() })
const nonceLength = 12
const tagLength = 16

type Readable = Pick<Store, 'get' | 'getMany' | 'list'>
export type DataKeys = { key: Uint8Array; old?: Uint8Array | undefined }

const valueKey = (dataKey: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', dataKey, '', 'dangjian values', 32))
/** A value is bound to its place: it cannot be moved to another record. */
const place = (key: Key): Buffer => Buffer.from(JSON.stringify(key))

function encrypt(value: unknown, key: Key, secret: Uint8Array): z.infer<typeof Sealed> {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(place(key))
  const text = Buffer.concat([cipher.update(JSON.stringify(value ?? null), 'utf8'), cipher.final()])
  return { $sealed: Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64') }
}

function decrypt(sealed: string, key: Key, secrets: readonly Uint8Array[]): unknown {
  const bytes = Buffer.from(sealed, 'base64')
  for (const secret of secrets)
    try {
      const cipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, nonceLength)).setAAD(place(key))
      cipher.setAuthTag(bytes.subarray(bytes.length - tagLength))
      const text = Buffer.concat([cipher.update(bytes.subarray(nonceLength, bytes.length - tagLength)), cipher.final()])
      const value: unknown = JSON.parse(text.toString('utf8'))
      return value
    } catch {
      // The next key; where none fits it is said below.
    }
  throw new StoreRefused('DATA_KEY：存储里的数据打不开，密钥不对（更换密钥时把旧的填在 DATA_KEY_OLD），或数据被改动过')
}

/** Reads values in clear, whether or not they are encrypted: what was written before there was a key stays readable. */
export function decrypting<S extends Readable>(store: S, { key, old }: DataKeys): S {
  const secrets = [key, ...(old ? [old] : [])].map(valueKey)
  const clear = (found: Versioned): Versioned => {
    const sealed = Sealed.safeParse(found.value)
    return sealed.success ? { ...found, value: decrypt(sealed.data.$sealed, found.key, secrets) } : found
  }
  return {
    ...store,
    get: async (one) => {
      const found = await store.get(one)
      return found && clear(found)
    },
    getMany: async (keys) => (await store.getMany(keys)).map((found) => found && clear(found)),
    list: async (prefix, page) => (await store.list(prefix, page)).map(clear),
  }
}

/**
 * The store with every value encrypted at rest by DATA_KEY (AES-256-GCM). Keys, versions and times of expiry stay as they are: they
 * hold no names. Values of the old key, or from before there was one, are encrypted anew by `sweep`.
 */
export function encrypted(store: Store, keys: DataKeys): Store {
  const secret = valueKey(keys.key)
  const reader = decrypting(store, keys)
  const hidden = (write: Write): Write =>
    'put' in write ? { ...write, value: encrypt(write.value, write.put, secret) } : write
  return {
    ...reader,
    commit: (writes) => store.commit(writes.map(hidden)),
    async sweep() {
      const swept = await store.sweep()
      if (await isOutdated(store, keys)) await encryptAnew(store, keys)
      return swept
    },
  }
}

const markKey: Key = ['data-key']
const Mark = z.strictObject({ fingerprint: z.string() })
const fingerprint = (key: Uint8Array): string =>
  Buffer.from(hkdfSync('sha256', key, '', 'dangjian fingerprint', 16)).toString('hex')

/** Whether some values may still be of another key, or in clear. */
async function isOutdated(store: Store, { key }: DataKeys): Promise<boolean> {
  const mark = Mark.safeParse((await store.get(markKey))?.value)
  return !mark.success || mark.data.fingerprint !== fingerprint(key)
}

/** Encrypts everything with the key in force; values that change meanwhile are written with it anyway. Expiring ones end by themselves. */
async function encryptAnew(store: Store, keys: DataKeys): Promise<void> {
  const secret = valueKey(keys.key)
  const secrets = [keys.key, ...(keys.old ? [keys.old] : [])].map(valueKey)
  for await (const { key, value, version } of all(store, [])) {
    if (key[0] === markKey[0] || isTransient(key)) continue
    const sealed = Sealed.safeParse(value)
    const clear = sealed.success ? decrypt(sealed.data.$sealed, key, secrets) : value
    await store.commit([{ put: key, value: encrypt(clear, key, secret), if: version }])
  }
  const mark = await store.get(markKey)
  await store.commit([{ put: markKey, value: { fingerprint: fingerprint(keys.key) }, if: mark?.version ?? 'absent' }])
}

/** Records with a time of expiry, which a rewrite would lose: they hold no texts and end within weeks. */
const isTransient = ([table]: Key): boolean => ['once', 'once-last', 'pushed', 'token'].includes(table ?? '')
