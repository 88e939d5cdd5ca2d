import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'
import { z } from 'zod'
import { StoreUnavailable } from './store.ts'

const Checkpoint = z.tuple([z.number(), z.number(), z.number()])

/**
 * Removes all traces of deleted and overwritten values from the store's files and its back-ups: it rewrites everything and overwrites the
 * old content. Throws StoreUnavailable while somebody reads the store.
 */
export async function rewrite(db: Database.Database, dir: string): Promise<void> {
  db.exec('PRAGMA secure_delete = ON')
  db.exec('VACUUM')
  const [busy] = Checkpoint.parse(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').raw().get())
  if (busy !== 0) throw new StoreUnavailable('BUSY')
  await rm(join(dir, 'backup'), { recursive: true, force: true })
}

/** The same for a closed store. */
export async function shred(dir: string): Promise<void> {
  const db = new Database(join(dir, 'store.db'))
  await rewrite(db, dir)
  db.close()
}
