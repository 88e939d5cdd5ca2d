import { lateness } from '../../src/bot/records/deadlines.ts'
import { liaisonReports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { endOf, monthWords } from '../../src/campaign/calendar/month.ts'
import { type Report, saysNone } from '../../src/campaign/reading/read-liaison-report.ts'
import { repeatsEarlier, submitLiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import { holdersOf } from '../../src/campaign/roster/roster.ts'
import { monthsOf } from '../../src/forms/month.ts'
import { tellOthers } from '../../src/forms/tell.ts'
import { raiseIssues } from '../hard-issues/issues.ts'
import { byMonth, closingOf, recordOf, titleOf } from './month.ts'

/** Makes a report a record. Returns the text after 已提交. `remark` is what the member said about a report that repeats an earlier one. */
export async function submit(
  turn: Turn,
  month: string,
  { report, remark }: { report: Report; remark: string | undefined },
): Promise<string> {
  const before = await recordOf(turn, month)
  const late = lateness(turn.world, endOf(month), turn.now)
  const next = submitLiaisonReport(before, report, {
    by: turn.who.id,
    at: turn.now.toString({ timeZoneName: 'never' }),
    late: late.days,
  })
  if (!next) return '与上次提交相同，没有新版本。'
  await turn.change(liaisonReports, [turn.campaign.id, month, turn.who.id], {
    value: remark ? { ...next, remark } : next,
    what: '提交',
  })
  const issues = (next.hard ?? '').split('\n').filter((line) => line.trim() !== '' && !saysNone(line))
  await raiseIssues(turn, { month, branches: next.branches, issues })
  return `${late.words}${await tellIfClosed(turn, month, { changed: before !== undefined, late: late.days })}`
}

/**
 * Tells the party office of a report that comes or changes after its month was closed. Returns the sentence about that, or about until when
 * it may change.
 */
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
  const text = `${turn.who.name}在${state}${what}了${titleOf(month)}${days}。汇总请回复“月报汇总 ${monthWords(month)}”。`
  await tellOthers(turn, holdersOf(turn.roster, 'party-office'), { about: 'liaison-report', text, urgent: true })
  return `${monthWords(month)}已经定稿过，已告知党委办公室。`
}

/** The earlier month whose report gives the same account, if this report says anything at all. */
export async function earlierSame(turn: Turn, month: string, report: Report): Promise<string | undefined> {
  const next = submitLiaisonReport(await recordOf(turn, month), report, {
    by: turn.who.id,
    at: turn.now.toString(),
    late: 0,
  })
  if (!next) return undefined
  for (const earlier of monthsOf(turn, byMonth.about)) {
    const other = earlier < month ? await recordOf(turn, earlier) : undefined
    if (other && repeatsEarlier(next, other)) return earlier
  }
  return undefined
}
