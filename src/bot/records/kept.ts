import { type Row, rowsBelow, type Table } from '../../store/table.ts'

type Reader = { list<T>(table: Table<T>, ...prefix: string[]): Promise<readonly Row<T>[]> }

/**
 * All records of some tables as of one moment, so that pure functions can look at them: what schedules, counts, papers and the
 * dashboard say comes from these. Keys of all such tables begin with the campaign's id.
 */
export class Kept {
  readonly #strict: boolean

  /** `strict`: looking at a table that was not read is an error; else it is empty, as in a rehearsal. */
  constructor({ strict = false } = {}) {
    this.#strict = strict
  }

  static async read(reader: Reader, campaign: string, tables: Iterable<Table<unknown>>): Promise<Kept> {
    const kept = new Kept({ strict: true })
    for (const table of new Set(tables)) kept.set(table, await reader.list(table, campaign))
    return kept
  }

  set<T>(table: Table<T>, rows: readonly Row<T>[]): void {
    table.shelf.set(this, rows)
  }

  /** The same rows of some tables, to be changed by themselves. */
  copy(tables: Iterable<Table<unknown>>): Kept {
    const copy = new Kept({ strict: this.#strict })
    for (const table of tables) copy.set(table, this.of(table))
    return copy
  }

  of<T>(table: Table<T>): readonly Row<T>[] {
    const rows = table.shelf.get(this)
    if (!rows && this.#strict) throw new TypeError(`${table.name} was not read: name it in \`reads\``)
    return rows ?? []
  }

  /** Those of a table whose keys begin so. */
  below<T>(table: Table<T>, ...prefix: string[]): Row<T>[] {
    return rowsBelow(this.of(table), prefix)
  }
}
