import { certificates, isPurged } from '../store/purge-certificate.ts'
import { all, type Store } from '../store/store.ts'
import type { Purged } from '../store/verify.ts'

/** Which records are missing on purpose, by the certificates of purges. */
export async function purgedIn(store: Pick<Store, 'list'>): Promise<Purged> {
  const campaigns: string[] = []
  for await (const { key } of all(store, certificates.key())) campaigns.push(key[1] ?? '')
  return isPurged(campaigns)
}
