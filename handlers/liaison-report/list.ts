import { dayOf } from '../../src/bot/clock.ts'
import { type Cell, type List, type Listed, type Mark, unitName } from '../../src/bot/dashboard/list.ts'
import { liaisonReports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { endOf, monthWords } from '../../src/campaign/calendar/month.ts'
import type { LiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import { liaisonNames, type MonthsReport, monthsVisited, visitsByUnit } from '../../src/campaign/reports/visits.ts'
import {
  branchName,
  branchOf,
  committeeOf,
  committeePosts,
  holds,
  liaisonBranches,
  type Person,
} from '../../src/campaign/roster/roster.ts'
import { hasMonthBegun, monthsOf } from '../../src/forms/month.ts'
import { byMonth } from './month.ts'

const seesNames = (turn: Turn): boolean => holds(turn.who, 'organization-department', 'party-office')
const seesCounts = (turn: Turn): boolean =>
  seesNames(turn) || holds(turn.who, 'committee-secretary', 'deputy-secretary')

/** J5: the number of branches each member visited in each month. People who may not see the missing names see counts by month. */
export const coverage: List = {
  name: 'coverage',
  title: '联系支部走访',
  onPage: true,
  behind: '月报',
  seen: seesCounts,
  read: async (turn) => (seesNames(turn) ? ofMembers(turn) : ofMonths(turn)),
}

/** How often each branch was visited. */
export const visits: List = {
  name: 'visits',
  title: '各支部受访',
  onPage: true,
  seen: seesCounts,
  read: visitsOf,
}

/** The reports behind the figures of 月报. */
export const reportsList: List = {
  name: 'reports',
  title: '联系支部报告',
  onPage: false,
  behind: '月报',
  seen: seesNames,
  read: reportsOf,
}

const keyOf = (month: string, person: string): string => `${month} ${person}`
async function reported(turn: Turn): Promise<MonthsReport[]> {
  const found = await turn.list(liaisonReports, turn.campaign.id)
  return found.map(({ ids: [, month = '', person = ''], value }) => ({ month, person, report: value }))
}
const byName = (all: readonly MonthsReport[]): ReadonlyMap<string, LiaisonReport> =>
  new Map(all.map(({ month, person, report }) => [keyOf(month, person), report]))

const monthsSoFar = (turn: Turn): string[] =>
  monthsOf(turn, byMonth.about).filter((month) => hasMonthBegun(turn, month))
const missing = (turn: Turn, month: string): { text: string; mark: Mark } =>
  turn.now.toPlainDate().toString() > endOf(month).toString()
    ? { text: '未交', mark: 'late' }
    : { text: '未到期', mark: 'open' }

async function ofMembers(turn: Turn): Promise<Listed> {
  const given = byName(await reported(turn))
  const months = monthsSoFar(turn)
  const rows = committeeOf(turn.roster).map((person): Cell[] => [
    person.name,
    liaisonBranches(turn.roster, person).length,
    ...months.map((month): Cell => {
      const report = given.get(keyOf(month, person.id))
      const link = { list: 'reports', where: { 月份: monthWords(month), 委员: person.name } }
      if (!report) return { ...missing(turn, month), link }
      const count = report.branches.length
      return { text: count > 0 ? `走访${count}个` : '未走访', mark: count > 0 ? 'done' : 'note', link }
    }),
  ])
  return { columns: ['委员', '联系支部', ...months.map(monthWords)], rows }
}

async function ofMonths(turn: Turn): Promise<Listed> {
  const given = byName(await reported(turn))
  const all = committeeOf(turn.roster)
  const rows = monthsSoFar(turn).map((month): Cell[] => {
    const mine = all.flatMap(({ id }) => given.get(keyOf(month, id)) ?? [])
    const visited = new Set(mine.flatMap(({ branches }) => branches))
    return [monthWords(month), mine.length, all.length - mine.length, visited.size]
  })
  return { columns: ['月份', '已交', '未交', '走访支部'], rows, chart: { label: '月份', values: ['已交', '未交'] } }
}

async function visitsOf(turn: Turn): Promise<Listed> {
  const { roster } = turn
  const months = monthsVisited(await reported(turn))
  if (!seesNames(turn)) {
    const rows = visitsByUnit(roster, months).map(({ unit, all, visited, times }) => [unit, `${visited}/${all}`, times])
    return { columns: ['党总支', '走访过/支部', '次数'], rows }
  }
  const responsible = liaisonNames(roster)
  const rows = roster.branches.map((branch): Cell[] => {
    const visited = months.get(branch.id) ?? []
    return [
      unitName(turn, branch),
      branchName(roster, branch),
      (responsible.get(branch.id) ?? []).join('、'),
      visited.length > 0 ? visited.length : { text: 0, mark: 'open' },
      [...new Set(visited)].sort().map(monthWords).join('、'),
    ]
  })
  return { columns: ['党总支', '党支部', '联系委员', '次数', '月份'], rows }
}

async function reportsOf(turn: Turn): Promise<Listed> {
  const given = byName(await reported(turn))
  const rows = monthsSoFar(turn)
    .reverse()
    .flatMap((month) =>
      committeeOf(turn.roster).map((person) =>
        reportRow(turn, month, { person, report: given.get(keyOf(month, person.id)) }),
      ),
    )
  return { columns: ['月份', '委员', '职务', '状态', '走访支部', '难点', '提交'], rows }
}

function reportRow(
  turn: Turn,
  month: string,
  { person, report }: { person: Person; report: LiaisonReport | undefined },
): Cell[] {
  const posts = person.seats
    .filter(({ post }) => committeePosts.includes(post))
    .map(({ post }) => turn.campaign.posts[post])
  const head = [monthWords(month), person.name, posts.join('、')]
  if (!report) return [...head, missing(turn, month), '', '', '']
  const branches = report.branches.map((id) => {
    const branch = branchOf(turn.roster, id)
    return branch ? branchName(turn.roster, branch) : '已撤并的支部'
  })
  const at = dayOf(report.at)
  return [
    ...head,
    report.late ? { text: `已交，逾期${report.late}个工作日`, mark: 'late' } : { text: '已交', mark: 'done' },
    branches.length > 0 ? branches.join('、') : `未走访：${report.noVisit ?? ''}`,
    report.hard ?? '',
    `${at.month}月${at.day}日`,
  ]
}
