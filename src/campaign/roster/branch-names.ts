/** Branches with the names that people use, for looking them up. */
import type { Named } from './name-index.ts'
import { type Branch, branchName, generalBranchOf, type Roster } from './roster.ts'

/** One branch with its names. */
export function namedOf(roster: Roster, { id, name, generalBranch }: Branch): Named {
  const general = generalBranch === undefined ? undefined : generalBranchOf(roster, generalBranch)
  return { id, name, ...(general ? { generalName: general.name } : {}) }
}

const known = new WeakMap<readonly Branch[], { roster: Roster; names: readonly Named[] }>()

/** The same list object for the same branches of a roster, so that everything made from it is made once. */
export function namesOf(roster: Roster, branches: readonly Branch[] = roster.branches): readonly Named[] {
  const before = known.get(branches)
  if (before?.roster === roster) return before.names
  const names = branches.map((branch) => namedOf(roster, branch))
  known.set(branches, { roster, names })
  return names
}

/** The full names of some branches, in the roster's order. */
export const fullNames = (roster: Roster, ids: readonly string[]): string[] =>
  roster.branches.filter(({ id }) => ids.includes(id)).map((branch) => branchName(roster, branch))

/** The name that people use among themselves, such as `软件教研室`. It is unique only within the general branch. */
export const shortName = (full: string): string => full.replace(/(中共|党支部$|支部$)/g, '') || full
