import { tableIn } from './encode.ts'

/** A stored record: its key encoded, its value as text. */
export type Row = { key: string; value: string; version: string; expires: number | null }

const most = 8192
const longest = 16 * 1024

/**
 * Caches what was read or written last, so that the records of every turn (a session, a scorecard, the absence of one) cost no statement.
 * Only for the one process that writes, because then nobody else changes the store. At most 8,192 records of 16 K characters: the
 * sessions and drafts of a large college.
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

  /** Whether it is cached that there is no such record. */
  lacks(key: string): boolean {
    return this.#rows.has(key) && this.#rows.get(key) === undefined
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
    this.#mark(key)
    this.keep(key, row)
  }

  /** Records a write of a key that was never read: most of these, such as the identity of an event, are not read afterwards either. */
  wroteUnread(key: string): void {
    this.#mark(key)
    this.#rows.delete(key)
  }

  #mark(key: string): void {
    const table = tableIn(key)
    this.#marks.set(table, (this.#marks.get(table) ?? 0) + 1)
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
