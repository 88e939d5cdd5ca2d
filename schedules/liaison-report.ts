import type { Temporal } from 'temporal-polyfill'
import { hardIssues, issuesIn } from '../handlers/hard-issues/issues.ts'
import { laggingIn, laggingReads, numbered } from '../handlers/lagging/records.ts'
import { listed } from '../src/bot/pushes/push-text.ts'
import { type Due, nameOfReport, type OpenDuty, type Schedule, type Snapshot } from '../src/bot/pushes/schedule.ts'
import { dueWords, stepOf } from '../src/campaign/calendar/ladder.ts'
import { counts, isOpen, stateOf } from '../src/campaign/reports/hard-issue.ts'
import { monthOf } from '../src/campaign/reports/report.ts'
import {
  branchName,
  committeePosts,
  holdersOf,
  holds,
  liaisonBranches,
  type Person,
} from '../src/campaign/roster/roster.ts'
import { isConverted } from '../src/campaign/scores/rounds.ts'

const duty = 'liaison-report'
type Month = Temporal.PlainDate

/** J5: each committee member reports on a branch visited, by the end of every month. */
export const liaisonReportSchedule: Schedule = {
  duty,
  reads: [hardIssues, ...laggingReads],
  due: (snapshot, date) =>
    snapshot.world.campaign.duties[duty].milestones.flatMap((month) => [
      ...toMembers(snapshot, month, date),
      ...toOffice(snapshot, month, date),
      ...toGroups(snapshot, month, date),
    ]),
  open: (snapshot, person) =>
    holds(person, ...committeePosts)
      ? begun(snapshot)
          .filter((month) => !isReported(snapshot, month, person))
          .map((month): OpenDuty => ({ duty, deadline: month, ...asked(snapshot, month, person) }))
      : [],
}

const membersOf = ({ world }: Snapshot): Person[] =>
  world.roster.people.filter((person) => holds(person, ...committeePosts))
const isReported = ({ reports }: Snapshot, month: Month, person: Person): boolean =>
  reports.has(nameOfReport(monthOf(month), person.id))

/** Months that have been asked for: the one that runs, and those before. */
const begun = ({ world }: Snapshot): Month[] => {
  const today = world.now.toPlainDate()
  return world.campaign.duties[duty].milestones.filter((month) => month.with({ day: 1 }).until(today).days >= 0)
}

function asked(snapshot: Snapshot, month: Month, person: Person): { title: string; lines: string[]; reply: string } {
  const { calendar, roster, now } = snapshot.world
  const own = liaisonBranches(roster, person)
  const names = own.map((branch) => branchName(roster, branch))
  const all = own.length === roster.branches.length && own.length > 8
  // Once the month is over, words alone may be taken as the next one's.
  const how =
    month.until(now.toPlainDate()).days > 0 ? `请以“月报 ${month.month}月”开头回复一段话` : '直接回复一段话即可'
  return {
    title: `${month.month}月联系支部报告，${dueWords(calendar, month, now.toPlainDate())}。`,
    lines: [
      all ? '您联系全院各党支部。' : `您联系的支部：${names.join('、') || '名册里还没有，请联系组织部'}。`,
      ...sponsored(snapshot, person),
      ...raisedBy(snapshot, month, person),
    ],
    reply: `${how}：到了哪个支部、看到什么、解决了什么、有什么难点。`,
  }
}
const short = (text: string): string =>
  Array.from(text).length > 60 ? `${Array.from(text).slice(0, 60).join('')}…` : text

/** The lagging branches that this person sponsors, until they have moved up: their progress belongs into the report (J9). */
function sponsored(snapshot: Snapshot, { id }: Person): string[] {
  const { bands } = snapshot.world.campaign
  const own = laggingIn(snapshot).filter(({ sponsor, rounds }) => sponsor?.id === id && !isConverted(rounds, bands))
  const names = own.map(({ name, measures }) => {
    const all = numbered(measures)
    const done = all.filter(({ measure }) => measure.state === '已完成').length
    return `${name}（${all.length > 0 ? `措施已完成${done}/${all.length}` : '措施未提出'}）`
  })
  return own.length > 0 ? [`您包扶的支部：${names.join('、')}，请写明整改进展。`] : []
}

/** The person's hard issues that are open, and how those of the month before stand. */
function raisedBy(snapshot: Snapshot, month: Month, { id }: Person): string[] {
  const before = monthOf(month.subtract({ months: 1 }))
  return issuesIn(snapshot)
    .filter(({ issue }) => issue.raiser === id && counts(issue) && issue.month < monthOf(month))
    .filter(({ issue }) => isOpen(issue) || issue.month === before)
    .map(({ issue }) => `您提出的问题：${short(issue.words)}（${stateOf(issue)}）`)
}

function toMembers(snapshot: Snapshot, month: Month, date: Temporal.PlainDate): Due[] {
  const { campaign, calendar } = snapshot.world
  const rules = campaign.duties[duty]
  const { person: step } = stepOf(rules, month, date, calendar)
  if (step === undefined) return []
  return membersOf(snapshot)
    .filter((person) => !isReported(snapshot, month, person))
    .map((person) => ({
      receiver: { person },
      duty,
      period: monthOf(month),
      step,
      kind: step === rules.prompt ? 'prompt' : 'reminder',
      ...asked(snapshot, month, person),
    }))
}

/** Once, merged, to the party office. */
function toOffice(snapshot: Snapshot, month: Month, date: Temporal.PlainDate): Due[] {
  const { campaign, calendar, roster } = snapshot.world
  const { superior: step } = stepOf(campaign.duties[duty], month, date, calendar)
  const missing = step === undefined ? [] : membersOf(snapshot).filter((person) => !isReported(snapshot, month, person))
  if (missing.length === 0) return []
  return holdersOf(roster, 'party-office').map((person) => ({
    receiver: { person },
    duty,
    period: monthOf(month),
    step: `superior-${step}`,
    kind: 'escalation',
    title: `${month.month}月联系支部报告已到期，还有${missing.length}位未交。`,
    lines: [
      listed(
        missing.map((one) => one.name),
        '位',
      ),
    ],
    reply: `汇总请回复“月报汇总 ${month.month}月”。`,
  }))
}

/** Counts, in the groups of the whole college: the members belong to no general branch. */
function toGroups(snapshot: Snapshot, month: Month, date: Temporal.PlainDate): Due[] {
  const { campaign, calendar, roster, now } = snapshot.world
  const { group: step, superior } = stepOf(campaign.duties[duty], month, date, calendar)
  const named = campaign.switches.namesInGroupsAfterDeadline && superior !== undefined
  if (step === undefined && !named) return []
  const members = membersOf(snapshot)
  const missing = members.filter((person) => !isReported(snapshot, month, person))
  if (missing.length === 0) return []
  const done = `已交 ${members.length - missing.length}/${members.length}`
  return roster.groups
    .filter((group) => group.scope === 'college')
    .map((group) => ({
      receiver: { group },
      duty,
      period: monthOf(month),
      step: step ?? `after-${superior}`,
      kind: 'reminder',
      title: `${month.month}月联系支部报告 ${dueWords(calendar, month, now.toPlainDate())}，${done}。`,
      lines: named ? [`还没交：${missing.map((person) => person.name).join('、')}`] : [],
      reply: '请各位委员在与我的对话里直接回复报告。',
      ...(named ? { mention: missing.flatMap((person) => person.accounts[group.platform] ?? []) } : {}),
    }))
}
