import { type Branch, branchName, type GeneralBranch, type Retired, type Roster, type Seat, seatKey } from './roster.ts'
import { nobody, withRetired } from './roster-merge.ts'

/** Branches and general branches that a newer file no longer names: they stay, are renamed, merged or removed (contract, Roster). */

/**
 * Puts back the branches that have records but no row in the newest file, with their general branches, marked `missing`. `before` is the
 * roster that had them.
 */
export function withKept(roster: Roster, before: Roster, kept: ReadonlySet<string>): Roster {
  if (kept.size === 0) return roster
  const marked = before.branches
    .filter(({ id }) => kept.has(id))
    .map((branch): Branch => ({ ...branch, missing: true }))
  const branches = [...roster.branches.filter(({ id }) => !kept.has(id)), ...marked]
  const above = new Set(marked.map(({ generalBranch }) => generalBranch))
  const generals = before.generalBranches.filter(
    ({ id }) => above.has(id) && !roster.generalBranches.some((one) => one.id === id),
  )
  const { retired: _, ...now } = roster
  return withRetired({ ...now, branches, generalBranches: [...roster.generalBranches, ...generals] }, before)
}

/** Renames a branch to `as`: a branch that a newer file names, whose name and place it takes, or a new name in the same place. */
export function renameBranch(roster: Roster, id: string, as: Branch | string): Roster {
  const branches = roster.branches.flatMap((branch): Branch[] => {
    if (branch.id !== id) return typeof as !== 'string' && branch.id === as.id ? [] : [branch]
    if (typeof as !== 'string') return [{ ...as, id }]
    return [{ ...branch, name: as }]
  })
  const renamed = { ...roster, branches }
  return typeof as === 'string' ? renamed : forgotten(withIds(renamed, new Map([[as.id, id]])), [as.id])
}

/** The same for a general branch. Its branches keep everything. Branches with the same name in both become one. */
export function renameGeneralBranch(roster: Roster, id: string, as: GeneralBranch | string): Roster {
  const rename = (name: string): GeneralBranch[] =>
    roster.generalBranches.map((one) => (one.id === id ? { id, name } : one))
  if (typeof as === 'string') return { ...roster, generalBranches: rename(as) }
  const old = roster.branches.filter((branch) => branch.generalBranch === id)
  const same = new Map<string, string>()
  for (const branch of roster.branches) {
    const one = branch.generalBranch === as.id ? old.find(({ name }) => name === branch.name) : undefined
    if (one) same.set(branch.id, one.id)
  }
  const inFile = new Set(same.values())
  const branches = roster.branches
    .filter((branch) => !same.has(branch.id))
    .map((branch): Branch => {
      const { missing, ...kept } = branch
      const isMissing = missing && !inFile.has(branch.id) ? { missing } : {}
      return { ...kept, ...isMissing, ...(branch.generalBranch === as.id ? { generalBranch: id } : {}) }
    })
  const generalBranches = rename(as.name).filter((one) => one.id !== as.id)
  const renamed = withIds({ ...roster, branches, generalBranches }, new Map([...same, [as.id, id]]))
  return forgotten(renamed, [as.id, ...same.keys()])
}

/** Ends a branch: it no longer counts, but its records stay. `into` is the branch that continues it. */
export function endBranch(roster: Roster, id: string, into?: string): Roster {
  const left = { ...roster, branches: roster.branches.filter((branch) => branch.id !== id) }
  const general = left.branches.length < roster.branches.length ? emptied(left, roster, id) : undefined
  const { retired: _, ...now } = general === undefined ? left : withoutGeneral(left, general)
  const people = now.people.map((person) => ({
    ...person,
    seats: person.seats
      .filter((seat) => seat.branch !== id)
      .map((seat) => (seat.liaison ? { ...seat, liaison: seat.liaison.filter((one) => one !== id) } : seat)),
  }))
  const next = withRetired({ ...now, people }, roster)
  const { retired = nobody } = next
  const branches = retired.branches.map((branch) =>
    branch.id === id ? { ...branch, ended: true, ...(into === undefined ? {} : { into }) } : branch,
  )
  return { ...next, retired: { ...retired, branches } }
}

/** The general branch of an ended branch, if nothing of it is left: no branch, and nobody with a seat there. */
function emptied(left: Roster, before: Roster, id: string): string | undefined {
  const general = before.branches.find((branch) => branch.id === id)?.generalBranch
  if (general === undefined) return undefined
  const isNeeded =
    left.branches.some((branch) => branch.generalBranch === general) ||
    left.people.some(({ seats }) => seats.some((seat) => seat.generalBranch === general && seat.branch !== id))
  return isNeeded ? undefined : general
}

const withoutGeneral = (roster: Roster, id: string): Roster => ({
  ...roster,
  generalBranches: roster.generalBranches.filter((general) => general.id !== id),
  groups: roster.groups.filter(({ scope }) => scope !== id),
})

/** Replaces some ids by others in every place. */
function withIds(roster: Roster, ids: ReadonlyMap<string, string>): Roster {
  const of = (id: string): string => ids.get(id) ?? id
  const seat = ({ generalBranch, branch, liaison, ...rest }: Seat): Seat => ({
    ...rest,
    ...(generalBranch === undefined ? {} : { generalBranch: of(generalBranch) }),
    ...(branch === undefined ? {} : { branch: of(branch) }),
    ...(liaison === undefined ? {} : { liaison: [...new Set(liaison.map(of))] }),
  })
  const people = roster.people.map((person) => ({ ...person, seats: uniqueSeats(person.seats.map(seat)) }))
  const held = new Set(people.flatMap(({ missing, seats }) => (missing ? [] : seats.map(seatKey))))
  return {
    ...roster,
    // A seat has one holder: the person in the newest file has it.
    people: people.map((person) =>
      person.missing ? { ...person, seats: person.seats.filter((one) => !held.has(seatKey(one))) } : person,
    ),
    groups: roster.groups.map((group) => ({ ...group, scope: of(group.scope) })),
  }
}

const uniqueSeats = (seats: readonly Seat[]): Seat[] => [
  ...new Map(seats.map((seat) => [seatKey(seat), seat])).values(),
]

/** Ids of something that is known under another id. No record is under them, and they are never given again. */
function forgotten(roster: Roster, ids: readonly string[]): Roster {
  const { retired = nobody } = roster
  return { ...roster, retired: { ...retired, forgotten: [...(retired.forgotten ?? []), ...ids] } }
}

/** The branches that ended. Their history stays readable. */
export const endedBranches = ({ retired = nobody }: Roster): Retired['branches'] => retired.branches

/** The full name of a branch. For an ended branch it says what became of it: `机电学生党支部（已并入机电教工第一党支部）`. */
export function everName(roster: Roster, branch: Branch): string {
  const ended = endedBranches(roster).find(({ id }) => id === branch.id)
  if (!ended) return branchName(roster, branch)
  const into = roster.branches.find(({ id }) => id === ended.into)
  return into ? `${ended.name}（已并入${branchName(roster, into)}）` : `${ended.name}（已不在名册）`
}

/** A branch by its id, even if it has ended. */
export const branchEver = (roster: Roster, id: string): Branch | undefined =>
  [...roster.branches, ...endedBranches(roster)].find((branch) => branch.id === id)

/** One line that says what taking an older file again undoes: the people and branches that differ from before. */
export function undone(before: Roster, after: Roster): string {
  const names = (some: readonly { id: string; name: string }[], than: readonly { id: string }[]): string[] =>
    some.filter(({ id }) => !than.some((one) => one.id === id)).map(({ name }) => name)
  const active = ({ people }: Roster) => people.filter(({ missing }) => !missing)
  const named = ({ branches }: Roster) => branches.filter(({ missing }) => !missing)
  const seats = new Map(before.people.map((person) => [person.id, JSON.stringify(person.seats)]))
  const changed = active(after).filter(({ id, seats: now }) => seats.has(id) && seats.get(id) !== JSON.stringify(now))
  const parts: [string, string[]][] = [
    ['不再有', [...names(active(before), active(after)), ...names(named(before), named(after))]],
    ['又有了', [...names(active(after), active(before)), ...names(named(after), named(before))]],
    ['职务改回的', changed.map(({ name }) => name)],
  ]
  const words = parts.filter(([, list]) => list.length > 0).map(([what, list]) => `${what}${list.join('、')}`)
  return `这份名册以前用过，已按它改回${words.length > 0 ? `：${words.join('；')}` : '，没有差别'}。`
}
