import { certificates } from './purge-certificate.ts'
import { all, type Key, type Store } from './store.ts'

/**
 * What belongs to a campaign, in one place. `byCampaign`: records whose second part is the campaign. `whole`: what the conversations of
 * its year left behind; nothing else is in these tables. The chains of hashes (`audit`) and seals stay: they name nobody.
 */
const byCampaign: readonly string[] = ['scorecard', 'report', 'closed-month', 'ledger']
const whole: readonly string[] = [
  'draft',
  'session',
  'notices',
  'reminder',
  'away',
  'delegation',
  'outbox',
  'outbox-progress',
  'dead-letter',
  'sent-roster',
  'unreachable',
  'pushed',
  'push-run',
  'roster',
  'roster-version',
]

const belongs = (key: Key, campaign: string): boolean => {
  const [table = '', second, third] = key
  if (whole.includes(table)) return true
  if (table === 'audit-values') return third === campaign
  return byCampaign.includes(table) && second === campaign
}

/** How many records of which tables a purge would remove. */
export async function purgeable(store: Pick<Store, 'list'>, campaign: string): Promise<{ [table: string]: number }> {
  const found: { [table: string]: number } = {}
  for await (const { key } of all(store, []))
    if (belongs(key, campaign)) found[key[0] ?? ''] = (found[key[0] ?? ''] ?? 0) + 1
  return found
}

/** Removes all of a campaign and leaves a certificate of what was removed; no names. */
export async function purge(store: Store, campaign: string, at: string): Promise<{ [table: string]: number }> {
  const removed = await purgeable(store, campaign)
  await store.commit([{ put: certificates.key(campaign), value: { at, removed } }])
  const keys: Key[] = []
  for await (const { key } of all(store, [])) if (belongs(key, campaign)) keys.push(key)
  const atOnce = 500
  for (let i = 0; i < keys.length; i += atOnce)
    await store.commit(keys.slice(i, i + atOnce).map((key) => ({ delete: key })))
  return removed
}
