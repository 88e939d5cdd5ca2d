/** Branches with what people call them by, for looking up names. */
import type { Named } from '../reading/name-index.ts'
import { type Branch, branchName, generalBranchOf, type Roster } from './roster.ts'

const known = new WeakMap<readonly Branch[], { roster: Roster; names: readonly Named[] }>()

/** The same list for the same branches of a roster, so that what is made of it is made once. */
export function namesOf(roster: Roster, branches: readonly Branch[] = roster.branches): readonly Named[] {
  const before = known.get(branches)
  if (before?.roster === roster) return before.names
  const names = branches.map(({ id, name, generalBranch }) => {
    const general = generalBranch === undefined ? undefined : generalBranchOf(roster, generalBranch)
    return { id, name, ...(general ? { generalName: general.name } : {}) }
  })
  known.set(branches, { roster, names })
  return names
}

/** Full names of some branches, in the roster's order. */
export const fullNames = (roster: Roster, ids: readonly string[]): string[] =>
  roster.branches.filter(({ id }) => ids.includes(id)).map((branch) => branchName(roster, branch))
