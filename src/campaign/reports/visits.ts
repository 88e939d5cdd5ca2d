/** Which branches were visited, from the liaison reports of a campaign. Branches and people are ids, months are written `2022-05`. */
import { type PostNames, wordedFor } from '../roster/post-words.ts'
import {
  type Branch,
  branchName,
  branchOf,
  committeeOf,
  liaisonBranches,
  type Person,
  type Roster,
  unitOf,
} from '../roster/roster.ts'
import type { LiaisonReport } from './liaison-report.ts'

/** A report of one month. */
export type MonthsReport = { month: string; report: Pick<LiaisonReport, 'branches'> }

/** For each branch the months of its visits. A month occurs as often as the branch was visited in it. */
function monthsVisited(reports: readonly MonthsReport[]): Map<string, string[]> {
  const months = new Map<string, string[]>()
  for (const { month, report } of reports)
    for (const branch of report.branches) months.set(branch, [...(months.get(branch) ?? []), month])
  return months
}

/** For each branch the names of the responsible members. A member whose liaison covers all branches is not named. */
function liaisonNames(roster: Roster): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const person of committeeOf(roster)) {
    const own = liaisonBranches(roster, person)
    if (own.length === roster.branches.length) continue
    for (const { id } of own) named.set(id, [...(named.get(id) ?? []), person.name])
  }
  return named
}

/** For each branch, in the roster's order: the members responsible for it, and the months of its visits. */
export function visitsByBranch(
  roster: Roster,
  reports: readonly MonthsReport[],
): { branch: Branch; responsible: readonly string[]; months: readonly string[] }[] {
  const [months, names] = [monthsVisited(reports), liaisonNames(roster)]
  return roster.branches.map((branch) => ({
    branch,
    responsible: names.get(branch.id) ?? [],
    months: months.get(branch.id) ?? [],
  }))
}

/** For each general branch, in the roster's order: its branches, how many of them were visited, and the number of all visits. */
export function visitsByUnit(
  roster: Roster,
  reports: readonly MonthsReport[],
): { unit: string; all: number; visited: number; times: number }[] {
  const months = monthsVisited(reports)
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

/** Where a member went, or why nowhere: `软件教研室党支部、物流党支部`, `未走访：在外学习`. */
export function visitedWords(
  roster: Roster,
  { branches, noVisit = '' }: Pick<LiaisonReport, 'branches' | 'noVisit'>,
): string {
  const names = branches.map((id) => {
    const branch = branchOf(roster, id)
    return branch ? branchName(roster, branch) : '已撤并的支部'
  })
  return names.length > 0 ? names.join('、') : `未走访：${noVisit}`
}

/** Which branches a member visits. If it is the whole of a college, they are not named one by one. */
export function linkedWords({ roster, campaign }: { roster: Roster; campaign: PostNames }, person: Person): string {
  const own = liaisonBranches(roster, person)
  if (own.length === roster.branches.length && own.length > 8) return '您联系全院各党支部。'
  const names = own.map((branch) => branchName(roster, branch)).join('、')
  return `您联系的支部：${names || wordedFor(campaign)`名册里还没有，请联系组织部`}。`
}
