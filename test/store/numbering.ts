import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
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

/** Writes at once without a buffer, because the reader must be able to rely on the line; waits while the pipe is full. */
async function say(line: string): Promise<void> {
  for (;;)
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      await sleep(1)
    }
}

let next = Number(first)
async function write(): Promise<never> {
  for (;;) {
    const n = String(next++)
    const halves = [
      { put: ['left', n], value: n, if: 'absent' },
      { put: ['right', n], value: n, if: 'absent' },
    ]
    await say((await store.commit(halves)) ? `${n}\n` : `refused ${n}\n`)
  }
}
await Promise.all(Array.from({ length: 8 }, write))
