import { dayOf } from '../../src/bot/clock.ts'
import { type Cell, type List, type Listed, type Mark, unitName } from '../../src/bot/dashboard/list.ts'
import { liaisonReports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { endOf, monthOf, monthWords } from '../../src/campaign/calendar/month.ts'
import { type LiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import {
  branchName,
  branchOf,
  committeePosts,
  holds,
  liaisonBranches,
  type Person,
} from '../../src/campaign/roster/roster.ts'
import { reportedMonths } from './month.ts'
import { membersOf } from './owed.ts'

const seesNames = (turn: Turn): boolean => holds(turn.who, 'organization-department', 'party-office')
const seesCounts = (turn: Turn): boolean =>
  seesNames(turn) || holds(turn.who, 'committee-secretary', 'deputy-secretary')

/** J5: which member visited how many branches in which month; counts by month for who may not see the names of the silent. */
export const coverage: List = {
  name: 'coverage',
  title: '联系支部走访',
  onPage: true,
  behind: '月报',
  seen: seesCounts,
  read: async (turn) => (seesNames(turn) ? byMember(turn) : byMonth(turn)),
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

type Reported = ReadonlyMap<string, LiaisonReport>
const keyOf = (month: string, person: string): string => `${month} ${person}`
async function reported(turn: Turn): Promise<Reported> {
  const found = await turn.list(liaisonReports, turn.campaign.id)
  return new Map(found.map(({ ids, value }) => [keyOf(ids[1] ?? '', ids[2] ?? ''), value]))
}
/** The months that have begun. */
const monthsSoFar = (turn: Turn): string[] =>
  reportedMonths(turn).filter((month) => month <= monthOf(turn.now.toPlainDate()))
const isOver = (turn: Turn, month: string): boolean => turn.now.toPlainDate().toString() > endOf(month).toString()
const missing = (turn: Turn, month: string): { text: string; mark: Mark } =>
  isOver(turn, month) ? { text: '未交', mark: 'late' } : { text: '未到期', mark: 'open' }

async function byMember(turn: Turn): Promise<Listed> {
  const given = await reported(turn)
  const months = monthsSoFar(turn)
  const rows = membersOf(turn.roster).map((person): Cell[] => [
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

async function byMonth(turn: Turn): Promise<Listed> {
  const given = await reported(turn)
  const all = membersOf(turn.roster)
  const rows = monthsSoFar(turn).map((month): Cell[] => {
    const mine = all.flatMap(({ id }) => given.get(keyOf(month, id)) ?? [])
    const visited = new Set(mine.flatMap(({ branches }) => branches))
    return [monthWords(month), mine.length, all.length - mine.length, visited.size]
  })
  return { columns: ['月份', '已交', '未交', '走访支部'], rows, chart: { label: '月份', values: ['已交', '未交'] } }
}

async function visitsOf(turn: Turn): Promise<Listed> {
  const months = new Map<string, string[]>()
  for (const [key, { branches }] of await reported(turn))
    for (const branch of branches) months.set(branch, [...(months.get(branch) ?? []), key.slice(0, 7)])
  if (!seesNames(turn)) return visitsByUnit(turn, months)
  const responsible = liaisons(turn)
  const rows = turn.roster.branches.map((branch): Cell[] => {
    const visited = months.get(branch.id) ?? []
    return [
      unitName(turn, branch),
      branchName(turn.roster, branch),
      (responsible.get(branch.id) ?? []).join('、'),
      visited.length > 0 ? visited.length : { text: 0, mark: 'open' },
      [...new Set(visited)].sort().map(monthWords).join('、'),
    ]
  })
  return { columns: ['党总支', '党支部', '联系委员', '次数', '月份'], rows }
}

/** Names of the members responsible for each branch; whose liaison covers all is named nowhere. */
function liaisons(turn: Turn): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const person of membersOf(turn.roster)) {
    const own = liaisonBranches(turn.roster, person)
    if (own.length === turn.roster.branches.length) continue
    for (const { id } of own) named.set(id, [...(named.get(id) ?? []), person.name])
  }
  return named
}

function visitsByUnit(turn: Turn, months: ReadonlyMap<string, string[]>): Listed {
  const units = new Map<string, { all: number; visited: number; times: number }>()
  for (const branch of turn.roster.branches) {
    const unit = unitName(turn, branch)
    const sum = units.get(unit) ?? { all: 0, visited: 0, times: 0 }
    const times = months.get(branch.id)?.length ?? 0
    units.set(unit, { all: sum.all + 1, visited: sum.visited + (times > 0 ? 1 : 0), times: sum.times + times })
  }
  const rows = [...units].map(([unit, { all, visited, times }]): Cell[] => [unit, `${visited}/${all}`, times])
  return { columns: ['党总支', '走访过/支部', '次数'], rows }
}

async function reportsOf(turn: Turn): Promise<Listed> {
  const given = await reported(turn)
  const rows = monthsSoFar(turn)
    .reverse()
    .flatMap((month) =>
      membersOf(turn.roster).map((person) => reportRow(turn, month, person, given.get(keyOf(month, person.id)))),
    )
  return { columns: ['月份', '委员', '职务', '状态', '走访支部', '难点', '提交'], rows }
}

function reportRow(turn: Turn, month: string, person: Person, report: LiaisonReport | undefined): Cell[] {
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
