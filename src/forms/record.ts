import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { lateness } from '../bot/records/deadlines.ts'
import type { Kept } from '../bot/records/kept.ts'
import { deedOf } from '../bot/turn/deed.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { once } from '../campaign/once.ts'
import { opaqueId } from '../store/opaque-id.ts'
import { type Row, type Table, table } from '../store/table.ts'

/** The current version of what was submitted. People are ids, times are ISO instants; earlier versions are its audit entries. */
export type Recorded<T> = {
  content: T
  version: number
  by: string
  at: string
  /** The number of working days after the deadline, if it came late. */
  late?: number | undefined
  /** Taken back: it stays in the history and no longer counts. */
  withdrawn?: { by: string; at: string; reason: string } | undefined
}

/** `standing` gives the rows that count, by their ids after the campaign's, joined with `~`. The same rows give the same map. */
export type RecordTable<T> = Table<Recorded<T>> & { standing: (rows: Rows<T>) => ReadonlyMap<string, Recorded<T>> }
type Rows<T> = readonly Row<Recorded<T>>[]

/** An audited table of such records. The first id of its keys is the campaign's. */
export function recordTable<T>(name: string, content: z.ZodType<T>): RecordTable<T> {
  const schema: z.ZodType<Recorded<T>> = z.strictObject({
    content,
    version: z.number().int().positive(),
    by: z.string(),
    at: z.string(),
    late: z.number().optional(),
    withdrawn: z.strictObject({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
  })
  return { ...table(name, schema, { audited: true }), standing: once(standingAmong<T>) }
}

/** An id for a new record about `what`. It is the same however often this turn is decided, and reveals nothing of its content. */
export const newId = (turn: Turn, what: string): string => opaqueId(`${what} ${turn.inbound.once}`)

/** Whether a record counts: it exists and was not taken back. */
export const stands = <T>(record: Recorded<T> | undefined): record is Recorded<T> =>
  record !== undefined && record.withdrawn === undefined

/** The records of a table that count, by their ids after the campaign's, joined with `~`. */
export const standing = <T>(kept: Kept, table: RecordTable<T>): ReadonlyMap<string, Recorded<T>> =>
  table.standing(kept.of(table))

function standingAmong<T>(rows: Rows<T>): ReadonlyMap<string, Recorded<T>> {
  const found = new Map<string, Recorded<T>>()
  for (const { ids, value } of rows) if (stands(value)) found.set(ids.slice(1).join('~'), value)
  return found
}

/**
 * Records a submission as a new version. `changed` is false if it equals the present one; then nothing is written. `late` is the sentence
 * that says how many working days after the deadline it came.
 */
export async function record<T>(
  turn: Turn,
  table: Table<Recorded<T>>,
  {
    ids,
    content,
    deadline,
    what = '提交',
    reason,
  }: { ids: readonly string[]; content: T; deadline?: Temporal.PlainDate; what?: string; reason?: string },
): Promise<{ changed: boolean; late: string }> {
  const key = [turn.campaign.id, ...ids]
  const before = await turn.read(table, ...key)
  if (stands(before) && JSON.stringify(before.content) === JSON.stringify(content)) return { changed: false, late: '' }
  const late = deadline ? lateness(turn.world, deadline, turn.now) : { days: 0, words: '' }
  const next: Recorded<T> = {
    content,
    version: (before?.version ?? 0) + 1,
    ...deedOf(turn),
    ...(late.days > 0 ? { late: late.days } : {}),
  }
  await turn.change(table, key, { value: next, what, reason })
  return { changed: true, late: late.words }
}

/** Takes a record back, with the reason. False if there is no record that counts. */
export async function withdraw<T>(
  turn: Turn,
  table: Table<Recorded<T>>,
  { ids, reason }: { ids: readonly string[]; reason: string },
): Promise<boolean> {
  const key = [turn.campaign.id, ...ids]
  const before = await turn.read(table, ...key)
  if (!stands(before)) return false
  const withdrawn = { ...deedOf(turn), reason }
  await turn.change(table, key, { value: { ...before, version: before.version + 1, withdrawn }, what: '撤销', reason })
  return true
}
