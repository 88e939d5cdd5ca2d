import { lateness } from '../../src/bot/records/deadlines.ts'
import { dropDraft } from '../../src/bot/records/drafts.ts'
import { reports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { saysNone } from '../../src/campaign/reading/read-report.ts'
import { type LiaisonReport, monthOf, repeatsEarlier, submitReport } from '../../src/campaign/reports/report.ts'
import { holdersOf } from '../../src/campaign/roster/roster.ts'
import { raiseIssues } from '../hard-issues/issues.ts'
import { closingOf, draftOf, endOf, monthWords, recordOf, reportedMonths, reportForm, setFocus } from './month.ts'

/** The hard issue this person raised the month before, as long as it was one. */
export async function lastHardIssue(turn: Turn, month: string): Promise<string | undefined> {
  const hard = (await recordOf(turn, monthOf(endOf(month).subtract({ months: 1 }))))?.hard
  return hard !== undefined && !saysNone(hard) ? hard : undefined
}

/**
 * Submits the draft of a month. A report that repeats an earlier one asks for a word first (never blocking); `remark` is that word,
 * empty where the person would not say one.
 */
export async function submit(turn: Turn, month: string, remark?: string): Promise<void> {
  const draft = await draftOf(turn, month)
  if (!draft) return
  const before = await recordOf(turn, month)
  const late = lateness(turn.world, endOf(month), turn.now)
  const at = turn.now.toString({ timeZoneName: 'never' })
  const next = submitReport(before, draft.fields, turn.who.id, at, late.days)
  if (next && remark === undefined) {
    const same = await earlierSame(turn, month, next)
    if (same) {
      setFocus(turn, { month, reason: true })
      // 提交 typed now means that there is nothing to explain; it is not the button of the card above.
      turn.session.choices = []
      return turn.say(
        `${monthWords(month)}报告与${monthWords(same)}的内容相同。请用一句话说明情况（只给组织部看）；不需要说明请再回复“提交”。`,
      )
    }
  }
  await dropDraft(turn, reportForm, month)
  setFocus(turn, { month }, { ownWords: false })
  turn.session.choices = []
  if (next) {
    await turn.change(reports, [turn.campaign.id, month, turn.who.id], remark ? { ...next, remark } : next, '提交')
    const issues = (next.hard ?? '').split('\n').filter((line) => line.trim() !== '' && !saysNone(line))
    await raiseIssues(turn, { month, branches: next.branches, issues })
  }
  const said = `${monthWords(month)}联系支部报告已提交。`
  const closing = next ? await tellIfClosed(turn, month, { changed: before !== undefined, late: late.days }) : ''
  const text = next ? `${said}${late.words}${closing}` : `${said}与上次提交相同，没有新版本。`
  turn.show({ title: `${monthWords(month)}联系支部报告`, text })
}

/** A report that comes or changes after its month was closed is told to the party office; the sentence that says so, or until when it may change. */
async function tellIfClosed(
  turn: Turn,
  month: string,
  { changed, late }: { changed: boolean; late: number },
): Promise<string> {
  const closing = await closingOf(turn, month)
  if (closing === 'open') return '在党委办公室定稿前可随时修改。'
  const what = changed ? '修改' : '补交'
  const state = closing === 'closed' ? '定稿后' : '重开后'
  const days = late > 0 ? `，逾期${late}个工作日` : ''
  const text = `${turn.who.name}在${state}${what}了${monthWords(month)}联系支部报告${days}。汇总请回复“月报汇总 ${monthWords(month)}”。`
  for (const person of holdersOf(turn.roster, 'party-office'))
    if (person.id !== turn.who.id) await turn.tell(person, text, 'liaison-report', { urgent: true })
  return `${monthWords(month)}已经定稿过，已告知党委办公室。`
}

async function earlierSame(turn: Turn, month: string, report: LiaisonReport): Promise<string | undefined> {
  for (const earlier of reportedMonths(turn)) {
    const other = earlier < month ? await recordOf(turn, earlier) : undefined
    if (other && repeatsEarlier(report, other)) return earlier
  }
  return undefined
}
