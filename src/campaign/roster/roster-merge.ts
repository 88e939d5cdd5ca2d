import type { Accounts, Branch, GeneralBranch, Group, Person, Retired, Roster, Seat } from './roster.ts'
import { isUniquePost, seatKey } from './roster.ts'

/** A person as a file gives them. */
export type NewPerson = { name: string; accounts: Accounts; seats: Seat[]; phone?: string }
/** The person of a row that could not be taken. */
export type Named = { name: string; accounts: Accounts }

export const nobody: Retired = { people: [], branches: [], generalBranches: [], groups: [] }

/** The keys of a person, in one file and from one file to the next: the accounts, or the name if there is no account. */
export function keysOf({ name, accounts: { wecom, dingtalk } }: Named): string[] {
  const keys = [
    ...(wecom === undefined ? [] : [`wecom ${wecom.toLowerCase()}`]),
    ...(dingtalk === undefined ? [] : [`dingtalk ${dingtalk.toLowerCase()}`]),
  ]
  return keys.length > 0 ? keys : [`name ${name}`]
}

/** Gives opaque ids. Everything known keeps its id, and no id is given twice. */
export class Ids {
  readonly branches: Branch[] = []
  readonly generalBranches: GeneralBranch[] = []
  readonly #known = new Map<string, string>()
  readonly #last = new Map<string, number>()
  readonly #taken = new Set<string>()

  constructor(before: Roster | undefined) {
    const { retired = nobody } = before ?? {}
    for (const id of [...retired.people, ...(retired.forgotten ?? [])]) this.#seen(id)
    for (const { id } of before?.people ?? []) this.#seen(id)
    for (const one of [...retired.generalBranches, ...(before?.generalBranches ?? [])]) this.#seen(one.id, one.name)
    for (const one of [...retired.branches, ...(before?.branches ?? [])])
      this.#seen(one.id, `${one.generalBranch ?? ''} ${one.name}`)
    for (const one of [...retired.groups, ...(before?.groups ?? [])]) this.#seen(one.id, `${one.platform} ${one.name}`)
  }

  person(): string {
    return this.#next('p')
  }

  generalBranch(name: string): string {
    const id = this.#idOf('g', name)
    if (this.#isNew(id)) this.generalBranches.push({ id, name })
    return id
  }

  branch(name: string, generalBranch: string | undefined): string {
    const id = this.#idOf('b', `${generalBranch ?? ''} ${name}`)
    if (this.#isNew(id)) this.branches.push({ id, name, ...(generalBranch === undefined ? {} : { generalBranch }) })
    return id
  }

  /** Records the kind of each branch that the file states. */
  nameKinds(kinds: ReadonlyMap<string, string>): void {
    for (const branch of this.branches) {
      const kind = kinds.get(branch.id)
      if (kind !== undefined) branch.kind = kind
    }
  }

  /** Undefined if the file has named this group already. */
  group(name: string, platform: Group['platform']): string | undefined {
    const id = this.#idOf('q', `${platform} ${name}`)
    return this.#isNew(id) ? id : undefined
  }

  #isNew(id: string): boolean {
    if (this.#taken.has(id)) return false
    this.#taken.add(id)
    return true
  }

  #idOf(prefix: string, name: string): string {
    const known = this.#known.get(`${prefix} ${name}`)
    if (known !== undefined) return known
    const id = this.#next(prefix)
    this.#known.set(`${prefix} ${name}`, id)
    return id
  }

  #next(prefix: string): string {
    const number = (this.#last.get(prefix) ?? 0) + 1
    this.#last.set(prefix, number)
    return `${prefix}${number}`
  }

  #seen(id: string, name?: string): void {
    const prefix = id.slice(0, 1)
    this.#last.set(prefix, Math.max(this.#last.get(prefix) ?? 0, Number(id.slice(1)) || 0))
    if (name !== undefined) this.#known.set(`${prefix} ${name}`, id)
  }
}

/** The groups that were bound in the chat and are in no file. */
export const boundGroups = (before: Roster | undefined, taken: readonly Group[], ids: Ids): Group[] =>
  (before?.groups ?? []).filter(
    (group) =>
      group.conversation !== undefined &&
      !taken.some(({ id }) => id === group.id) &&
      (group.scope === 'college' || ids.generalBranches.some(({ id }) => id === group.scope)),
  )

/** Matches people with an older roster: by account, or else by name and seat if only one person fits. */
function matched(people: readonly NewPerson[], before: readonly Person[]): Map<NewPerson, Person> {
  const found = new Map<NewPerson, Person>()
  const left = new Set(before)
  const take = (one: NewPerson, old: Person | undefined): void => {
    if (!old || !left.delete(old)) return
    found.set(one, old)
  }
  const byKey = new Map(before.flatMap((old) => keysOf(old).map((key) => [key, old] as const)))
  for (const one of people)
    take(
      one,
      keysOf(one)
        .map((key) => byKey.get(key))
        .find((old) => old && left.has(old)),
    )
  const bySeat = new Map<string, Person[]>()
  const seatsOf = ({ name, seats }: NewPerson): Set<string> => new Set(seats.map((seat) => `${name} ${seatKey(seat)}`))
  for (const old of left) for (const seat of seatsOf(old)) bySeat.set(seat, [...(bySeat.get(seat) ?? []), old])
  for (const one of people) {
    if (found.has(one)) continue
    const [old, ...more] = new Set([...seatsOf(one)].flatMap((seat) => bySeat.get(seat) ?? []))
    if (more.length === 0) take(one, old)
  }
  return found
}

/**
 * The new roster. Missing people stay and are marked, with the accounts and seats that nobody else has now. A person in a bad row is not
 * missing.
 */
export function inForce(
  before: Roster | undefined,
  people: readonly NewPerson[],
  { badRows, ids }: { badRows: readonly Named[]; ids: Ids },
): { roster: Omit<Roster, 'groups'>; missing: string[] } {
  const known = matched(people, before?.people ?? [])
  const now = people.map((one): Person => ({ id: known.get(one)?.id ?? ids.person(), ...one }))
  const taken = new Set(now.flatMap(keysOf))
  const held = new Set(now.flatMap(({ seats }) => seats.filter((seat) => isUniquePost(seat.post)).map(seatKey)))
  const named = new Set(badRows.flatMap((row) => [...keysOf(row), `name ${row.name}`]))
  const continued = new Set(known.values())
  const others = (before?.people ?? []).flatMap((old): Person[] => {
    const accounts = freeAccounts(old, taken)
    // Both accounts of a person are in one row now, so two entries have become one.
    if (continued.has(old) || (isBound(old) && !isBound({ accounts }))) return []
    const { missing: _, ...person } = { ...old, accounts }
    const isNamed = [...keysOf(old), `name ${old.name}`].some((key) => named.has(key))
    const seats = old.seats.filter((seat) => !held.has(seatKey(seat)))
    if (before) for (const seat of seats) keepPlace(seat, before, ids)
    return [{ ...person, seats, ...(isNamed ? {} : { missing: true }) }]
  })
  return {
    roster: { people: [...now, ...others], branches: ids.branches, generalBranches: ids.generalBranches },
    missing: others.filter((person) => person.missing).map((person) => person.name),
  }
}

const isBound = ({ accounts }: { accounts: Accounts }): boolean =>
  accounts.wecom !== undefined || accounts.dingtalk !== undefined

const freeAccounts = ({ name, accounts: { wecom, dingtalk } }: Person, taken: ReadonlySet<string>): Accounts => ({
  ...(wecom !== undefined && !keysOf({ name, accounts: { wecom } }).some((key) => taken.has(key)) ? { wecom } : {}),
  ...(dingtalk !== undefined && !keysOf({ name, accounts: { dingtalk } }).some((key) => taken.has(key))
    ? { dingtalk }
    : {}),
})

/** A held seat keeps its branch and general branch, even if no row names them any more. */
function keepPlace(seat: Seat, before: Roster, ids: Ids): void {
  const branch = before.branches.find(({ id }) => id === seat.branch)
  const general = before.generalBranches.find(({ id }) => id === seat.generalBranch)
  const generalId = general && ids.generalBranch(general.name)
  if (branch) ids.branch(branch.name, generalId)
}

/**
 * `now` together with a memory of everything that is no longer in it, so that old records never come under another person, branch or group.
 */
export function withRetired(now: Omit<Roster, 'retired'>, before: Roster | undefined): Roster {
  if (!before) return now
  const { retired = nobody } = before
  const gone = <Kept extends { id: string }>(all: readonly Kept[], current: readonly { id: string }[]): Kept[] => {
    const ids = new Set(current.map(({ id }) => id))
    return [...new Map(all.map((one) => [one.id, one])).values()].filter(({ id }) => !ids.has(id))
  }
  const groups = before.groups.map(({ id, name, platform }) => ({ id, name, platform }))
  const next: Retired = {
    people: [...retired.people, ...gone(before.people, now.people).map(({ id }) => id)],
    branches: gone([...retired.branches, ...before.branches], now.branches),
    generalBranches: gone([...retired.generalBranches, ...before.generalBranches], now.generalBranches),
    groups: gone([...retired.groups, ...groups], now.groups),
    ...(retired.forgotten ? { forgotten: retired.forgotten } : {}),
  }
  return Object.values(next).some((list) => list.length > 0) ? { ...now, retired: next } : now
}

/** After 确认移除, missing people are strangers. What only they held is gone with them, except branches with records (ids in `recorded`). */
export function removeMissing(roster: Roster, recorded: ReadonlySet<string> = new Set()): Roster {
  const people = roster.people.filter((person) => !person.missing)
  const places = (some: readonly Person[], place: 'branch' | 'generalBranch'): Set<string> =>
    new Set(some.flatMap(({ seats }) => seats.flatMap((seat) => seat[place] ?? [])))
  const left = roster.people.filter((person) => person.missing)
  const remain = <Place extends { id: string }>(all: readonly Place[], place: 'branch' | 'generalBranch'): Place[] => {
    const [gone, kept] = [places(left, place), places(people, place)]
    return all.filter(({ id }) => kept.has(id) || !gone.has(id))
  }
  const held = new Set(remain(roster.branches, 'branch'))
  const branches = roster.branches.filter((one) => held.has(one) || one.missing || recorded.has(one.id))
  const generals = remain(roster.generalBranches, 'generalBranch')
  const needed = new Set([...generals.map(({ id }) => id), ...branches.flatMap((one) => one.generalBranch ?? [])])
  const generalBranches = roster.generalBranches.filter(({ id }) => needed.has(id))
  const groups = roster.groups.filter(({ scope }) => scope === 'college' || needed.has(scope))
  return withRetired({ people, branches, generalBranches, groups }, roster)
}
