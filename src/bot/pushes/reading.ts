import { createHash } from 'node:crypto'
import { unwrap } from '../../store/audit.ts'
import { all, type Store } from '../../store/store.ts'
import type { Row, Table } from '../../store/table.ts'

/** Reads tables as they stand. `mark` tells one reading from another of which anything is different. */
export class Reading {
  readonly #store: Store
  readonly #versions = createHash('sha256')

  constructor(store: Store) {
    this.#store = store
  }

  async list<T>(table: Table<T>, ...prefix: string[]): Promise<Row<T>[]> {
    const rows: Row<T>[] = []
    for await (const record of all(this.#store, table.key(...prefix))) {
      this.#versions.update(`${JSON.stringify(record.key)} ${record.version}\n`)
      const value = table.audited ? unwrap(record).value : record.value
      rows.push({ ids: record.key.slice(1), value: table.schema.parse(value) })
    }
    return rows
  }

  get mark(): string {
    return this.#versions.copy().digest('base64url')
  }
}
