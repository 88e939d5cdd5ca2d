/**
 * The store: ordered keys, versioned values, one atomic commit. Two engines, `embedded.ts` and `redis.ts`, one contract test.
 * Keys hold opaque ids, never names or accounts.
 */
export type Key = readonly string[]

/** Opaque; a value that was written again has another version, also after delete and re-creation. */
export type Version = string

/** A version, or `absent`: no record, or one that has expired. */
export type Expected = Version

/** `value` is JSON data: what went in comes out equal, `undefined` members left out. `expiresAt`: as it was put, where it was. */
export type Versioned<T = unknown> = { key: Key; value: T; version: Version; expiresAt?: number }

export type Write =
  /**
   * `if`: written only when this is what is stored. `expiresAt`: milliseconds since 1970 on the real clock; from then on get and list skip it.
   * `apart`: its version is drawn and it lies in no order of time, so that no other record tells which commit wrote it.
   */
  | { put: Key; value: unknown; if?: Expected; expiresAt?: number; apart?: true }
  | { delete: Key; if?: Expected }
  | { check: Key; if: Expected }

/** `after` and `before` are excluded and bound the list in key order; `reverse` gives it from its end. */
export type Page = { after?: Key; before?: Key; limit?: number; reverse?: boolean }

export interface Store {
  /** Other processes may commit to the same store while this one runs (Redis): claims must be leases. */
  readonly shared: boolean
  get(key: Key): Promise<Versioned | undefined>
  /** In the order of `keys`, read as of one moment. */
  getMany(keys: readonly Key[]): Promise<(Versioned | undefined)[]>
  /** All below `prefix` (never `prefix` itself) in key order, part by part in the byte order of UTF-8; at most `limit` (default 1,000) after `after`. */
  list(prefix: Key, page?: Page): Promise<Versioned[]>
  /**
   * A mark of each table (the first part of keys), as of one moment; another one after anything was written there. So what was read after
   * its mark is still as it was while the mark is.
   */
  marks(tables: readonly string[]): Promise<string[]>
  /**
   * All or nothing, durable when it resolves. Checks are judged first, then writes happen in order. `false`: a check failed, nothing
   * was written. Throws `StoreUnavailable` when the engine cannot write: nothing happened. (Redis alone: if it dies between writing
   * and answering and is not back within the second, the writes may stand. A repeat with the same checks tells.)
   */
  commit(writes: readonly Write[]): Promise<boolean>
  /** Deletes what has expired; gives the number of records. */
  sweep(): Promise<number>
  /** Resolves when it takes writes and is still the store that was opened; throws StoreUnavailable. */
  check(): Promise<void>
  /** Nothing of what was deleted or overwritten stays in its files and back-ups. Throws StoreUnavailable where that must wait. */
  shred(): Promise<void>
  close(): Promise<void>
}

/** The engine cannot be reached or cannot write (disk full, connection lost): a callback is answered 503. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

/** Everything below `prefix`, page by page; between pages others have their turn. */
export async function* all(store: Pick<Store, 'list'>, prefix: Key, size = 1000): AsyncGenerator<Versioned> {
  for (let after: Key | undefined; ; ) {
    const page = await store.list(prefix, after ? { after, limit: size } : { limit: size })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < size) return
    after = last.key
    await new Promise(setImmediate)
  }
}
