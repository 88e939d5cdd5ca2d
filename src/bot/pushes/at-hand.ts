import { once } from '../../campaign/once.ts'
import type { Row, Table } from '../../store/table.ts'
import { Changes } from '../records/changes.ts'
import { sessions } from '../records/session.ts'
import type { World } from '../roster/world.ts'
import type { Schedule, Snapshot } from './schedule.ts'
import { asksForWord, pushTables, recordsOf, recordTables, snapshotOf } from './snapshot.ts'

type Marked = Changes['store']
type Reads = readonly Table<unknown>[]

/** For each table and prefix that was read: its mark at that time, and the object under which its rows stand on its shelf. */
const readOf = once<Marked, Map<string, { mark: string; moment: object }>>(() => new Map())

/** A cache of tables. A table that was read before is not read again as long as nothing was written to it. */
export class AtHand {
  readonly #store: Marked
  readonly #marks: ReadonlyMap<string, string>

  private constructor(store: Marked, marks: ReadonlyMap<string, string>) {
    this.#store = store
    this.#marks = marks
  }

  /** `reads` are all tables that will be asked for. */
  static async of(store: Marked, reads: Reads): Promise<AtHand> {
    const names = [...new Set(reads.map(({ name }) => name))]
    const marks = await store.marks(names)
    return new AtHand(store, new Map(names.map((name, i) => [name, marks[i] ?? ''])))
  }

  /** Changes whenever anything in these tables changes. */
  get mark(): string {
    return [...this.#marks.values()].join(' ')
  }

  async list<T>(table: Table<T>, ...prefix: string[]): Promise<readonly Row<T>[]> {
    const mark = this.#marks.get(table.name)
    if (mark === undefined) throw new TypeError(`${table.name} was not named`)
    const name = JSON.stringify([table.name, ...prefix])
    const known = readOf(this.#store).get(name)
    const rows = known?.mark === mark ? table.shelf.get(known.moment) : undefined
    if (rows) return rows
    const moment = {}
    const read = await new Changes(this.#store).list(table, ...prefix)
    table.shelf.set(moment, read)
    readOf(this.#store).set(name, { mark, moment })
    return read
  }
}

/** What schedules look at, from the cache. `mark` is that of `AtHand`. */
export async function pushSnapshot(
  store: Marked,
  world: World,
  schedules: readonly Schedule[],
): Promise<{ mark: string; snapshot: () => Promise<Snapshot> }> {
  const own = asksForWord(world) ? [...pushTables, sessions] : pushTables
  const reader = await AtHand.of(store, [...own, ...readsOf(schedules)])
  return { mark: reader.mark, snapshot: () => snapshotOf(world, reader, schedules) }
}
export const readsOf = once((schedules: readonly Schedule[]): Reads => schedules.flatMap(({ reads = [] }) => reads))

type Held = { mark: string; hour: number; world: World; snapshot: Snapshot }
const heldOf = once<Marked, (reads: Reads) => { last?: Held }>(() => once(() => ({})))
/** Beijing's hours begin with those of 1970. */
const hourOf = ({ now }: World): number => Math.floor(now.epochMilliseconds / 3_600_000)

/**
 * The present records, the same object for all who ask within an hour and between two writes, so that everything derived from them is
 * reckoned once. What duties say depends on the day, and on noon. Nobody may change it.
 */
export async function snapshotAtHand(store: Marked, world: World, reads: Reads): Promise<Snapshot> {
  const reader = await AtHand.of(store, [...recordTables, ...reads])
  const held = heldOf(store)(reads)
  const { mark } = reader
  const hour = hourOf(world)
  if (held.last?.mark === mark && held.last.hour === hour && isSame(held.last.world, world)) return held.last.snapshot
  const snapshot = await recordsOf(world, reader, reads)
  held.last = { mark, hour, world, snapshot }
  return snapshot
}

const isSame = (one: World, other: World): boolean =>
  one.roster === other.roster &&
  one.campaign === other.campaign &&
  one.calendar === other.calendar &&
  one.channels === other.channels
