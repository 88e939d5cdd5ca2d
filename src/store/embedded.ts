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

/** One kind is never taken for the other: a trial must not write to people, nor its inventions stand among real records. */
export type StoreKind = 'platform' | 'simulator'

/** What `verify`, `export` and `doctor` see of a store. */
export type ReadOnlyStore = Omit<Store, 'commit' | 'sweep' | 'check' | 'shred'>

type Clock = () => number

/**
 * Not WITHOUT ROWID: there values lie in the tree of the keys, and those over a quarter of a page are read again with every
 * comparison of a key. Here the tree holds keys alone, and what is new lies together at the end of the table.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS records (key TEXT PRIMARY KEY, value TEXT NOT NULL, version TEXT NOT NULL, expires INTEGER);
  CREATE INDEX IF NOT EXISTS records_by_expiry ON records (expires) WHERE expires IS NOT NULL;
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
`
/** How long a statement waits for the short locks of recovery and checkpoint, milliseconds. */
const patience = 2000
/** Pages in the log file at which it is moved into the store: the more, the fewer pages are written twice. */
const logPages = 4000
/** The log file is cut back to this after a long reader let it grow, bytes. */
const logSize = 64 * 1024 * 1024

/**
 * The store in `<dir>/store.db`, made where there is none. One process writes: a second one is refused, and nothing is left to
 * clean up after a kill -9 of the first. `now`: milliseconds since 1970, for expiry. Throws Stopped.
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

/** The same store for reading, beside a running program or without one. Throws Stopped where there is none. */
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

/** Moves what is in the log file into the store. Where that fails (full disk) it stays there, and the next start reads it. */
function tidy(db: Database.Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } catch {
    return
  }
}

/** The lock is the operating system's, on a file beside the store: it ends with the process, however that ends. */
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

/** Makes the tables, checks the kind, counts the starts. Gives the number of this start: versions of two starts never meet. */
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

/** A file that cannot be opened is a matter for the administrator: one line. */
function orRefuse<T>(dir: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Stopped) throw error
    throw stopped('store-broken', { dir, why: codeOf(error) }, { cause: error })
  }
}
