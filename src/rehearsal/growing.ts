import { Kept } from '../bot/records/kept.ts'
import { mergedRows, type Row, rowAt, type Table } from '../store/table.ts'

/** Records that grow row by row, as a year of answers does. New rows are put in order only when all rows are asked for. */
export class Growing extends Kept {
  /** Puts a row at the place that the store would give it. It replaces the row with the same key. */
  put<T>(table: Table<T>, row: Row<T>): void {
    const newer = table.newer.get(this) ?? new Map<string, Row<T>>()
    newer.set(row.ids.join('\n'), row)
    table.newer.set(this, newer)
  }

  find<T>(table: Table<T>, ids: readonly string[]): T | undefined {
    return (table.newer.get(this)?.get(ids.join('\n')) ?? rowAt(super.of(table), ids))?.value
  }

  override of<T>(table: Table<T>): readonly Row<T>[] {
    const newer = table.newer.get(this)
    if (newer) {
      this.set(table, mergedRows(super.of(table), newer.values()))
      table.newer.delete(this)
    }
    return super.of(table)
  }
}
