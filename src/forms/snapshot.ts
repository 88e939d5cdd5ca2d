import type { Snapshot } from '../bot/pushes/schedule.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { type Table, withRow } from '../store/table.ts'

/** The records as they were when this turn first looked at them. */
export const snapshotIn = (turn: Turn, reads: readonly Table<unknown>[]): Promise<Snapshot> => turn.snapshot(reads)

/** The same after this turn has written one record, so that the answer shows the new state. */
export async function snapshotAfter<T>(
  turn: Turn,
  reads: readonly Table<unknown>[],
  { table, ids }: { table: Table<T>; ids: readonly string[] },
): Promise<Snapshot> {
  const snapshot = await snapshotIn(turn, reads)
  const key = [turn.campaign.id, ...ids]
  const value = await turn.read(table, ...key)
  if (value === undefined) return snapshot
  const kept = snapshot.kept.copy(reads)
  kept.set(table, withRow(snapshot.kept.of(table), { ids: key, value }))
  return { ...snapshot, kept }
}
