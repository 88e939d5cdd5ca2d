import { writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { openEmbedded } from '../../src/store/embedded.ts'

/**
 * A program whose writes are recorded: `recorded.ts DIR`. It commits numbered records, each in two halves, changes one record again and
 * again, and prints `stored N` once that is acknowledged. In between, the log file is moved into the store and begun anew, the store is
 * closed and opened, and it is rewritten as a whole.
 */
const [dir = ''] = process.argv.slice(2)
let store = await openEmbedded(dir, { kind: 'platform' })
let next = 0
const own = 'x'.repeat(700)

async function commits(count: number): Promise<void> {
  const write = async (): Promise<void> => {
    const n = next++
    const done = await store.commit([
      { put: ['left', String(n)], value: n, if: 'absent' },
      { put: ['text', String(n)], value: own },
      { put: ['last'], value: n },
      { put: ['right', String(n)], value: n, if: 'absent' },
    ])
    if (!done) throw new Error(`refused ${n}`)
    writeSync(1, `stored ${n}\n`)
  }
  for (let done = 0; done < count; done += 2) await Promise.all([write(), write()])
}

await commits(30)
const beside = new Database(join(dir, 'store.db'))
for (const mode of ['PASSIVE', 'RESTART']) {
  beside.exec(`PRAGMA wal_checkpoint(${mode})`)
  await commits(20)
}
beside.close()
await store.close()
store = await openEmbedded(dir, { kind: 'platform' })
await commits(20)
await store.shred?.()
await commits(20)
