import { type Cell, type List, unitName } from '../../src/bot/dashboard/list.ts'
import { liaisonReports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { monthWords } from '../../src/campaign/calendar/month.ts'
import { visitedWords, visitsByBranch, visitsByUnit } from '../../src/campaign/reports/visits.ts'
import { branchName, holds, liaisonBranches } from '../../src/campaign/roster/roster.ts'
import { listsByMonth } from '../../src/forms/month-lists.ts'
import { byMonth } from './month.ts'

const names = (turn: Turn): boolean => holds(turn.who, 'organization-department', 'party-office')
const counts = (turn: Turn): boolean => names(turn) || holds(turn.who, 'committee-secretary', 'deputy-secretary')

/** J5: the reports themselves, and how many branches each member visited in each month. */
export const reportLists = listsByMonth(byMonth, {
  who: '委员',
  sees: { names, counts },
  months: {
    name: 'coverage',
    title: '联系支部走访',
    beside: { column: '联系支部', of: ({ roster }, person) => liaisonBranches(roster, person).length },
    figure: ({ branches: { length } }) =>
      length > 0 ? { text: `走访${length}个`, mark: 'done' } : { text: '未走访', mark: 'note' },
    sum: { column: '走访支部', of: (reports) => new Set(reports.flatMap(({ branches }) => branches)).size },
  },
  records: {
    name: 'reports',
    title: '联系支部报告',
    columns: ['走访支部', '难点'],
    cells: ({ roster }, report) => [visitedWords(roster, report), report.hard ?? ''],
  },
})

/** How often each branch was visited; by general branch for people who may not see names. */
export const visits: List = {
  name: 'visits',
  title: '各支部受访',
  onPage: true,
  seen: counts,
  async read(turn) {
    const kept = await turn.list(liaisonReports, turn.campaign.id)
    const reports = kept.map(({ ids: [, month = ''], value: report }) => ({ month, report }))
    if (!names(turn)) {
      const units = visitsByUnit(turn.roster, reports)
      const rows = units.map(({ unit, all, visited, times }) => [unit, `${visited}/${all}`, times])
      return { columns: ['党总支', '走访过/支部', '次数'], rows }
    }
    const rows = visitsByBranch(turn.roster, reports).map(({ branch, responsible, months }): Cell[] => [
      unitName(turn, branch),
      branchName(turn.roster, branch),
      responsible.join('、'),
      months.length > 0 ? months.length : { text: 0, mark: 'open' },
      [...new Set(months)].sort().map(monthWords).join('、'),
    ])
    return { columns: ['党总支', '党支部', '联系委员', '次数', '月份'], rows }
  },
}
