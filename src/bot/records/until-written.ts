import { setTimeout as sleep } from 'node:timers/promises'
import { StoreUnavailable } from '../../store/store.ts'

const attempts = 40

/** Decides again on fresh reads if somebody else wrote first (`undefined`). Throws StoreUnavailable if that never ends. */
export async function untilWritten<T>(attempt: () => Promise<T | undefined>, conflict?: () => void): Promise<T> {
  for (let count = 1; count <= attempts; count++) {
    const result = await attempt()
    if (result !== undefined) return result
    conflict?.()
    await sleep(Math.random() * Math.min(2 ** count, 50))
  }
  throw new StoreUnavailable('too many conflicts')
}
