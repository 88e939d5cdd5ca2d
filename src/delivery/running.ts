import { stopped } from '../errors.ts'
import { all, type Store } from '../store/store.ts'
import { leaseMs, leases } from './lease.ts'

/** A lease that each instance holds on a shared store as long as it runs, so that commands know. */
export const instanceLease = (instance: string): string => `instance ${instance}`

/** What wants the store for itself is refused while a program runs on it. The embedded store sees to that itself. */
export async function refuseWhileRunning(store: Store, now = Date.now()): Promise<void> {
  if (!store.shared) return
  for await (const { value } of all(store, leases.key()))
    if (leases.schema.parse(value).until > now) throw stopped('redis-in-use', { seconds: leaseMs / 1000 })
}
