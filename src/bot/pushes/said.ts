import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { all, type Store, type Write } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import type { Changes } from '../records/changes.ts'
import { messagesTold, toldIds } from '../records/told.ts'
import type { Told } from './push-plan.ts'

/** The ledger of what was said; permanent. Keys: campaign, duty, period, step, receiver. */
const ledger = table('ledger', z.strictObject({ date: z.string() }))
/** The receivers who were told something on a day. Keys: date, receiver. */
const pushed = table('pushed', z.strictObject({ at: z.number() }))
const keptMs = 40 * 24 * 3600e3

/** What was said before, and who was told something on this day. */
export async function toldOn(store: Store, date: Temporal.PlainDate): Promise<Told> {
  const said = new Set<string>()
  for await (const { key } of all(store, ledger.key())) said.add(key.slice(2).join('\n'))
  const today = new Set<string>()
  for await (const { key } of all(store, pushed.key(date.toString()))) today.add(key[2] ?? '')
  return { said: (entry) => said.has(entry.join('\n')), pushed: (receiver) => today.has(receiver) }
}

/** Whether this was said. `entry` is as in the ledger, without the campaign. */
export const wasSaid = async (
  read: Pick<Changes, 'read'>,
  { id }: Campaign,
  entry: readonly string[],
): Promise<boolean> => (await read.read(ledger, id, ...entry)) !== undefined

/** Whether a receiver was told something on a day (R5). */
export const wasTold = async (changes: Changes, date: Temporal.PlainDate, receiver: string): Promise<boolean> =>
  (await changes.read(pushed, date.toString(), receiver)) !== undefined

/** Records that something is said to a receiver on a day. The first instance that writes it says it; the others lose the race. */
export function markSaid(
  changes: Changes,
  { id }: Campaign,
  said: { entries: readonly string[][]; date: Temporal.PlainDate; receiver: string },
): void {
  const date = said.date.toString()
  for (const entry of said.entries) changes.append(ledger, [id, ...entry], { value: { date } })
  changes.append(pushed, [date, said.receiver], { value: { at: Date.now() }, expiresAt: Date.now() + keptMs })
}

/** Makes something count as said without saying it, whether or not it counted before. */
export async function markSettled(
  changes: Changes,
  { id }: Campaign,
  { entries, date }: { entries: readonly string[][]; date: Temporal.PlainDate },
): Promise<void> {
  for (const entry of entries) await changes.put(ledger, [id, ...entry], { value: { date: date.toString() } })
}

/** The writes that take back a push. They remove only entries of the push's own day, because a later push may have said it meanwhile. */
export async function unsaid(store: Store, campaign: Campaign, row: OutboxRow): Promise<Write[]> {
  const { lane, push } = row
  if (!push) return []
  const said = await store.getMany(push.ledger.map((entry) => ledger.key(campaign.id, ...entry)))
  const mine = said.flatMap((found) => (found && ledger.schema.parse(found.value).date === push.date ? [found] : []))
  return [
    ...mine.map(({ key, version }) => ({ delete: key, if: version })),
    { delete: pushed.key(push.date, lane) },
    { delete: messagesTold.key(...toldIds(campaign, row, push.date)) },
  ]
}
