import { monthNow } from '../../src/bot/clock.ts'
import type { Said, Snapshot } from '../../src/bot/pushes/schedule.ts'
import { monthWords } from '../../src/campaign/calendar/month.ts'
import { linkedWords } from '../../src/campaign/reports/visits.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'
import { monthIn, monthlyLine, owedByMonth } from '../../src/forms/month.ts'
import { dueOf } from '../../src/forms/open.ts'
import type { Owed, Owing } from '../../src/forms/owed.ts'
import { hardIssues, raisedBefore } from '../hard-issues/issues.ts'
import { laggingReads, sponsoredWords } from '../lagging/records.ts'
import { byMonth } from './month.ts'

export const reportsOwed = {
  ...owedByMonth(byMonth),
  reads: [hardIssues, ...laggingReads],
  asks(snapshot: Snapshot, open: readonly Owed[], person: Person): Said {
    const month = monthIn(open)
    const { now } = snapshot.world
    // Once the month is over, words without a month may be taken for the next one.
    const isOver = month < monthNow(now)
    const how = isOver ? `请以“月报 ${monthWords(month)}”开头回复一段话` : '直接回复一段话即可'
    return {
      title: `${byMonth.title(month)}，${dueOf(snapshot, open)}。`,
      lines: [
        linkedWords(snapshot.world, person),
        // The progress of sponsored branches belongs in the report (J9).
        ...sponsoredWords(snapshot, person).map((words) => `${words}，请写明整改进展。`),
        ...raisedBefore(snapshot, month, person),
      ],
      reply: `${how}：到了哪个支部、看到什么、解决了什么、有什么难点。`,
    }
  },
} satisfies Owing

export const liaisonReportLine = monthlyLine(reportsOwed, byMonth)
