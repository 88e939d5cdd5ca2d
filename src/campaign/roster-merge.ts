import type { Accounts, Branch, GeneralBranch, Group, Person, Roster, Seat } from './roster.ts'

/** A person as a file names them. */
export type NewPerson = { name: string; accounts: Accounts; seats: Seat[]; phone?: string }

const next = (prefix: string, used: readonly { id: string }[]): string =>
  `${prefix}${Math.max(0, ...used.map(({ id }) => Number(id.slice(1)) || 0)) + 1}`

/** Opaque ids; what was there before keeps its own. */
export class Ids {
  readonly branches: Branch[] = []
  readonly generalBranches: GeneralBranch[] = []
  readonly #groups: Group[] = []
  readonly #before: Roster | undefined

  constructor(before: Roster | undefined) {
    this.#before = before
  }

  generalBranch(name: string): string {
    const known = this.generalBranches.find((one) => one.name === name)
    if (known) return known.id
    const before = this.#before?.generalBranches ?? []
    const id = before.find((one) => one.name === name)?.id ?? next('g', [...before, ...this.generalBranches])
    this.generalBranches.push({ id, name })
    return id
  }

  branch(name: string, generalBranch: string | undefined): string {
    const same = (one: Branch): boolean => one.name === name && one.generalBranch === generalBranch
    const known = this.branches.find(same)
    if (known) return known.id
    const before = this.#before?.branches ?? []
    const id = before.find(same)?.id ?? next('b', [...before, ...this.branches])
    this.branches.push({ id, name, ...(generalBranch === undefined ? {} : { generalBranch }) })
    return id
  }

  /** What a group was bound to stays with it. */
  group(name: string, platform: Group['platform']): Pick<Group, 'id' | 'conversation'> {
    const before = this.#before?.groups ?? []
    const known = before.find((one) => one.name === name && one.platform === platform)
    const id = known?.id ?? next('q', [...before, ...this.#groups])
    this.#groups.push({ id, name, platform, key: '', scope: '' })
    return { id, ...(known?.conversation === undefined ? {} : { conversation: known.conversation }) }
  }
}

const same = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && a.toLowerCase() === b?.toLowerCase()
const isUnbound = ({ accounts }: { accounts: Accounts }): boolean =>
  accounts.wecom === undefined && accounts.dingtalk === undefined

/** The same person in an older roster: by account, or by name where one of the two had none yet. */
const isSame = (one: NewPerson, old: Person): boolean =>
  same(one.accounts.wecom, old.accounts.wecom) ||
  same(one.accounts.dingtalk, old.accounts.dingtalk) ||
  (one.name === old.name && (isUnbound(one) || isUnbound(old)))

/** Groups that were bound in the chat and stand in no file. */
export const boundGroups = (before: Roster | undefined, taken: readonly Group[], ids: Ids): Group[] =>
  (before?.groups ?? []).filter(
    (group) =>
      group.conversation !== undefined &&
      !taken.some(({ id }) => id === group.id) &&
      (group.scope === 'college' || ids.generalBranches.some(({ id }) => id === group.scope)),
  )

/** The new roster. Who is missing stays, marked, with the seats that nobody else holds now. */
export function inForce(
  before: Roster | undefined,
  people: readonly NewPerson[],
  ids: Ids,
): { roster: Omit<Roster, 'groups'>; missing: string[] } {
  const old = [...(before?.people ?? [])]
  const used: { id: string }[] = [...old]
  const merged = people.map((one): Person => {
    const at = old.findIndex((person) => isSame(one, person))
    const [known] = at < 0 ? [] : old.splice(at, 1)
    const id = known?.id ?? next('p', used)
    used.push({ id })
    return { id, ...one }
  })
  const held = new Set(merged.flatMap(({ seats }) => seats.map(seatKey)))
  const missing = old.map((person): Person => {
    const seats = person.seats.filter((seat) => !(isUnique(seat) && held.has(seatKey(seat))) && exists(seat, ids))
    return { ...person, seats, missing: true }
  })
  return {
    roster: { people: [...merged, ...missing], branches: ids.branches, generalBranches: ids.generalBranches },
    missing: missing.map((person) => person.name),
  }
}

const seatKey = ({ post, generalBranch, branch }: Seat): string =>
  [post, post === 'branch-secretary' ? branch : generalBranch].join(' ')
const isUnique = ({ post }: Seat): boolean =>
  post === 'committee-secretary' || post === 'general-branch-secretary' || post === 'branch-secretary'
const exists = ({ branch, generalBranch }: Seat, ids: Ids): boolean =>
  (branch === undefined || ids.branches.some((one) => one.id === branch)) &&
  (generalBranch === undefined || ids.generalBranches.some((one) => one.id === generalBranch))

/** After 确认移除: who was missing is a stranger from now on. */
export const removeMissing = (roster: Roster): Roster => ({
  ...roster,
  people: roster.people.filter((person) => !person.missing),
})
