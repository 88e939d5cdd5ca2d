import { tableIn } from './encode.ts'

/** A stored record: its key encoded, its value as text. */
export type Row = { key: string; value: string; version: string; expires: number | null }

const most = 1024
const longest = 16 * 1024

/**
 * Caches what was read or written last, so that the records of every turn (a session, a scorecard, the absence of one) cost no statement.
 * Only for the one process that writes, because then nobody else changes the store. At most 1,024 records of 16 K characters.
 */
export class Recent {
  readonly #rows = new Map<string, Row | undefined>()
  /** How often each table was written, by its encoded key. */
  readonly #marks = new Map<string, number>()

  /** Reads a record by its encoded key. `load` reads it if it is not cached. */
  read(key: string, load: () => Row | undefined): Row | undefined {
    const row = this.#rows.get(key)
    const found = row === undefined && !this.#rows.has(key) ? load() : row
    this.keep(key, found)
    return found
  }

  /** Whether the record, or its absence, is cached. */
  knows(key: string): boolean {
    return this.#rows.has(key)
  }

  keep(key: string, row: Row | undefined): void {
    // Most recently used is last.
    this.#rows.delete(key)
    if (row && row.value.length > longest) return
    this.#rows.set(key, row)
    if (this.#rows.size <= most) return
    const [oldest = ''] = this.#rows.keys()
    this.#rows.delete(oldest)
  }

  /** Records a write, so the mark of its table changes. */
  wrote(key: string, row: Row | undefined): void {
    const table = tableIn(key)
    this.#marks.set(table, (this.#marks.get(table) ?? 0) + 1)
    this.keep(key, row)
  }

  /** The mark of a table, by its encoded key; see `Store.marks`. */
  markOf(table: string): string {
    return String(this.#marks.get(table) ?? 0)
  }

  /** Empties the cache, because what it holds did not become durable. */
  forget(): void {
    this.#rows.clear()
  }
}
