import type { Turn } from '../../src/bot/turn/turn.ts'
import { monthBefore, monthWords } from '../../src/campaign/calendar/month.ts'
import { emptyReport, type Report, saysNone } from '../../src/campaign/reading/read-liaison-report.ts'
import { carriedOver } from '../../src/campaign/reports/carried-issue.ts'
import { cleaned, readsLikeReport, rewritten, takenUp, withBranches } from '../../src/campaign/reports/draft.ts'
import { ReportDraft } from '../../src/campaign/reports/draft-shape.ts'
import { reportParts, reportQuestion, understood, wholeReport } from '../../src/campaign/reports/draft-words.ts'
import { reopenedLiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import { fullNames, namesOf } from '../../src/campaign/roster/branch-names.ts'
import { type Branch, committeePosts, reportedBranches } from '../../src/campaign/roster/roster.ts'
import type { Form, Read, Subject } from '../../src/forms/form.ts'
import { monthly } from '../../src/forms/month.ts'
import { sponsoredBy } from '../lagging/records.ts'
import { byMonth, closingOf, recordOf } from './month.ts'
import { earlierSame, submit } from './submit.ts'

const months = monthly(byMonth)

const branchesOf = async (turn: Turn): Promise<Branch[]> =>
  reportedBranches(turn.roster, turn.who, await sponsoredBy(turn, turn.who))
const knownTo = async (turn: Turn) => ({
  own: namesOf(turn.roster, await branchesOf(turn)),
  all: namesOf(turn.roster),
})

/** Once the party office has closed the month, a submitted report cannot be changed, but a missing one is still taken. */
async function closed(turn: Turn, { id: month }: Subject): Promise<string | undefined> {
  if ((await closingOf(turn, month)) !== 'closed' || (await recordOf(turn, month)) === undefined) return undefined
  const words = monthWords(month)
  return `${words}的报告党委办公室已经定稿，不能再改。确需更正请联系党委办公室重开（党委办公室回复“月报汇总 ${words} 重开 原因”）。`
}

/** Claims a text that reads like a report. A greeting is none. */
async function claims(turn: Turn, text: string): Promise<Subject | undefined> {
  return readsLikeReport(text, await knownTo(turn)) ? months.own(turn) : undefined
}

/** The hard issue that this person raised the month before, if there was one. */
async function lastHardIssue(turn: Turn, month: string): Promise<string | undefined> {
  const hard = (await recordOf(turn, monthBefore(month)))?.hard
  return hard !== undefined && !saysNone(hard) ? hard : undefined
}

/** Nothing is shortened, and nothing is replaced unless the person asks for it. */
async function read(
  turn: Turn,
  text: string,
  { subject: { id: month }, before, part }: { subject: Subject; before: Report; part?: string },
): Promise<Read<Report>> {
  if (part !== undefined)
    return { fields: rewritten(before, part, { text: cleaned(text).trim(), known: await knownTo(turn) }) }
  const left = await lastHardIssue(turn, month)
  const carried = left === undefined ? undefined : carriedOver(before, text, left)
  if (carried) return { fields: carried }
  const { report, others } = takenUp(before, text, await knownTo(turn))
  const names = fullNames(turn.roster, others).join('、')
  return { fields: report, ...(names === '' ? {} : { note: `${names}不是您联系的支部，没有记入。` }) }
}

/** J5: the monthly liaison report, in one free message or bit by bit. */
export const liaisonReportForm: Form<Report> = {
  name: 'report',
  word: byMonth.word,
  by: committeePosts,
  use: '联系支部工作报告',
  whose: '联系支部报告由党委委员填写',
  records: [],
  draft: ReportDraft,
  subject: months.subject,
  find: months.find,
  sample: '到了哪个支部、看到什么、解决了什么、有什么难点',
  calls: months.calls,
  isDone: months.isDone,
  claims,
  closed,
  nothing: emptyReport,
  async onRecord(turn, { id }) {
    const record = await recordOf(turn, id)
    return record && reopenedLiaisonReport(record)
  },
  adds: true,
  read,
  asks: async (turn, report, { id, label }) =>
    reportQuestion(turn.roster, report, {
      title: label,
      own: await branchesOf(turn),
      left: await lastHardIssue(turn, id),
    }),
  chosen: (report, branch) => (report.unclearBranches?.ids.includes(branch) ? withBranches(report, [branch]) : report),
  shows: ({ roster }, report) => wholeReport(roster, report),
  gist: ({ roster }, report) => understood(roster, report),
  title: ({ label }) => label,
  parts: () => reportParts,
  /** A report that repeats an earlier one leads to a question, which never blocks. */
  async remark(turn, report, { id }) {
    const same = await earlierSame(turn, id, report)
    return (
      same &&
      `${monthWords(id)}报告与${monthWords(same)}的内容相同。请用一句话说明情况（只给组织部看）；不需要说明请再回复“提交”。`
    )
  },
  submit: (turn, { remark, ...report }, { id }) => submit(turn, id, { report, remark }),
}
