import { closedMonths, liaisonReports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { monthWords } from '../../src/campaign/calendar/month.ts'
import type { LiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import type { ByMonth } from '../../src/forms/month.ts'

export const recordOf = (turn: Turn, month: string, person = turn.who.id): Promise<LiaisonReport | undefined> =>
  turn.read(liaisonReports, turn.campaign.id, month, person)

/** `closed`: the party office has closed the month. `reopened`: it closed the month and opened it again. */
export async function closingOf(turn: Turn, month: string): Promise<'open' | 'closed' | 'reopened'> {
  const closing = await turn.read(closedMonths, turn.campaign.id, month)
  return closing ? (closing.reopened ? 'reopened' : 'closed') : 'open'
}

export const titleOf = (month: string): string => `${monthWords(month)}联系支部报告`

export const byMonth: ByMonth = {
  about: 'liaison-report',
  word: '月报',
  title: titleOf,
  isDone: async (turn, month) => (await recordOf(turn, month)) !== undefined,
}
