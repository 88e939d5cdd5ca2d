import type { Temporal } from 'temporal-polyfill'
import type { World } from '../bot/roster/world.ts'
import { once } from '../campaign/once.ts'
import type { Recorded } from '../forms/record.ts'
import type { Table } from '../store/table.ts'
import type { College, Records } from './rehearsal.ts'

export type Told = ReturnType<College['answer']>
export type Answer = (records: Records, now: Temporal.ZonedDateTime) => Told

/** The tools of a college's scripts. `plan` acts around a deadline, or never. `on` acts on a date, or on the working day after it. */
export type Script = {
  world: Omit<World, 'now'>
  /** A number between 0 and 1, fixed by the seed. */
  random: () => number
  plan: (deadline: Temporal.PlainDate, answer: Answer) => void
  on: (date: Temporal.PlainDate, answer: Answer) => void
}

/** A moment as records keep it. Thousands answer at the same one. */
export const instant = once((now: Temporal.ZonedDateTime): string => now.toString({ timeZoneName: 'never' }))

/** Keeps a new version of a record, at the place that the store would give its row. `ids` is its key, including the campaign's. */
export function keep<T>(
  { kept }: Records,
  table: Table<Recorded<T>>,
  { ids, content, by, now }: { ids: string[]; content: T; by: string; now: Temporal.ZonedDateTime },
): void {
  const before = kept.find(table, ids)
  kept.put(table, { ids, value: { content, version: (before?.version ?? 0) + 1, by, at: instant(now) } })
}

/** The record under a key, if one was kept. */
export const keptOf = <T>({ kept }: Records, table: Table<Recorded<T>>, ids: readonly string[]): T | undefined =>
  kept.find(table, ids)?.content
