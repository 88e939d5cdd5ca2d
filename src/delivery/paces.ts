import { z } from 'zod'
import type { Pace } from '../bot/messages/channel.ts'
import { opaqueId } from '../store/opaque-id.ts'
import type { Store } from '../store/store.ts'
import { table } from '../store/table.ts'
import type { Rests } from './rests.ts'

const paces = table('pace', z.strictObject({ times: z.array(z.number()) }))

/**
 * Waits until all buckets allow one send, and counts it in each. It counts before sending and in the store, so that restarts and other
 * instances keep the same limits.
 */
export async function takePlace(store: Store, wanted: readonly Pace[], rests: Rests): Promise<void> {
  while (wanted.length > 0 && !rests.stopped) {
    const now = Date.now()
    const found = await store.getMany(wanted.map((pace) => paces.key(opaqueId(pace.bucket))))
    const times = wanted.map((pace, i) => {
      const record = found[i]
      return (record ? paces.schema.parse(record.value).times : []).filter((time) => now - time < pace.ms)
    })
    const wait = Math.max(0, ...wanted.map((pace, i) => waitFor(times[i] ?? [], pace, now)))
    if (wait > 0) {
      await rests.sleep(Math.min(wait, 5000))
      continue
    }
    const longest = Math.max(...wanted.map((pace) => pace.ms))
    const written = await store.commit(
      wanted.map((pace, i) => ({
        put: paces.key(opaqueId(pace.bucket)),
        value: { times: [...(times[i] ?? []), now] },
        if: found[i]?.version ?? 'absent',
        expiresAt: now + longest,
      })),
    )
    if (written) return
  }
}

/** The milliseconds until one more send is within the pace. */
function waitFor(times: readonly number[], pace: Pace, now: number): number {
  const oldest = times.at(-pace.count)
  return oldest === undefined ? 0 : Math.max(0, oldest + pace.ms - now)
}
