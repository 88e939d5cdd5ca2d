import { Temporal } from 'temporal-polyfill'
import { hardIssues, issueLine, issuesIn } from '../handlers/hard-issues/issues.ts'
import type { Due, Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import { opensMonth } from '../src/campaign/calendar/calendar.ts'
import { dueWords, stepOf } from '../src/campaign/calendar/ladder.ts'
import { remembered } from '../src/campaign/once.ts'
import { ladderOf } from '../src/campaign/plan/campaign.ts'
import { isOpen, type Numbered } from '../src/campaign/reports/hard-issue.ts'
import { holdersOf } from '../src/campaign/roster/roster.ts'

const duty = 'hard-issues'

/** J13: open issues return to the party office every month, and before the date of a decision. */
export const hardIssueSchedule: Schedule = {
  duty,
  reads: [hardIssues],
  due: (snapshot, date) => [...monthly(snapshot, date), ...beforeDates(snapshot, date)],
  open: () => [],
}

const openIn = (snapshot: Snapshot): Numbered[] => issuesIn(snapshot).filter(({ issue }) => isOpen(issue))
const toOffice = (snapshot: Snapshot, due: Omit<Due, 'receiver' | 'duty'>): Due[] =>
  holdersOf(snapshot.world.roster, 'party-office').map((person) => ({ receiver: { person }, duty, ...due }))

/** On the first working day of each month while an issue is open: how many there are, and the oldest. */
function monthly(snapshot: Snapshot, date: Temporal.PlainDate): Due[] {
  const { calendar, campaign, roster } = snapshot.world
  if (!opensMonth(calendar, date, campaign.starts)) return []
  const [oldest, ...more] = openIn(snapshot)
  if (!oldest) return []
  return toOffice(snapshot, {
    period: date.toString().slice(0, 7),
    step: 'monthly',
    kind: 'reminder',
    says: () => ({
      title: `议题还有${more.length + 1}项没有答复。`,
      lines: [`最早的：${issueLine(roster, oldest)}`],
      reply: '请回复“议题”或“议题单”。',
    }),
  })
}

function beforeDates(snapshot: Snapshot, date: Temporal.PlainDate): Due[] {
  const { calendar, campaign, roster, now } = snapshot.world
  const ladder = { ...ladderOf(campaign, duty), after: [] }
  const falling = new Map<string, { deadline: Temporal.PlainDate; step: string | undefined }>()
  const fallingBy = (due: string) =>
    remembered(falling, due, () => {
      const deadline = Temporal.PlainDate.from(due)
      return { deadline, step: stepOf(ladder, deadline, { date, calendar }).person }
    })
  return openIn(snapshot).flatMap((one) => {
    const due = one.issue.decision?.due
    if (due === undefined) return []
    const { deadline, step } = fallingBy(due)
    if (step === undefined) return []
    return toOffice(snapshot, {
      period: `${one.number} ${due}`,
      step,
      kind: 'reminder',
      says: () => ({
        title: `第${one.number}号议题的决定，${dueWords(calendar, deadline, now.toPlainDate())}。`,
        lines: [issueLine(roster, one)],
        reply: `办好后请回复“议题 ${one.number} 答复 …”。`,
      }),
    })
  })
}
