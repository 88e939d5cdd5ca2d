import { z } from 'zod'
import { stopped } from '../errors.ts'
import type { DataKeys } from './encrypted.ts'
import { certificates } from './purge-certificate.ts'
import { seal } from './seals.ts'
import { all, type Key, type Store, type Versioned, type Write } from './store.ts'

/**
 * Tables of a campaign's records; the second part of their keys is the campaign. The chains of hashes (`audit`) and the seals stay, because
 * they name nobody.
 */
const ofCampaign: readonly string[] = ['closed-month', 'ledger', 'told', 'draft', 'archive-mark', 'newcomer']
/**
 * What conversations leave behind. These records hold texts and do not say to which campaign they belong. People can ask for cards and
 * messages again.
 */
const ofConversations: readonly string[] = [
  'notices',
  'anonymous-words',
  'outbox',
  'outbox-progress',
  'dead-letter',
  'doubtful',
  'sent-roster',
]
/** People, facts about them, and the events that were taken. They belong to the next campaign once there is one. */
const ofPeople: readonly string[] = [
  'roster',
  'roster-version',
  'session',
  'link-code',
  'unreachable',
  'inactive',
  'reminder',
  'away',
  'delegation',
  'pushed',
  'once',
  'once-last',
  'push-run',
  'web-session',
  'login-state',
]

/** `current` is the campaign in the program's settings. `tables` are those of official records. */
export type Purge = { campaign: string; current: string; tables: readonly string[] }
export type Removed = { [table: string]: number }
type Plan = { remove: Key[]; strip: Versioned[]; removed: Removed }

/** A message that waits longer than this, in milliseconds, can never be sent. */
const waitsAtMost = 3 * 24 * 3600e3
const Row = z.looseObject({ queued: z.number() })
const Notices = z.looseObject({ notices: z.array(z.unknown()).min(1) })
const isWaiting = ({ key, value }: Versioned): boolean =>
  key[0] === 'outbox'
    ? Date.now() - (Row.safeParse(value).data?.queued ?? 0) < waitsAtMost
    : key[0] === 'anonymous-words' || (key[0] === 'notices' && Notices.safeParse(value).success)

async function planned(store: Pick<Store, 'list'>, { campaign, current, tables }: Purge): Promise<Plan> {
  const records: Versioned[] = []
  for await (const record of all(store, [])) records.push(record)
  const campaignOf = ({ key: [table = '', second, third] }: Versioned): string | undefined =>
    table === 'audit-values'
      ? third
      : [...tables, ...ofCampaign, certificates.name].includes(table)
        ? second
        : undefined
  const campaigns = new Set([current, ...records.flatMap((record) => campaignOf(record) ?? [])])
  if (!campaigns.has(campaign)) throw stopped('no-such-campaign', { campaign })
  const alone = campaigns.size === 1
  if (!alone && records.some(isWaiting)) throw stopped('messages-waiting', {})
  const gone = [...ofConversations, ...(alone ? ofPeople : [])]
  const remove = records.filter((record) => {
    const [table = ''] = record.key
    return gone.includes(table) || (table !== certificates.name && campaignOf(record) === campaign)
  })
  const removed: Removed = {}
  for (const { key } of remove) removed[key[0] ?? ''] = (removed[key[0] ?? ''] ?? 0) + 1
  const strip = alone ? [] : records.filter(({ key }) => key[0] === 'session')
  return { remove: remove.map(({ key }) => key), strip, removed }
}

/** The number of records that a purge would remove, by table. Throws Stopped if there is no such campaign. */
export const purgeable = async (store: Pick<Store, 'list'>, what: Purge): Promise<Removed> =>
  (await planned(store, what)).removed

/**
 * Removes everything of a campaign and leaves a certificate of it, without names. If there is another campaign, people, roster and that
 * campaign's records stay. Continues a purge that was interrupted. Throws Stopped; then nothing was removed.
 */
export async function purge(
  store: Store,
  what: Purge,
  { at, keys }: { at: string; keys: DataKeys | undefined },
): Promise<Removed> {
  const { remove, strip, removed } = await planned(store, what)
  await seal(store, what.tables, { at, keys })
  const key = certificates.key(what.campaign)
  const found = await store.get(key)
  const before = found && certificates.schema.parse(found.value)
  const certificate =
    before && !before.done ? before : { at, removed: sum(before?.removed ?? {}, removed), done: false }
  await store.commit([{ put: key, value: certificate }])
  const writes: Write[] = [
    ...remove.map((one) => ({ delete: one })),
    ...strip.map(({ key: put, value }) => ({ put, value: withoutTexts(value) })),
  ]
  const atOnce = 500
  for (let i = 0; i < writes.length; i += atOnce) await store.commit(writes.slice(i, i + atOnce))
  await store.commit([{ put: key, value: { ...certificate, done: true } }])
  return removed
}

function sum(a: Removed, b: Removed): Removed {
  const tables = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(tables.map((table) => [table, (a[table] ?? 0) + (b[table] ?? 0)]))
}

/** A session keeps where a person writes and how they like to be answered. The last subject is removed. */
const Session = z.looseObject({ focus: z.unknown().exactOptional(), choices: z.array(z.unknown()) })
function withoutTexts(session: unknown): unknown {
  const { focus: _, ...rest } = Session.parse(session)
  return { ...rest, choices: [], numbered: false }
}
