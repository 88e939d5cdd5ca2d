import { Temporal } from 'temporal-polyfill'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { ProgressLine } from '../../src/bot/turn/progress-line.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { monthBefore } from '../../src/campaign/calendar/month.ts'
import { shortened } from '../../src/campaign/cut.ts'
import { listsBy, once } from '../../src/campaign/once.ts'
import { counts, HardIssue, isOpen, type Numbered, raise, stateOf } from '../../src/campaign/reports/hard-issue.ts'
import { fullNames } from '../../src/campaign/roster/branch-names.ts'
import { type Person, personOf, type Roster } from '../../src/campaign/roster/roster.ts'
import { progressLine } from '../../src/forms/progress-line.ts'
import { type Recorded, record, recordTable } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'

/** Keys: campaign, number with leading zeros, so that keys sort by number. */
export const hardIssues = recordTable('hard-issue', HardIssue)
export const issueKey = (number: number): string => String(number).padStart(5, '0')

/** All issues in the order of their numbers. */
export const issuesIn = ({ kept }: Snapshot): readonly Numbered[] => numbered(kept.of(hardIssues))
const numbered = once((rows: readonly { ids: readonly string[]; value: Recorded<HardIssue> }[]): readonly Numbered[] =>
  rows.map(({ ids, value }) => ({ number: Number(ids[1]), issue: value.content })),
)
const byRaiser = once((issues: readonly Numbered[]) => listsBy(issues, ({ issue }) => [issue.raiser]))

/** What is said of the issues that a person raised before a month: those that are open, and any of the month just before. */
export function raisedBefore(snapshot: Snapshot, month: string, { id }: Person): string[] {
  const before = monthBefore(month)
  const raised = byRaiser(issuesIn(snapshot)).get(id) ?? []
  return raised
    .filter(({ issue }) => counts(issue) && issue.month < month)
    .filter(({ issue }) => isOpen(issue) || issue.month === before)
    .map(({ issue }) => `您提出的问题：${shortened(issue.words, 60)}（${stateOf(issue)}）`)
}

/** Puts the issues of a submitted report on the list. `hard` has one on each line, or says that there is none. */
export async function raiseIssues(
  turn: Turn,
  { month, branches, issues }: { month: string; branches: readonly string[]; issues: readonly string[] },
): Promise<void> {
  const before = (await turn.list(hardIssues, turn.campaign.id)).map(({ ids, value }) => ({
    number: Number(ids[1]),
    issue: value.content,
  }))
  const changed = raise(before, { month, raiser: turn.who.id, branches: [...branches], issues })
  for (const { number, issue } of changed) {
    await record(turn, hardIssues, { ids: [issueKey(number)], content: issue, what: issue.takenOut ? '撤回' : '提出' })
  }
}

/** `3 5月 马建国 网络教研室党支部：机房投影损坏…（待上会）`. */
export function issueLine(roster: Roster, { number, issue }: Numbered): string {
  const raiser = personOf(roster, issue.raiser)?.name ?? '（已离任）'
  const branches = fullNames(roster, issue.branches).join('、')
  const due = issue.decision?.due && !issue.answer ? `，${dayShort(issue.decision.due)}前` : ''
  const deed = issue.answer
    ? `\n　答复：${issue.answer.words}`
    : issue.decision
      ? `\n　决定：${issue.decision.words}`
      : ''
  return `${number} ${Number(issue.month.slice(5))}月 ${raiser}${branches ? ` ${branches}` : ''}：${issue.words}（${stateOf(issue)}${due}）${deed}`
}
const dayShort = (day: string): string => {
  const { month, day: date } = Temporal.PlainDate.from(day)
  return `${month}月${date}日`
}

/** The open ones first, each part by number. */
export const openFirst = (all: readonly Numbered[]): Numbered[] => [
  ...all.filter(({ issue }) => isOpen(issue)),
  ...all.filter(({ issue }) => !isOpen(issue)),
]

/** 议题 in 进度: answered of all, for people who see the college's counts. */
export const hardIssueLine: ProgressLine = {
  ...progressLine({
    name: '议题',
    counted: async (turn) =>
      issuesIn(await snapshotIn(turn, [hardIssues]))
        .filter(({ issue }) => counts(issue))
        .map(({ issue }) => ({ name: issue.words, done: stateOf(issue) === '已答复' })),
  }),
  open: () => Promise.resolve(undefined),
}
