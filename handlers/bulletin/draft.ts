import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { nameOfLiaisonReport, nameOfScorecard, type Snapshot } from '../../src/bot/pushes/schedule.ts'
import { monthOf } from '../../src/campaign/calendar/month.ts'
import { begunBy, quarterWords } from '../../src/campaign/calendar/quarter.ts'
import { isOpen, stateOf } from '../../src/campaign/reports/hard-issue.ts'
import { wordedFor } from '../../src/campaign/roster/post-words.ts'
import { type Branch, branchesBelow, committeePosts, holds } from '../../src/campaign/roster/roster.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { reportIn } from '../../src/forms/quarter.ts'
import { recordTable } from '../../src/forms/record.ts'
import { hardIssues, issuesIn } from '../hard-issues/issues.ts'
import { quarterlyReports } from '../quarterly-report/reports.ts'

/**
 * `words` are own words in place of the draft. `sent` is the day (ISO) of sending by the group's id; `sentBy` is who ordered it and when.
 */
export const Bulletin = z.strictObject({
  words: z.strictObject({ by: z.string(), text: z.string() }).exactOptional(),
  sent: z
    .strictObject({ by: z.string(), at: z.string(), days: z.record(z.string(), z.string()), text: z.string() })
    .exactOptional(),
})
export type Bulletin = z.infer<typeof Bulletin>
/** Keys: campaign, period: a month `2022-04`, or the last day of a quarter. */
export const bulletins = recordTable('bulletin', Bulletin)
export const bulletinReads = [bulletins, hardIssues, quarterlyReports]

/** The period's name, and its last day. */
export type Period = { id: string; name: string; end: Temporal.PlainDate; quarter: boolean }

export const monthPeriod = (date: Temporal.PlainDate): Period => ({
  id: monthOf(date),
  name: `${date.month}月`,
  end: date.with({ day: date.daysInMonth }),
  quarter: false,
})
export const quarterPeriod = (end: Temporal.PlainDate): Period => ({
  id: end.toString(),
  name: quarterWords(end),
  end,
  quarter: true,
})

/**
 * The draft (J8): counts by general branch in the roster's order, overdue things, hard issues that were answered. No ranking (R1), no
 * names.
 */
export function draftOf(snapshot: Snapshot, period: Period): string[] {
  const { now } = snapshot.world
  const minute = `${now.month}月${now.day}日${now.hour}:${String(now.minute).padStart(2, '0')}`
  return [
    `${period.name}基层组织建设工作通报（截至${minute}）`,
    ...unitsOf(snapshot).map(({ name, branches }) => `${name}：${countsOf(snapshot, branches, period)}`),
    ...liaison(snapshot, period),
    ...overdue(snapshot),
    ...issues(snapshot),
  ]
}

function unitsOf({ world: { roster } }: Snapshot): { name: string; branches: readonly Branch[] }[] {
  const direct = branchesBelow(roster, undefined)
  return [
    ...roster.generalBranches.map(({ id, name }) => ({ name, branches: branchesBelow(roster, id) })),
    ...(direct.length > 0 ? [{ name: '直属党支部', branches: direct }] : []),
  ]
}

const isScored = (snapshot: Snapshot, { id }: Branch): boolean =>
  isDone(snapshot.scorecards.get(nameOfScorecard(snapshot.world.campaign, id, 'deciding')))

function quarterIn(snapshot: Snapshot, { end, quarter }: Period): Temporal.PlainDate | undefined {
  const { campaign, now } = snapshot.world
  const begun = begunBy(campaign.duties['quarterly-report'].milestones, now.toPlainDate())
  return quarter ? begun.find((one) => one.equals(end)) : begun.at(-1)
}

function countsOf(snapshot: Snapshot, branches: readonly Branch[], period: Period): string {
  const scored = branches.filter((branch) => isScored(snapshot, branch)).length
  const quarter = quarterIn(snapshot, period)
  const isReported = (end: Temporal.PlainDate, { id }: Branch): boolean =>
    reportIn(snapshot, quarterlyReports, { quarter: end, unit: { kind: 'branch', id } }) !== undefined
  return [
    `评分 ${scored}/${branches.length}`,
    ...(quarter
      ? [`${quarterWords(quarter)}季报 ${branches.filter((one) => isReported(quarter, one)).length}/${branches.length}`]
      : []),
  ].join('，')
}

/** The liaison reports of the month, or of the quarter's months that have begun. */
function liaison(snapshot: Snapshot, { end, quarter }: Period): string[] {
  const { campaign, roster, now } = snapshot.world
  const members = roster.people.filter((person) => holds(person, ...committeePosts))
  const first = quarter ? end.subtract({ months: 2 }).with({ day: 1 }) : end.with({ day: 1 })
  return campaign.duties['liaison-report'].milestones
    .filter((month) => first.until(month).days >= 0 && month.until(end).days >= 0)
    .filter((month) => month.with({ day: 1 }).until(now.toPlainDate()).days >= 0)
    .map((month) => {
      const done = members.filter(({ id }) =>
        snapshot.liaisonReports.has(nameOfLiaisonReport(monthOf(month), id)),
      ).length
      return wordedFor(campaign)`党委委员${month.month}月联系支部报告 ${done}/${members.length}`
    })
}

function overdue(snapshot: Snapshot): string[] {
  const { campaign, roster, now } = snapshot.world
  const { deadline } = campaign.duties.grading
  const open = roster.branches.filter((branch) => !isScored(snapshot, branch)).length
  const isOver = deadline.until(now.toPlainDate()).days > 0
  return isOver && open > 0 ? [`逾期未完成：支部评分${open}个`] : []
}

function issues(snapshot: Snapshot): string[] {
  const all = issuesIn(snapshot).map(({ issue }) => issue)
  const answered = all.filter((issue) => stateOf(issue) === '已答复').length
  const open = all.filter(isOpen).length
  return answered + open > 0 ? [`难点堵点热点问题：已答复${answered}项，正在办理${open}项`] : []
}
