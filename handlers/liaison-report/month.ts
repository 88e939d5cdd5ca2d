import { closedMonths, liaisonReports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { monthInGrace, monthMeant, monthOf, monthWords } from '../../src/campaign/calendar/month.ts'
import { daysOwed } from '../../src/campaign/plan/campaign.ts'
import type { LiaisonReport } from '../../src/campaign/reports/liaison-report.ts'

export const recordOf = (turn: Turn, month: string, person = turn.who.id): Promise<LiaisonReport | undefined> =>
  turn.read(liaisonReports, turn.campaign.id, month, person)

/** `closed`: the party office has closed the month; `reopened`: it did, and opened it again. */
export async function closingOf(turn: Turn, month: string): Promise<'open' | 'closed' | 'reopened'> {
  const closing = await turn.read(closedMonths, turn.campaign.id, month)
  return closing ? (closing.reopened ? 'reopened' : 'closed') : 'open'
}
export const hasBegun = (turn: Turn, month: string): boolean => month <= monthOf(turn.now.toPlainDate())

export const reportedMonths = ({ campaign }: Pick<Turn, 'campaign'>): string[] =>
  daysOwed(campaign, 'liaison-report').map((date) => monthOf(date))

/** The month that 月报 means at this moment for the person who speaks. */
export async function ownMonth(turn: Turn): Promise<string> {
  const [months, today] = [reportedMonths(turn), turn.now.toPlainDate()]
  const before = monthInGrace(months, today)
  const isMissing = before !== undefined && (await recordOf(turn, before)) === undefined
  return monthMeant(months, today, () => isMissing)
}

export const titleOf = (month: string): string => `${monthWords(month)}联系支部报告`
