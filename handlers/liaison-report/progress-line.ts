import type { ProgressLine } from '../../src/bot/records/progress-line.ts'
import { namesSeen } from '../../src/bot/turn/rights.ts'
import { monthWords, readMonth } from '../../src/campaign/calendar/month.ts'
import { committeePosts, holds } from '../../src/campaign/roster/roster.ts'
import { progressLineOf } from '../../src/forms/progress-line.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { hasBegun, ownMonth, recordOf, reportedMonths, titleOf } from './month.ts'
import { owedIn, reportsOwed } from './owed.ts'

/** The liaison report as a duty of every committee member; of the month that 月报 means at this moment, or of one that is named. */
export const liaisonReportLine: ProgressLine = {
  ...progressLineOf(reportsOwed),
  async today(turn) {
    if (!holds(turn.who, ...committeePosts)) return []
    const month = await ownMonth(turn)
    return (await recordOf(turn, month)) ? [] : [`${titleOf(month)}，请直接回复一段话，或回复“月报”。`]
  },
  async open(turn, person, argument) {
    if (!namesSeen(person).college) return undefined
    const { month: named } = readMonth(argument, reportedMonths(turn))
    const { month, owed } = owedIn(await snapshotIn(turn, reportsOwed.reads), named)
    const name = `${monthWords(month)}月报`
    return hasBegun(turn, month)
      ? { name, missing: owed.filter(({ done }) => !done).map((one) => one.name) }
      : { name, missing: [], instead: `${monthWords(month)}还没到` }
  },
}
