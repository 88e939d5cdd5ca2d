import { stopped } from '../errors.ts'
import { all, type Store } from '../store/store.ts'
import { leaseMs, leases } from './lease.ts'

/** Each instance holds this lease on a shared store as long as it runs, so that commands know of it. */
export const instanceLease = (instance: string): string => `instance ${instance}`

/** Throws Stopped for a command that needs the store for itself while a program runs on it. The embedded store checks that itself. */
export async function refuseWhileRunning(store: Store, now = Date.now()): Promise<void> {
  if (!store.shared) return
  for await (const { value } of all(store, leases.key()))
    if (leases.schema.parse(value).until > now) throw stopped('redis-in-use', { seconds: leaseMs / 1000 })
}
