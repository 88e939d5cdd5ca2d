import { type Row, rowsBelow, type Table } from '../../store/table.ts'

type Reader = { list<T>(table: Table<T>, ...prefix: string[]): Promise<readonly Row<T>[]> }

/**
 * All records of some tables as of one moment, for pure functions: schedules, counts, papers and the dashboard use these. The keys of all
 * such tables begin with the campaign's id.
 */
export class Kept {
  readonly #strict: boolean

  /** With `strict` it throws if a table that was not read is asked for. Otherwise such a table is empty, as in a rehearsal. */
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

  /** A copy of the rows of some tables, which can be changed separately. */
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

  /** The rows of a table whose keys begin with `prefix`. */
  below<T>(table: Table<T>, ...prefix: string[]): Row<T>[] {
    return rowsBelow(this.of(table), prefix)
  }
}
