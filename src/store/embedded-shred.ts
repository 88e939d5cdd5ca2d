import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'libsql'

/** Nothing of what was deleted stays in the files of a closed store or in its back-ups. */
export async function shred(dir: string): Promise<void> {
  const db = new Database(join(dir, 'store.db'))
  db.exec('PRAGMA secure_delete = ON')
  db.exec('VACUUM')
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  await rm(join(dir, 'backup'), { recursive: true, force: true })
}
