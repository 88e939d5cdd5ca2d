import type { z } from 'zod'
import type { Key } from './store.ts'

/**
 * A kind of record: its place in the store and the shape of its values. What is read from the store passes the schema,
 * so no record of an older program is taken for something it is not.
 */
export type Table<T> = {
  name: string
  schema: z.ZodType<T>
  /** Every change of such a record is an audit entry, chained to the one before. */
  audited: boolean
  key: (...ids: readonly string[]) => Key
  /** Its rows as of some moment, by whoever read them all. */
  shelf: WeakMap<object, readonly Row<T>[]>
}
/** `ids`: the key without the table's name. */
export type Row<T> = { ids: string[]; value: T }

export function table<T>(name: string, schema: z.ZodType<T>, { audited = false } = {}): Table<T> {
  return { name, schema, audited, key: (...ids) => [name, ...ids], shelf: new WeakMap() }
}
