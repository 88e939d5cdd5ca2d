import type { Temporal } from 'temporal-polyfill'
import { listed } from '../src/bot/pushes/push-text.ts'
import { type Due, nameOfLiaisonReport, type Schedule, type Snapshot } from '../src/bot/pushes/schedule.ts'
import { opensMonth } from '../src/campaign/calendar/calendar.ts'
import { monthOf } from '../src/campaign/calendar/month.ts'
import { type AssignmentGap, assignmentGaps } from '../src/campaign/plan/assignment.ts'
import { wordedFor } from '../src/campaign/roster/post-words.ts'
import { branchName, committeePosts, holdersOf, holds, type Person, type Post } from '../src/campaign/roster/roster.ts'

const duty = 'liaison-assignment'
type Day = Temporal.PlainDate

/**
 * J6 and task 8, on the first working day of each month: the branches without a recorded visit in the month before, and differences between
 * the assignment and the plan.
 */
export const liaisonAssignmentSchedule: Schedule = {
  duty,
  due: (snapshot, date) => {
    const { campaign, calendar } = snapshot.world
    return opensMonth(calendar, date, campaign.starts)
      ? [...visits(snapshot, date.subtract({ months: 1 })), ...assignment(snapshot, date)]
      : []
  },
  open: () => [],
}

function told({ world }: Snapshot, post: Post, due: Pick<Due, 'period' | 'step' | 'says'>): Due[] {
  return holdersOf(world.roster, post).map((person) => ({ receiver: { person }, duty, kind: 'escalation', ...due }))
}

/** A missing report says nothing about visits. The liaison report's own ladder tells the party office about it. */
function visits(snapshot: Snapshot, ended: Day): Due[] {
  const { campaign, roster } = snapshot.world
  const month = monthOf(ended)
  if (!campaign.duties['liaison-report'].milestones.some((end) => monthOf(end) === month)) return []
  const wanted = campaign.liaison.visitsAMonth
  const members = roster.people.filter((person) => holds(person, ...committeePosts))
  const visited = ({ id }: Person): number | undefined =>
    snapshot.liaisonReports.get(nameOfLiaisonReport(month, id))?.branches.length
  const few = members.filter((person) => (visited(person) ?? wanted) < wanted)
  const silent = members.filter((person) => visited(person) === undefined)
  const due = (silent: readonly Person[]) => ({
    period: month,
    step: 'visits',
    says: () => ({
      title: `${ended.month}月有${few.length + silent.length}位委员走访记录不足，方案为每月不少于${wanted}个支部。`,
      lines: [...named('报告中走访不足', few), ...named('报告还没交', silent)],
      reply: `汇总请回复“月报汇总 ${ended.month}月”。`,
    }),
  })
  return [
    ...(few.length + silent.length > 0 ? told(snapshot, 'organization-department', due(silent)) : []),
    ...(few.length > 0 ? told(snapshot, 'party-office', due([])) : []),
  ]
}
const named = (what: string, people: readonly Person[]): string[] =>
  people.length > 0
    ? [
        `${what}：${listed(
          people.map(({ name }) => name),
          '位',
        )}`,
      ]
    : []

function assignment(snapshot: Snapshot, date: Day): Due[] {
  const { campaign, roster } = snapshot.world
  const { members, branches } = assignmentGaps(roster, campaign.liaison)
  if (date.until(campaign.ends).days < 0 || members.length + branches.length === 0) return []
  const says = () => ({
    title: '联系支部的分配与方案不符，请核实。',
    lines: [
      ...(members.length > 0 ? [listed(members.map(gapWords), '位')] : []),
      ...(branches.length > 0
        ? [
            `没有委员联系：${listed(
              branches.map((branch) => branchName(roster, branch)),
              '个',
            )}`,
          ]
        : []),
    ],
    reply: wordedFor(snapshot.world.campaign)`由组织部在名册“联系支部”一列调整，重新导入后生效。`,
  })
  const due = { period: monthOf(date), step: 'assignment', says }
  return [...told(snapshot, 'organization-department', due), ...told(snapshot, 'party-office', due)]
}

function gapWords({ person, assigned, wanted }: AssignmentGap): string {
  if (wanted === 'all') return `${person.name}${assigned}个（方案为全部）`
  const range = wanted.from === wanted.to ? String(wanted.from) : `${wanted.from}至${wanted.to}`
  return `${person.name}${assigned}个（方案为${range}个）`
}
