import { lateness } from '../../src/bot/records/deadlines.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { endOf, monthBefore, monthWords } from '../../src/campaign/calendar/month.ts'
import { emptyReport, type Report } from '../../src/campaign/reading/read-liaison-report.ts'
import { readsLikeReport, withBranches } from '../../src/campaign/reports/draft.ts'
import { ReportDraft } from '../../src/campaign/reports/draft-shape.ts'
import { withText } from '../../src/campaign/reports/draft-text.ts'
import { reportParts, reportQuestion, understood, wholeReport } from '../../src/campaign/reports/draft-words.ts'
import {
  issuesOf,
  monthRepeated,
  reopenedLiaisonReport,
  submitLiaisonReport,
} from '../../src/campaign/reports/liaison-report.ts'
import { fullNames, namesOf } from '../../src/campaign/roster/branch-names.ts'
import { type Branch, reportedBranches } from '../../src/campaign/roster/roster.ts'
import type { Form, Read, Subject } from '../../src/forms/form.ts'
import { keepIn, monthly, recordIn, recordsByMonth } from '../../src/forms/month.ts'
import { raiseIssues } from '../hard-issues/issues.ts'
import { sponsoredBy } from '../lagging/records.ts'
import { closedWords, tellIfClosed } from '../month-closing/month-closing.ts'
import { byMonth } from './month.ts'

const { own, ...ofMonths } = monthly(byMonth)

const branchesOf = async (turn: Turn): Promise<Branch[]> =>
  reportedBranches(turn.roster, turn.who, await sponsoredBy(turn, turn.who))
const knownTo = async (turn: Turn) => ({
  own: namesOf(turn.roster, await branchesOf(turn)),
  all: namesOf(turn.roster),
})

/** The hard issue that this person raised the month before, if there was one. */
async function lastHardIssue(turn: Turn, month: string): Promise<string | undefined> {
  const last = await recordIn(turn, byMonth, monthBefore(month))
  return last && issuesOf(last).length > 0 ? last.hard : undefined
}

/** Nothing is shortened, and nothing is replaced unless the person asks for it. */
async function read(
  turn: Turn,
  text: string,
  { subject: { id: month }, before, part }: { subject: Subject; before: Report; part?: string },
): Promise<Read<Report>> {
  const [known, left] = [await knownTo(turn), await lastHardIssue(turn, month)]
  const { report, others } = withText(before, text, { part, left, known })
  const names = fullNames(turn.roster, others).join('、')
  return { fields: report, ...(names === '' ? {} : { note: `${names}不是您联系的支部，没有记入。` }) }
}

async function submit(
  turn: Turn,
  { remark, ...report }: Report & { remark?: string },
  { id: month }: Subject,
): Promise<string> {
  const before = await recordIn(turn, byMonth, month)
  const late = lateness(turn.world, endOf(month), turn.now)
  const next = submitLiaisonReport(before, report, { ...deedOf(turn), late: late.days })
  if (!next) return '与上次提交相同，没有新版本。'
  await keepIn(turn, byMonth, { month, record: remark ? { ...next, remark } : next })
  await raiseIssues(turn, { month, branches: next.branches, issues: issuesOf(next) })
  return `${late.words}${await tellIfClosed(turn, byMonth, { month, changed: before !== undefined, late: late.days })}`
}

/** J5: the monthly liaison report, in one free message or bit by bit. */
export const liaisonReportForm: Form<Report> = {
  ...ofMonths,
  name: 'report',
  use: '联系支部工作报告',
  whose: '联系支部报告由党委委员填写',
  records: [],
  draft: ReportDraft,
  sample: '到了哪个支部、看到什么、解决了什么、有什么难点',
  /** A text that reads like a report. A greeting is none. */
  claims: async (turn, text) => (readsLikeReport(text, await knownTo(turn)) ? own(turn) : undefined),
  /** A missing report is still taken after its month was closed. */
  closed: async (turn, { id }) => ((await recordIn(turn, byMonth, id)) ? closedWords(turn, id) : undefined),
  nothing: emptyReport,
  onRecord: async (turn, { id }) => reopenedLiaisonReport(await recordIn(turn, byMonth, id)),
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
  parts: () => reportParts,
  /** A report that repeats an earlier one leads to a question, which never blocks. */
  async remark(turn, report, { id }) {
    const same = monthRepeated(report, id, await recordsByMonth(turn, byMonth))
    return (
      same &&
      turn.worded`${monthWords(id)}报告与${monthWords(same)}的内容相同。请用一句话说明情况（只给组织部看）；不需要说明请再回复“提交”。`
    )
  },
  submit,
}
