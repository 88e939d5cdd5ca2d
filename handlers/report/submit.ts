import { lateness } from '../../src/bot/records/deadlines.ts'
import { dropDraft } from '../../src/bot/records/drafts.ts'
import { reports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { saysNone } from '../../src/campaign/reading/read-report.ts'
import { type LiaisonReport, monthOf, repeatsEarlier, submitReport } from '../../src/campaign/reports/report.ts'
import { draftOf, endOf, monthWords, recordOf, reportedMonths, reportForm, setFocus } from './month.ts'

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
  if (next)
    await turn.change(reports, [turn.campaign.id, month, turn.who.id], remark ? { ...next, remark } : next, '提交')
  const said = `${monthWords(month)}联系支部报告已提交。`
  const text = next ? `${said}${late.words}在党委办公室汇总前可随时修改。` : `${said}与上次提交相同，没有新版本。`
  turn.show({ title: `${monthWords(month)}联系支部报告`, text })
}

async function earlierSame(turn: Turn, month: string, report: LiaisonReport): Promise<string | undefined> {
  for (const earlier of reportedMonths(turn)) {
    const other = earlier < month ? await recordOf(turn, earlier) : undefined
    if (other && repeatsEarlier(report, other)) return earlier
  }
  return undefined
}
