import { randomInt } from 'node:crypto'
import type Database from 'libsql'
import { z } from 'zod'
import { decodeKey, type EncodedWrite, encodeKey, encodeRange, encodeWrite } from './encode.ts'
import type { Recent, Row } from './recent.ts'
import { type Key, type Store, StoreUnavailable, type Versioned } from './store.ts'

type Clock = () => number

/** Reads a statement's result as a row of records. It uses no schema, because every turn reads dozens of rows. Throws TypeError. */
function storedRow(found: unknown): Row {
  if (Array.isArray(found)) {
    const [key, value, version, expires]: unknown[] = found
    if (
      typeof key === 'string' &&
      typeof value === 'string' &&
      typeof version === 'string' &&
      (expires === null || typeof expires === 'number')
    )
      return { key, value, version, expires }
  }
  throw new TypeError('a row of records is none')
}

/** Reads a record by its encoded key, even if it has expired. */
function loading(db: Database.Database): (key: string) => Row | undefined {
  const one = db.prepare('SELECT key, value, version, expires FROM records WHERE key = ?').raw()
  return (key) => {
    const found: unknown = one.get(key)
    return found === undefined ? undefined : storedRow(found)
  }
}

/**
 * Statements that read. A read sees what is committed, and several reads of one call see the same moment. `recent` belongs to the one
 * process that writes.
 */
export function reading(
  db: Database.Database,
  now: Clock,
  recent?: Recent,
): Pick<Store, 'get' | 'getMany' | 'list' | 'marks'> {
  const load = loading(db)
  const live = '(expires IS NULL OR expires > ?)'
  const listing = (order: string) =>
    db.prepare(
      `SELECT key, value, version, expires FROM records WHERE key > ? AND key < ? AND ${live} ORDER BY key ${order} LIMIT ?`,
    )
  const forward = listing('ASC').raw()
  const backward = listing('DESC').raw()
  const changes = db.prepare('PRAGMA data_version').raw()

  const read = (key: Key): Versioned | undefined => {
    const encoded = encodeKey(key)
    const row = recent ? recent.read(encoded, () => load(encoded)) : load(encoded)
    return row && !isOver(row, now()) ? recordIn(row, key) : undefined
  }
  return {
    async get(key) {
      return attempt(db, () => read(key))
    },
    async getMany(keys) {
      return attempt(db, () => (recent ? keys.map(read) : atOneMoment(db, () => keys.map(read))))
    },
    async marks(tables) {
      return attempt(db, () => {
        const all = recent ? '' : String(changes.get())
        return tables.map((table) => (recent ? recent.markOf(encodeKey([table])) : all))
      })
    },
    async list(prefix, page) {
      const { from, to, limit, reverse } = encodeRange(prefix, page)
      return attempt(db, () =>
        (reverse ? backward : forward).all(from, to, now(), limit).map((found) => {
          const row = storedRow(found)
          return recordIn(row, decodeKey(row.key))
        }),
      )
    },
  }
}

const isOver = ({ expires }: Row, now: number): boolean => expires !== null && expires <= now

function recordIn({ value, version, expires }: Row, key: Key): Versioned {
  const parsed: unknown = JSON.parse(value)
  return expires === null ? { key, value: parsed, version } : { key, value: parsed, version, expiresAt: expires }
}

type Waiting = { writes: EncodedWrite[]; resolve: (done: boolean) => void; reject: (error: unknown) => void }
const sweptAtOnce = 500
/** Rows in the order of time count up from one. Rows that lie in no such order have numbers below zero. */
const mostDrawn = 2 ** 48 - 1

/** `run` is the number of this start. `isItself` throws if the files are no longer in their place. */
export type WritingParts = { db: Database.Database; run: number; now: Clock; recent: Recent; isItself: () => void }

type Put = Extract<EncodedWrite, { kind: 'put' }>

/** Carries out one commit within the transaction that is open; false where a check of it does not hold. */
function applying({ db, run, now, recent }: WritingParts): (writes: EncodedWrite[]) => boolean {
  const load = loading(db)
  const into = (columns: string, values: string) =>
    `INSERT INTO records (key, value, version, expires${columns}) VALUES (?, ?, ?, ?${values}) ON CONFLICT (key) DO `
  const orReplace = 'UPDATE SET value = excluded.value, version = excluded.version, expires = excluded.expires'
  const put = db.prepare(into('', '') + orReplace)
  const putApart = db.prepare(into(', rowid', ', ?') + orReplace)
  const putNew = db.prepare(`${into('', '')}NOTHING`)
  const remove = db.prepare('DELETE FROM records WHERE key = ?')
  let commits = 0

  /** What is not at hand and must be absent is written without a look: if it is there after all, nothing is written. */
  const isTried = (write: EncodedWrite): write is Put =>
    write.kind === 'put' && write.wants === 'absent' && write.apart === undefined && !recent.knows(write.key)
  const holds = ({ key, wants }: EncodedWrite): boolean => {
    if (wants === undefined) return true
    const row = recent.read(key, () => load(key))
    return wants === (row === undefined || isOver(row, now()) ? 'absent' : row.version)
  }
  const wrote = (write: Put, version: string): void => {
    const { key, value, expiresAt: expires = null, apart = version } = write
    recent.wrote(key, { key, value, version: apart, expires })
  }
  /** Writes those whose keys must be absent. False, and none is written, if one is there. */
  const tryAll = (writes: readonly Put[], version: string): boolean => {
    for (const [i, { key, value, expiresAt: expires = null }] of writes.entries()) {
      if (putNew.run(key, value, version, expires).changes === 1) continue
      for (const before of writes.slice(0, i)) remove.run(before.key)
      return false
    }
    for (const { key } of writes) recent.wroteUnread(key)
    return true
  }
  const writeAll = (writes: readonly EncodedWrite[], version: string): void => {
    for (const write of writes) {
      const { key } = write
      if (write.kind === 'put') {
        const { value, expiresAt: expires = null, apart } = write
        if (apart === undefined) put.run(key, value, version, expires)
        else putApart.run(key, value, apart, expires, -randomInt(1, mostDrawn))
        wrote(write, version)
      } else if (write.kind === 'delete' && !recent.lacks(key)) {
        remove.run(key)
        recent.wrote(key, undefined)
      }
    }
  }
  return (writes) => {
    const version = `${run.toString(36)}.${(++commits).toString(36)}`
    const [tried, others] = apartBy(writes, isTried)
    const areApart = tried.length > 0 && new Set(writes.map(({ key }) => key)).size === writes.length
    if (areApart && others.every(holds) && tryAll(tried, version)) {
      writeAll(others, version)
      return true
    }
    if (!writes.every(holds)) return false
    writeAll(writes, version)
    return true
  }
}

function apartBy<T, S extends T>(all: readonly T[], is: (one: T) => one is S): [S[], T[]] {
  const [those, others]: [S[], T[]] = [[], []]
  for (const one of all) {
    if (is(one)) those.push(one)
    else others.push(one)
  }
  return [those, others]
}

/**
 * Group commit: what was queued in one turn of the event loop becomes durable in one transaction, with one sync of the disk. Each
 * commit's checks are judged in order against what the ones before it wrote.
 */
export function writing(
  parts: WritingParts,
): Pick<Store, 'commit' | 'sweep' | 'check'> & { settled: () => Promise<void> } {
  const { db, now, recent, isItself } = parts
  const apply = applying(parts)
  const removeExpired = db.prepare(
    'DELETE FROM records WHERE key IN (SELECT key FROM records WHERE expires <= ? ORDER BY expires LIMIT ?)',
  )
  const trial = db.prepare("INSERT INTO meta VALUES ('trial', ?) ON CONFLICT DO UPDATE SET value = excluded.value")
  /** Characters of the last group that could not be written: there is room again when as much can. */
  let refused = 0
  let queue: Waiting[] = []

  /** Looks before it becomes durable, so that nothing happens where it should not, and after, as it may have moved in that moment. */
  const durablyHere = <T>(work: () => T): T =>
    attempt(db, () => {
      const done = durably(db, () => {
        const result = work()
        isItself()
        return result
      })
      isItself()
      return done
    })
  const flush = (): void => {
    const group = queue
    queue = []
    try {
      const verdicts = durablyHere(() => group.map(({ writes }) => apply(writes)))
      refused = 0
      group.forEach(({ resolve }, index) => resolve(verdicts[index] === true))
    } catch (error) {
      recent.forget()
      refused = sizeOf(group)
      for (const { reject } of group) reject(error)
    }
  }
  return {
    commit(writes) {
      return new Promise((resolve, reject) => {
        queue.push({ writes: writes.map(encodeWrite), resolve, reject })
        if (queue.length === 1) setImmediate(flush)
      })
    },
    async sweep() {
      for (let swept = 0; ; ) {
        const { changes } = durablyHere(() => removeExpired.run(now(), sweptAtOnce))
        swept += changes
        if (changes < sweptAtOnce) return swept
        await new Promise(setImmediate)
      }
    },
    async check() {
      durablyHere(() => trial.run('x'.repeat(refused)))
    },
    settled: () => new Promise((resolve) => (queue.length === 0 ? resolve() : setImmediate(resolve))),
  }
}

const sizeOf = (group: readonly Waiting[]): number =>
  group.flatMap(({ writes }) => writes).reduce((sum, write) => sum + (write.kind === 'put' ? write.value.length : 0), 0)

/** Writes everything that `work` writes, or nothing. It is on the disk when this returns. */
export function durably<T>(db: Database.Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function atOneMoment<T>(db: Database.Database, work: () => T): T {
  db.exec('BEGIN')
  try {
    return work()
  } finally {
    db.exec('COMMIT')
  }
}

/** Turns the engine's errors into StoreUnavailable. */
function attempt<T>(db: Database.Database, work: () => T): T {
  if (!db.open) throw new StoreUnavailable('closed')
  try {
    return work()
  } catch (error) {
    throw new StoreUnavailable(codeOf(error), { cause: error })
  }
}

const Coded = z.object({ code: z.string().min(1) })
/** The error's code, such as `SQLITE_FULL` or `EACCES`; never a text with values in it. */
export function codeOf(error: unknown): string {
  const coded = Coded.safeParse(error)
  return coded.success ? coded.data.code : error instanceof Error ? error.name : 'unknown'
}
