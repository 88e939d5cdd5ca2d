import type { Cell, List, Listed } from '../../src/bot/dashboard/list.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { counts, stateOf } from '../../src/campaign/reports/hard-issue.ts'
import { fullNames } from '../../src/campaign/roster/branch-names.ts'
import { holds, personOf } from '../../src/campaign/roster/roster.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { hardIssues, issuesIn, openFirst } from './issues.ts'

const maySay = (turn: Turn): boolean => holds(turn.who, 'organization-department', 'party-office')

/**
 * J13: every hard issue with its state, open ones first, for people who may say 议题. The leading secretaries see only the number in each
 * state.
 */
export const issueList: List = {
  name: 'issues',
  title: '难点堵点热点',
  onPage: true,
  behind: '议题',
  seen: (turn) => maySay(turn) || holds(turn.who, 'committee-secretary', 'deputy-secretary'),
  read: async (turn) => (maySay(turn) ? listed(turn) : counted(turn)),
}

const issuesOf = async (turn: Turn) =>
  openFirst(issuesIn(await snapshotIn(turn, [hardIssues]))).filter(({ issue }) => counts(issue))

async function listed(turn: Turn): Promise<Listed> {
  const { roster } = turn
  const rows = (await issuesOf(turn)).map(({ number, issue }): Cell[] => [
    number,
    `${Number(issue.month.slice(5))}月`,
    personOf(roster, issue.raiser)?.name ?? '（已离任）',
    fullNames(roster, issue.branches).join('、'),
    issue.words,
    { text: stateOf(issue), mark: stateOf(issue) === '已答复' ? 'done' : 'open' },
    issue.decision?.words ?? '',
    issue.answer?.words ?? '',
  ])
  return { columns: ['编号', '月份', '提出人', '党支部', '内容', '状态', '决定', '答复'], rows }
}

async function counted(turn: Turn): Promise<Listed> {
  const sums = new Map<string, number>()
  for (const { issue } of await issuesOf(turn)) sums.set(stateOf(issue), (sums.get(stateOf(issue)) ?? 0) + 1)
  return { columns: ['状态', '件数'], rows: [...sums].map(([state, count]): Cell[] => [state, count]) }
}
