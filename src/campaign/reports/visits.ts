/** Which branches were visited, from the liaison reports of a campaign. Branches and people are ids, months are written `2022-05`. */
import { type Branch, committeeOf, liaisonBranches, type Roster, unitOf } from '../roster/roster.ts'
import type { LiaisonReport } from './liaison-report.ts'

/** One member's report of one month. */
export type MonthsReport = { month: string; person: string; report: LiaisonReport }

/** For each branch the months of its visits. A month occurs as often as the branch was visited in it. */
export function monthsVisited(reports: readonly MonthsReport[]): Map<string, string[]> {
  const months = new Map<string, string[]>()
  for (const { month, report } of reports)
    for (const branch of report.branches) months.set(branch, [...(months.get(branch) ?? []), month])
  return months
}

/** For each branch the names of the responsible members. A member whose liaison covers all branches is not named. */
export function liaisonNames(roster: Roster): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const person of committeeOf(roster)) {
    const own = liaisonBranches(roster, person)
    if (own.length === roster.branches.length) continue
    for (const { id } of own) named.set(id, [...(named.get(id) ?? []), person.name])
  }
  return named
}

/** For each general branch, in the roster's order: its branches, how many of them were visited, and the number of all visits. */
export function visitsByUnit(
  roster: Roster,
  months: ReadonlyMap<string, readonly string[]>,
): { unit: string; all: number; visited: number; times: number }[] {
  const units = new Map<string, Branch[]>()
  for (const branch of roster.branches) {
    const { name } = unitOf(roster, branch)
    units.set(name, [...(units.get(name) ?? []), branch])
  }
  return [...units].map(([unit, own]) => {
    const times = own.map(({ id }) => months.get(id)?.length ?? 0)
    const visited = times.filter((count) => count > 0).length
    return { unit, all: own.length, visited, times: times.reduce((sum, count) => sum + count, 0) }
  })
}
