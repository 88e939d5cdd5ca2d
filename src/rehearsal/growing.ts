import { Kept } from '../bot/records/kept.ts'
import { mergedRows, type Row, rowAt, type Table, withRow } from '../store/table.ts'

/** At most this many new rows wait beside the others before they are merged, so that no long list is copied often. */
const most = 512

/** Records that grow row by row, as a year of answers does. */
export class Growing extends Kept {
  /** The key of the rows that are not merged yet, in their order. */
  readonly #beside = {}

  /** Puts a row at the place that the store would give it. It replaces the row with the same key. */
  put<T>(table: Table<T>, row: Row<T>): void {
    const beside = withRow(table.shelf.get(this.#beside) ?? [], row)
    table.shelf.set(this.#beside, beside)
    if (beside.length >= most) this.of(table)
  }

  find<T>(table: Table<T>, ids: readonly string[]): T | undefined {
    return (rowAt(table.shelf.get(this.#beside) ?? [], ids) ?? rowAt(super.of(table), ids))?.value
  }

  override of<T>(table: Table<T>): readonly Row<T>[] {
    const beside = table.shelf.get(this.#beside) ?? []
    if (beside.length > 0) {
      this.set(table, mergedRows(super.of(table), beside))
      table.shelf.delete(this.#beside)
    }
    return super.of(table)
  }
}
