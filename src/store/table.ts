import type { z } from 'zod'
import type { Key } from './store.ts'

/**
 * A kind of record: its place in the store and the shape of its values. Every value read from the store passes the schema, so no record of
 * an older program is misread.
 */
export type Table<T> = {
  name: string
  schema: z.ZodType<T>
  /** Every change of such a record is an audit entry, chained to the one before. */
  audited: boolean
  key: (...ids: readonly string[]) => Key
  /** Its rows as of some moment, kept by the object that read them all. */
  shelf: WeakMap<object, readonly Row<T>[]>
  /** Rows put in after that moment, by their joined ids. */
  newer: WeakMap<object, Map<string, Row<T>>>
}
/** `ids` is the key without the table's name. */
export type Row<T> = { ids: string[]; value: T }

/** Declares a kind of record. With `audited`, every change is chained. */
export function table<T>(name: string, schema: z.ZodType<T>, { audited = false } = {}): Table<T> {
  return { name, schema, audited, key: (...ids) => [name, ...ids], shelf: new WeakMap(), newer: new WeakMap() }
}

type Ids = readonly string[]

/** Compares part by part, as the store orders keys. */
function compareIds(one: Ids, other: Ids): number {
  for (let i = 0; i < one.length && i < other.length; i++) {
    const [a = '', b = ''] = [one[i], other[i]]
    if (a !== b) return a < b ? -1 : 1
  }
  return one.length - other.length
}

/** The place of a key among rows in the order of keys, or the place where it would be. */
function placeAmong(rows: readonly { ids: Ids }[], ids: Ids): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareIds(rows[middle]?.ids ?? [], ids) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The row with a key, among rows in the order of keys. */
export function rowAt<T>(rows: readonly Row<T>[], ids: Ids): Row<T> | undefined {
  const found = rows[placeAmong(rows, ids)]
  return found && compareIds(found.ids, ids) === 0 ? found : undefined
}

/** The rows whose keys begin with `prefix`, among rows in the order of keys. */
export function rowsBelow<T>(rows: readonly Row<T>[], prefix: Ids): Row<T>[] {
  const found: Row<T>[] = []
  for (let i = placeAmong(rows, prefix); i < rows.length; i++) {
    const row = rows[i]
    if (!row || prefix.some((part, n) => row.ids[n] !== part)) break
    found.push(row)
  }
  return found
}

/** Rows in the order of keys with one more row. It replaces a row with the same key. */
export function withRow<T>(rows: readonly Row<T>[], row: Row<T>): Row<T>[] {
  const place = placeAmong(rows, row.ids)
  const known = rows[place]
  return rows.toSpliced(place, known && compareIds(known.ids, row.ids) === 0 ? 1 : 0, row)
}

/** Rows in the order of keys together with newer ones in any order. If two rows have the same key, the newer one stays. */
export function mergedRows<T>(rows: readonly Row<T>[], newer: Iterable<Row<T>>): Row<T>[] {
  const all: Row<T>[] = []
  let i = 0
  for (const row of [...newer].sort((one, other) => compareIds(one.ids, other.ids))) {
    const place = placeAmong(rows, row.ids)
    for (const old of rows.slice(i, place)) all.push(old)
    all.push(row)
    i = place
    const same = rows[place]
    if (same && compareIds(same.ids, row.ids) === 0) i++
  }
  return all.concat(rows.slice(i))
}
