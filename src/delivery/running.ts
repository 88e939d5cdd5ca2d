import { all, type Store, StoreRefused } from '../store/store.ts'
import { leaseMs, leases } from './lease.ts'

/** A lease that each instance holds on a shared store as long as it runs, so that commands know. */
export const instanceLease = (instance: string): string => `instance ${instance}`

/** What wants the store for itself is refused while a program runs on it. The embedded store sees to that itself. */
export async function refuseWhileRunning(store: Store, now = Date.now()): Promise<void> {
  if (!store.shared) return
  for await (const { value } of all(store, leases.key()))
    if (leases.schema.parse(value).until > now)
      throw new StoreRefused(
        `REDIS_URL：有程序正在使用这个存储，请先停止全部程序（意外中断的，等${leaseMs / 1000}秒再试）`,
      )
}
