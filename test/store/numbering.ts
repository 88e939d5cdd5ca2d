import { writeSync } from 'node:fs'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openRedis } from '../../src/store/redis.ts'
import type { Store } from '../../src/store/store.ts'

/**
 * A program to be killed: `numbering.ts embedded DIR FIRST` or `numbering.ts redis URL FIRST`. Eight writers commit numbered records, each
 * in two halves, and print a number once its commit is acknowledged.
 */
const [engine, place = '', first] = process.argv.slice(2)
const store: Store =
  engine === 'redis' ? await openRedis(place, 'numbering') : await openEmbedded(place, { kind: 'platform' })

let next = Number(first)
async function write(): Promise<never> {
  for (;;) {
    const n = String(next++)
    const halves = [
      { put: ['left', n], value: n, if: 'absent' },
      { put: ['right', n], value: n, if: 'absent' },
    ]
    // Written at once without a buffer, because the reader of the pipe must be able to rely on this line.
    writeSync(1, (await store.commit(halves)) ? `${n}\n` : `refused ${n}\n`)
  }
}
await Promise.all(Array.from({ length: 8 }, write))
