/**
 * The store: ordered keys, versioned values, one atomic commit. There are two engines, `embedded.ts` and `redis.ts`, and one contract test.
 * Keys hold opaque ids, never names or accounts.
 */
export type Key = readonly string[]

/** Opaque. Each write of a value gives another version, even after delete and re-creation. */
export type Version = string

/** A version, or `absent`: there is no record, or it has expired. */
export type Expected = Version

/**
 * `value` is JSON data. A value comes out equal to the one put in, without members that are `undefined`. `expiresAt` is as it was put, if
 * it was.
 */
export type Versioned<T = unknown> = { key: Key; value: T; version: Version; expiresAt?: number }

export type Write =
  /**
   * `if`: the write happens only if this is stored. `expiresAt` is in milliseconds since 1970 on the real clock; from then on get and list
   * skip the record. `apart`: the version is drawn and lies in no order of time, so that no other record tells which commit wrote it.
   */
  | { put: Key; value: unknown; if?: Expected; expiresAt?: number; apart?: true }
  | { delete: Key; if?: Expected }
  | { check: Key; if: Expected }

/** `after` and `before` are excluded and bound the list in key order. `reverse` lists from the end. */
export type Page = { after?: Key; before?: Key; limit?: number; reverse?: boolean }

export interface Store {
  /** Other processes may commit to the same store while this one runs (Redis), so claims must be leases. */
  readonly shared: boolean
  get(key: Key): Promise<Versioned | undefined>
  /** The records in the order of `keys`, read as of one moment. */
  getMany(keys: readonly Key[]): Promise<(Versioned | undefined)[]>
  /**
   * All records below `prefix` (never `prefix` itself) in key order: part by part, in the byte order of UTF-8. At most `limit` (default
   * 1,000) after `after`.
   */
  list(prefix: Key, page?: Page): Promise<Versioned[]>
  /**
   * A mark of each table (the first part of keys), as of one moment. Every write to a table changes its mark, so values read after the mark
   * are current as long as the mark is the same.
   */
  marks(tables: readonly string[]): Promise<string[]>
  /**
   * Writes all or nothing; durable when it resolves. The checks are judged first, then the writes happen in order. `false`: a check failed
   * and nothing was written. Throws `StoreUnavailable` if the engine cannot write; then nothing happened. (Only with Redis: if it dies
   * between writing and answering and is not back within the second, the writes may stand. A repeat with the same checks tells.)
   */
  commit(writes: readonly Write[]): Promise<boolean>
  /** Deletes expired records. Returns their number. */
  sweep(): Promise<number>
  /** Resolves if the store takes writes and still is the one that was opened. Throws StoreUnavailable otherwise. */
  check(): Promise<void>
  /** Removes all traces of deleted and overwritten values from its files and back-ups. Throws StoreUnavailable if that must wait. */
  shred(): Promise<void>
  close(): Promise<void>
}

/** The engine cannot be reached or cannot write (disk full, connection lost). A callback is then answered 503. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

/** Everything below `prefix`, page by page. Between pages other work can run. */
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
