import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { z } from 'zod'
import { Stopped, stopped } from '../errors.ts'
import { codeOf, durably, reading, writing } from './embedded-records.ts'
import { rewrite } from './embedded-shred.ts'
import { keepPrivate } from './private-files.ts'
import { Recent } from './recent.ts'
import { sameFiles } from './same-files.ts'
import { type Store } from './store.ts'

/** The two kinds are never confused: a trial must not write to people, and its inventions must not stand among real records. */
export type StoreKind = 'platform' | 'simulator'

/** The part of a store that `verify`, `export` and `doctor` see. */
export type ReadOnlyStore = Omit<Store, 'commit' | 'sweep' | 'check' | 'shred'>

type Clock = () => number

/**
 * The tables are not WITHOUT ROWID. In such a table the values lie in the tree of keys, and a value over a quarter of a page is read again
 * with every comparison of a key. Here the tree holds only keys, and new values lie together at the end of the table.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, value TEXT NOT NULL, version TEXT NOT NULL, expires INTEGER);
  CREATE INDEX IF NOT EXISTS records_by_expiry ON records (expires) WHERE expires IS NOT NULL;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
`
/** How long a statement waits for the short locks of recovery and checkpoint, in milliseconds. */
const patience = 2000
/** The log file is moved into the store at this number of pages. With more pages, fewer are written twice. */
const logPages = 4000
/** The log file is cut back to this size, in bytes, after a long reader let it grow. */
const logSize = 64 * 1024 * 1024

/**
 * Opens the store in `<dir>/store.db`, or makes it. Only one process writes: a second one is refused. After a kill -9 of the first there is
 * nothing to clean up. `now` gives milliseconds since 1970, for expiry. Throws Stopped.
 */
export async function openEmbedded(
  dir: string,
  { kind, now = Date.now, log = () => {} }: { kind: StoreKind; now?: Clock; log?: (line: string) => void },
): Promise<Store> {
  const lock = orRefuse(dir, () => lockFile(dir))
  try {
    const db = orRefuse(dir, () => openFile(dir))
    const run = orRefuse(dir, () => begin(db, kind))
    const recent = new Recent()
    const isItself = sameFiles(join(dir, 'store.db'), join(dir, 'store.db-wal'))
    const { settled, ...writes } = writing({ db, run, now, recent, isItself })
    const close = async (): Promise<void> => {
      await settled()
      tidy(db)
      db.close()
      lock.close()
    }
    const open = keepPrivate(dir)
    if (open !== undefined) log(open)
    const shred = () => rewrite(db, dir)
    return { shared: false, ...reading(db, now, recent), ...writes, shred, close }
  } catch (error) {
    lock.close()
    throw error
  }
}

/** Opens the same store to read, whether a program runs on it or not. Throws Stopped if there is none. */
export async function openEmbeddedReadOnly(
  dir: string,
  { now = Date.now }: { now?: Clock } = {},
): Promise<ReadOnlyStore> {
  if (!existsSync(join(dir, 'store.db'))) throw stopped('store-empty', { dir })
  const db = orRefuse(dir, () => openFile(dir))
  db.exec('PRAGMA query_only = ON')
  const close = async (): Promise<void> => {
    db.close()
  }
  return { shared: false, ...reading(db, now), close }
}

/** Moves the log file's content into the store. If that fails (full disk), it stays in the log file, and the next start reads it. */
function tidy(db: Database.Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    return
  }
}

/** The operating system holds the lock, on a file beside the store, so it ends with the process in every case. */
function lockFile(dir: string): Database.Database {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const lock = new Database(join(dir, 'store.lock'))
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (codeOf(error) !== 'SQLITE_BUSY') throw error
    throw stopped('store-in-use', { dir })
  }
}

function openFile(dir: string): Database.Database {
  const db = new Database(join(dir, 'store.db'), { timeout: patience })
  db.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${logPages}; PRAGMA journal_size_limit = ${logSize}`,
  )
  return db
}

const Kind = z.tuple([z.enum(['platform', 'simulator'])])
const Run = z.tuple([z.number().int()])

/**
 * Makes the tables, checks the kind, and counts the starts. Returns the number of this start, so that versions of two starts are never
 * equal.
 */
function begin(db: Database.Database, kind: StoreKind): number {
  return durably(db, () => {
    db.exec(schema)
    db.prepare("INSERT INTO meta VALUES ('kind', ?) ON CONFLICT DO NOTHING").run(kind)
    db.exec("INSERT INTO meta VALUES ('run', 1) ON CONFLICT DO UPDATE SET value = value + 1")
    const value = (name: string): unknown => db.prepare('SELECT value FROM meta WHERE name = ?').raw().get(name)
    const [stored] = Kind.parse(value('kind'))
    const [run] = Run.parse(value('run'))
    if (stored !== kind) throw stopped(`store-of-${stored}`, {})
    return run
  })
}

/** If a file cannot be opened, the administrator gets one line. */
function orRefuse<T>(dir: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Stopped) throw error
    throw stopped('store-broken', { dir, why: codeOf(error) }, { cause: error })
  }
}
