import { Temporal } from 'temporal-polyfill'
import type { Cell, List, Listed } from '../src/bot/dashboard/list.ts'
import { countsSeen } from '../src/bot/turn/rights.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { lastWorkingDay, workingDaysBetween } from '../src/campaign/calendar/calendar.ts'
import { dayWords } from '../src/campaign/calendar/ladder.ts'
import type { Campaign } from '../src/campaign/plan/campaign.ts'
import { campaignsOf } from '../src/campaign/plan/periods.ts'

type Dated = { day: Temporal.PlainDate; what: string; owners: string }
const shown = 8

/** Today and the next dates of the plan: what is due, by when, by whom. */
export const dates: List = {
  name: 'dates',
  title: '接下来的日期',
  onPage: true,
  seen: () => true,
  read: (turn) => Promise.resolve(next(turn)),
}

function next(turn: Turn): Listed {
  const { campaign, now } = turn
  const today = now.toPlainDate()
  const rows = datesOf(campaign, countsSeen(turn.who).college)
    .filter(({ day }) => Temporal.PlainDate.compare(day, today) >= 0)
    .sort((one, other) => Temporal.PlainDate.compare(one.day, other.day))
    .slice(0, shown)
    .map(({ day, what, owners }): Cell[] => [dayWords(day), what, owners, left(turn, day)])
  return {
    columns: ['到期', '事项', '由谁办', '还有'],
    rows,
    ...(rows.length === 0 ? { note: '方案里的日期都已过去。' } : {}),
  }
}

/** The working days up to the last one on or before the due day (decision 5). */
function left({ world, now }: Turn, day: Temporal.PlainDate): string {
  const target = lastWorkingDay(world.calendar, day)
  const days = workingDaysBetween(world.calendar, now.toPlainDate(), target)
  if (days > 0) return `${days}个工作日`
  return Temporal.PlainDate.compare(now.toPlainDate(), target) <= 0 ? '今天截止' : '没有工作日了'
}

/**
 * Tasks come from the task list, with their owners. Duties with dates of their own are beside them; those of members only for people who
 * see the college. Grading is beside its task on days that the task does not name.
 */
function datesOf(campaign: Campaign, college: boolean): Dated[] {
  const { tasks, duties } = campaign
  const listed = tasks.flatMap(({ number, name, deadline, owners }): Dated[] =>
    deadline.milestones === 'all-year'
      ? []
      : deadline.milestones.map((day) => ({
          day,
          what: `任务${number} ${name}`,
          owners: owners.words.replaceAll('/', '、'),
        })),
  )
  const monthly = duties['liaison-report'].milestones.map((day) => ({
    day,
    what: `${day.month}月联系支部报告`,
    owners: campaign.posts['committee-member'],
  }))
  const quarterly = duties['quarterly-report'].milestones.map((day) => ({
    day,
    what: `${Math.ceil(day.month / 3)}季度报告`,
    owners: campaign.posts['branch-secretary'],
  }))
  const own = tasks.find(({ number }) => number === duties.grading.task)?.deadline.milestones
  const graded = campaignsOf(campaign)
    .filter(({ duties: { grading } }) => own === 'all-year' || !own?.some((day) => day.equals(grading.deadline)))
    .map(({ duties: { grading }, names }) => ({
      day: grading.deadline,
      what: names.grading,
      owners: campaign.posts['general-branch-secretary'],
    }))
  return [...listed, ...graded, ...(college ? monthly : []), ...quarterly]
}
