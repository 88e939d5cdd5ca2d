import { AuditEntry, AuditValues, auditedPut, type Change, headLeft, unwrap } from '../../store/audit.ts'
import { all, type Key, type Store, type Versioned, type Write } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'

/** One change of a record: when (ISO instant), by whom (id), what in the field's words, and the new value. */
export type Past = { at: string; who: string; what: string; to: unknown; reason?: string }

type Readable = Pick<Store, 'get' | 'list' | 'marks'>

type Seen = { key: Key; found: Versioned | undefined }
type Staged = { key: Key; value: unknown; writes: Write[] }

/** A key as text, for the maps of one turn. No id holds U+0000. Sorted, such texts are in the order of the store. */
const between = '\u0000'
const named = (key: Key): string => key.join(between)

/**
 * Reads and writes that become true together in one commit, or not at all. A record that was read and is written was not changed by others
 * in between.
 */
export class Changes {
  readonly store: Readable
  readonly #seen = new Map<string, Seen>()
  readonly #staged = new Map<string, Staged>()

  constructor(store: Readable, seen: readonly [Key, Versioned | undefined][] = []) {
    this.store = store
    for (const [key, found] of seen) this.#seen.set(named(key), { key, found })
  }

  async read<T>(table: Table<T>, ...ids: string[]): Promise<T | undefined> {
    const key = table.key(...ids)
    const name = named(key)
    const staged = this.#staged.get(name)
    if (staged) return staged.value === undefined ? undefined : table.schema.parse(staged.value)
    const found = await this.#fetch(key, name)
    if (!found) return undefined
    return table.schema.parse(table.audited ? unwrap(found).value : found.value)
  }

  /** All records below `prefix` in the order of their keys, with those written here. */
  async list<T>(table: Table<T>, ...prefix: string[]): Promise<{ ids: string[]; value: T }[]> {
    const found: { ids: string[]; value: T }[] = []
    const below = named(table.key(...prefix)) + between
    const staged = new Map([...this.#staged].filter(([name]) => name.startsWith(below)))
    const add = (key: Key, value: unknown): void => {
      if (value !== undefined) found.push({ ids: key.slice(1), value: table.schema.parse(value) })
    }
    for await (const record of all(this.store, table.key(...prefix))) {
      const name = named(record.key)
      const own = staged.get(name)
      add(record.key, own ? own.value : table.audited ? unwrap(record).value : record.value)
      staged.delete(name)
    }
    for (const { key, value } of staged.values()) add(key, value)
    return staged.size === 0 ? found : found.sort((one, other) => (named(one.ids) < named(other.ids) ? -1 : 1))
  }

  /** The changes of an audited record, oldest first. Entries whose values were purged are missing. */
  async history<T>(table: Table<T>, ...ids: string[]): Promise<Past[]> {
    const record = table.key(...ids)
    const values = new Map<string, AuditValues>()
    for await (const { key, value } of all(this.store, ['audit-values', ...record]))
      values.set(key.at(-1) ?? '', AuditValues.parse(value))
    const past: Past[] = []
    for await (const { key, value } of all(this.store, ['audit', ...record])) {
      const { at, who, what } = AuditEntry.parse(value)
      const change = values.get(key.at(-1) ?? '')
      past.push({ at, who, what, to: change?.to, ...(change?.reason === undefined ? {} : { reason: change.reason }) })
    }
    return past
  }

  /** Writes a record that is not audited. */
  async put<T>(table: Table<T>, ids: readonly string[], { value }: { value: T }): Promise<void> {
    if (table.audited) throw new TypeError(`${table.name} is audited: change() it`)
    const key = table.key(...ids)
    const before = await this.#fetch(key)
    this.#stage(key, value, [{ put: key, value, if: before?.version ?? 'absent' }])
  }

  /** Writes an audited record together with its audit entry. At most once a record and commit. */
  async change<T>(
    table: Table<T>,
    ids: readonly string[],
    { value, change }: { value: T; change: Change },
  ): Promise<void> {
    const key = table.key(...ids)
    if (this.#staged.has(named(key))) throw new TypeError(`${table.name} was changed in this turn already`)
    const before = await this.#fetch(key)
    const chain = before ? undefined : await headLeft(this.store, key)
    this.#stage(key, value, auditedPut(table, ids, { before, value, change, chain }))
  }

  /** Removes a record. Audited records stay for good; only a purge removes them. */
  async remove<T>(table: Table<T>, ids: readonly string[]): Promise<void> {
    if (table.audited) throw new TypeError(`${table.name} is audited: it stays`)
    const key = table.key(...ids)
    const before = await this.#fetch(key)
    if (before || this.#staged.has(named(key)))
      this.#stage(key, undefined, before ? [{ delete: key, if: before.version }] : [])
  }

  /** A record that nobody can have written before: its key is new. `expiresAt`, `apart`: see `Write`. */
  append<T>(
    table: Table<T>,
    ids: readonly string[],
    { value, ...more }: { value: T; expiresAt?: number; apart?: true },
  ): void {
    const key = table.key(...ids)
    this.#stage(key, value, [{ put: key, value, if: 'absent', ...more }])
  }

  /** Whether anything was written here into one of these tables. */
  haveWritten(tables: Iterable<Table<unknown>>): boolean {
    const names = new Set([...tables].map(({ name }) => name))
    return [...this.#staged.values()].some(({ key, writes }) => writes.length > 0 && names.has(key[0] ?? ''))
  }

  get writes(): Write[] {
    return [...this.#staged.values()].flatMap(({ writes }) => writes)
  }

  /** Conditions that the records that were read and not written are unchanged, for a decision that rests on all of them. */
  get checks(): Write[] {
    return [...this.#seen]
      .filter(([name]) => !this.#staged.has(name))
      .map(([, { key, found }]) => ({ check: key, if: found?.version ?? 'absent' }))
  }

  #stage(key: Key, value: unknown, writes: Write[]): void {
    this.#staged.set(named(key), { key, value, writes })
  }

  async #fetch(key: Key, name = named(key)): Promise<Versioned | undefined> {
    const seen = this.#seen.get(name)
    if (seen) return seen.found
    const found = await this.store.get(key)
    this.#seen.set(name, { key, found })
    return found
  }
}
