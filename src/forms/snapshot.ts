import type { Snapshot } from '../bot/pushes/schedule.ts'
import type { Turn } from '../bot/turn/turn.ts'
import type { Table } from '../store/table.ts'

/** What the records were when this turn first looked at them. */
export const snapshotIn = (turn: Turn, reads: readonly Table<unknown>[]): Promise<Snapshot> => turn.snapshot(reads)

/** The same after this turn has written one record: what is answered shows how it now stands. */
export async function snapshotAfter<T>(
  turn: Turn,
  reads: readonly Table<unknown>[],
  table: Table<T>,
  ids: readonly string[],
): Promise<Snapshot> {
  const snapshot = await snapshotIn(turn, reads)
  const key = [turn.campaign.id, ...ids]
  const value = await turn.read(table, ...key)
  const others = snapshot.kept.of(table).filter((row) => row.ids.join('~') !== key.join('~'))
  const kept = snapshot.kept.copy(reads)
  kept.set(table, value === undefined ? others : [...others, { ids: key, value }])
  return { ...snapshot, kept }
}
