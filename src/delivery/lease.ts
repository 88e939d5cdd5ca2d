import { z } from 'zod'
import type { Store } from '../store/store.ts'
import { table } from '../store/table.ts'

/** Who sends for a lane at the moment. Only in a shared store: there another instance takes over when the lease ends. */
export const leases = table('lease', z.strictObject({ owner: z.string(), until: z.number() }))
export const leaseMs = 15_000

/** Takes or renews a lease; false while somebody else holds it. */
export async function lease(store: Store, name: string, owner: string, now = Date.now()): Promise<boolean> {
  const found = await store.get(leases.key(name))
  const held = found && leases.schema.parse(found.value)
  if (held && held.owner !== owner && held.until > now) return false
  return store.commit([
    {
      put: leases.key(name),
      value: { owner, until: now + leaseMs },
      expiresAt: now + leaseMs,
      if: found?.version ?? 'absent',
    },
  ])
}

export async function release(store: Store, name: string, owner: string): Promise<void> {
  const found = await store.get(leases.key(name))
  if (found && leases.schema.parse(found.value).owner === owner)
    await store.commit([{ delete: leases.key(name), if: found.version }])
}
