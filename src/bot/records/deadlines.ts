import { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '../../campaign/calendar/calendar.ts'
import { workingDaysLate } from '../../campaign/calendar/ladder.ts'
import type { Scorecard } from '../../campaign/scores/scorecard.ts'
import { dateOf, dayOf } from '../clock.ts'
import type { World } from '../roster/world.ts'

type Rules = Pick<World, 'campaign' | 'calendar'>
const grace = 2

/**
 * The deadline of a branch's score. For a card that was returned or reopened it is two working days after that, if that is later (decision
 * 4).
 */
export function gradingDeadline({ campaign, calendar }: Rules, card: Scorecard | undefined): Temporal.PlainDate {
  const { deadline } = campaign.duties.grading
  if (!card?.returned && !card?.reopened) return deadline
  const due = [card.returned, card.reopened].flatMap((mark) =>
    mark ? [addWorkingDays(calendar, dayOf(mark.at), grace)] : [],
  )
  return [deadline, ...due].reduce((one, other) => (Temporal.PlainDate.compare(one, other) < 0 ? other : one))
}

/** How many working days late something given now is, and the sentence that says so. Nothing is late before 24:00 of its day. */
export function lateness(
  { calendar }: Rules,
  deadline: Temporal.PlainDate,
  now: Temporal.ZonedDateTime,
): { days: number; words: string } {
  const date = dateOf(now)
  const days = workingDaysLate(calendar, deadline, date)
  return { days, words: days > 0 ? `记为${date.month}月${date.day}日（逾期${days}个工作日）。` : '' }
}
