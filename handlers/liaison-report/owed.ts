import { nameOfLiaisonReport, type Said, type Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { ProgressLine } from '../../src/bot/turn/progress-line.ts'
import { monthBefore, monthOf, monthWords } from '../../src/campaign/calendar/month.ts'
import { shortened } from '../../src/campaign/cut.ts'
import { counts, isOpen, stateOf } from '../../src/campaign/reports/hard-issue.ts'
import {
  branchName,
  committeeOf,
  committeePosts,
  holdersOf,
  holds,
  liaisonBranches,
  type Person,
} from '../../src/campaign/roster/roster.ts'
import { isConverted } from '../../src/campaign/scores/rounds.ts'
import { heardOf } from '../../src/forms/heard.ts'
import { monthlyLine, owedByMonth, ownMonth } from '../../src/forms/month.ts'
import { dueOf } from '../../src/forms/open.ts'
import type { Owed, Owing } from '../../src/forms/owed.ts'
import { hardIssues, issuesIn } from '../hard-issues/issues.ts'
import { laggingIn, laggingReads, numbered } from '../lagging/records.ts'
import { byMonth, titleOf } from './month.ts'

/** J5: each committee member reports on a visited branch by the end of every month. These reports belong to no general branch. */
export const reportsOwed = {
  ...owedByMonth(byMonth, ({ world: { roster }, liaisonReports }, month, who) => {
    const superiors = holdersOf(roster, 'party-office')
    const members = who ? [who].filter((one) => holds(one, ...committeePosts)) : committeeOf(roster)
    return members.map((person) => ({
      by: [person],
      name: person.name,
      done: liaisonReports.has(nameOfLiaisonReport(month, person.id)),
      superiors,
    }))
  }),
  ...heardOf({
    called: (_, owed) => titleOf(monthIn(owed)),
    measure: { title: '位', names: '位' },
    reply: {
      superior: (open) => `汇总请回复“月报汇总 ${monthWords(monthIn(open))}”。`,
      group: () => '请各位委员在与我的对话里直接回复报告。',
    },
  }),
  reads: [hardIssues, ...laggingReads],
  asks(snapshot: Snapshot, open: readonly Owed[], person: Person): Said {
    const month = monthIn(open)
    // Once the month is over, words without a month may be taken for the next one.
    const isOver = month < monthOf(snapshot.world.now.toPlainDate())
    const how = isOver ? `请以“月报 ${monthWords(month)}”开头回复一段话` : '直接回复一段话即可'
    return {
      title: `${titleOf(month)}，${dueOf(snapshot, open)}。`,
      lines: [linked(snapshot, person), ...sponsored(snapshot, person), ...raisedBy(snapshot, month, person)],
      reply: `${how}：到了哪个支部、看到什么、解决了什么、有什么难点。`,
    }
  },
} satisfies Owing
const monthIn = ([one]: readonly Owed[]): string => one?.period ?? ''

/** In 帮助 and 进度 it is the month that 月报 means for the member who asks. */
export const liaisonReportLine: ProgressLine = {
  ...monthlyLine(reportsOwed),
  async today(turn) {
    if (!holds(turn.who, ...committeePosts)) return []
    const month = await ownMonth(turn, byMonth)
    return (await byMonth.isDone(turn, month)) ? [] : [`${titleOf(month)}，请直接回复一段话，或回复“月报”。`]
  },
}

function linked({ world: { roster } }: Snapshot, person: Person): string {
  const own = liaisonBranches(roster, person)
  const names = own.map((branch) => branchName(roster, branch)).join('、')
  const all = own.length === roster.branches.length && own.length > 8
  return all ? '您联系全院各党支部。' : `您联系的支部：${names || '名册里还没有，请联系组织部'}。`
}

/** The lagging branches that this person sponsors, until they have moved up. Their progress belongs in the report (J9). */
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

/** The person's open hard issues, and the state of those of the month before. */
function raisedBy(snapshot: Snapshot, month: string, { id }: Person): string[] {
  const before = monthBefore(month)
  return issuesIn(snapshot)
    .filter(({ issue }) => issue.raiser === id && counts(issue) && issue.month < month)
    .filter(({ issue }) => isOpen(issue) || issue.month === before)
    .map(({ issue }) => `您提出的问题：${shortened(issue.words, 60)}（${stateOf(issue)}）`)
}
