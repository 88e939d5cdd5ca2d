import { tableIn } from './encode.ts'

/** A record as it is stored: its key encoded, its value as text. */
export type Row = { key: string; value: string; version: string; expires: number | null }

const most = 1024
const longest = 16 * 1024

/**
 * What was read or written last, so that what every turn asks for (a session, a scorecard, that there is none) costs no statement.
 * Only for the one process that writes: nobody else changes what is stored. At most 1,024 records of 16 K characters.
 */
export class Recent {
  readonly #rows = new Map<string, Row | undefined>()
  /** How often each table was written, by its key encoded. */
  readonly #marks = new Map<string, number>()

  /** By encoded key; `load` reads it where it is not at hand. */
  read(key: string, load: () => Row | undefined): Row | undefined {
    const row = this.#rows.get(key)
    const found = row === undefined && !this.#rows.has(key) ? load() : row
    this.keep(key, found)
    return found
  }

  keep(key: string, row: Row | undefined): void {
    // What is set anew stands last: the first is what was not asked for the longest.
    this.#rows.delete(key)
    if (row && row.value.length > longest) return
    this.#rows.set(key, row)
    if (this.#rows.size <= most) return
    const [oldest = ''] = this.#rows.keys()
    this.#rows.delete(oldest)
  }

  /** What was written: its table is not what it was. */
  wrote(key: string, row: Row | undefined): void {
    const table = tableIn(key)
    this.#marks.set(table, (this.#marks.get(table) ?? 0) + 1)
    this.keep(key, row)
  }

  /** Of a table, by its key encoded; see `Store.marks`. */
  markOf(table: string): string {
    return String(this.#marks.get(table) ?? 0)
  }

  /** Nothing is at hand any more: what was kept did not become durable. */
  forget(): void {
    this.#rows.clear()
  }
}
