/** Which branches were visited, from the liaison reports of a campaign. Branches and people by id, months as `2022-05`. */
import { type Branch, committeeOf, liaisonBranches, type Roster, unitOf } from '../roster/roster.ts'
import type { LiaisonReport } from './liaison-report.ts'

/** One member's report of one month. */
export type MonthsReport = { month: string; person: string; report: LiaisonReport }

/** The months in which each branch was visited, by branch; a month stands as often as it was visited then. */
export function monthsVisited(reports: readonly MonthsReport[]): Map<string, string[]> {
  const months = new Map<string, string[]>()
  for (const { month, report } of reports)
    for (const branch of report.branches) months.set(branch, [...(months.get(branch) ?? []), month])
  return months
}

/** Names of the members responsible for each branch, by branch; whose liaison covers all is named nowhere. */
export function liaisonNames(roster: Roster): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const person of committeeOf(roster)) {
    const own = liaisonBranches(roster, person)
    if (own.length === roster.branches.length) continue
    for (const { id } of own) named.set(id, [...(named.get(id) ?? []), person.name])
  }
  return named
}

/** Of each general branch, in the order of the roster: its branches, how many of them were visited, and how often in all. */
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
