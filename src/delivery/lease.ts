import { z } from 'zod'
import type { Store } from '../store/store.ts'
import { table } from '../store/table.ts'

/** Who sends for a lane, or keeps a connection, at the moment. Another instance takes over when the lease ends. */
export const leases = table('lease', z.strictObject({ owner: z.string(), until: z.number() }))
export const leaseMs = 15_000

/** Takes or renews a lease; false while somebody else holds it. In a store of one process nobody else can. */
export async function lease(
  store: Store,
  name: string,
  { owner, now = Date.now() }: { owner: string; now?: number },
): Promise<boolean> {
  if (!store.shared) return true
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

/** Ends a lease, if this owner has it. */
export async function release(store: Store, name: string, owner: string): Promise<void> {
  const found = await store.get(leases.key(name))
  if (found && leases.schema.parse(found.value).owner === owner)
    await store.commit([{ delete: leases.key(name), if: found.version }])
}

/** `holds` says whether it is still ours. Ask it before each act that is allowed only to the owner. */
export type Claim = { holds: () => Promise<boolean>; release: () => Promise<void> }
const ofOneProcess: Claim = { holds: async () => true, release: async () => {} }

/** A lease that is renewed until it is released, or undefined while another instance has it. In a store of one process nobody else can. */
export async function claim(store: Store, name: string, owner: string): Promise<Claim | undefined> {
  if (!store.shared) return ofOneProcess
  let until = 0
  const renew = async (): Promise<boolean> => {
    const now = Date.now()
    const mine = await lease(store, name, { owner, now })
    if (mine) until = now + leaseMs
    return mine
  }
  if (!(await renew())) return undefined
  const renewal = setInterval(() => void renew().catch(() => false), leaseMs / 3)
  return {
    // An instance that stood still for long (a paused machine) may have lost it without knowing.
    holds: async () => Date.now() < until - leaseMs / 3 || (await renew()),
    async release() {
      clearInterval(renewal)
      await release(store, name, owner)
    },
  }
}
