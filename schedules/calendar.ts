import type { Temporal } from 'temporal-polyfill'
import { type Due, noDuty, type Schedule, type Snapshot } from '../src/bot/pushes/schedule.ts'
import { isAnnounced, opensMonth } from '../src/campaign/calendar/calendar.ts'
import { monthOf } from '../src/campaign/calendar/month.ts'
import { holdersOf } from '../src/campaign/roster/roster.ts'

const december = 12

/**
 * Decision 5: while a year's days off are unknown, the organization department is told on the first working day of each month. In December
 * it is told about the next year too, because the end of December may belong to that year's notice.
 */
export const calendarSchedule: Schedule = {
  duty: noDuty,
  due: (snapshot, date) => unknownYears(snapshot, date),
  open: () => [],
}

function unknownYears({ world }: Snapshot, date: Temporal.PlainDate): Due[] {
  const { campaign, calendar, roster } = world
  if (!opensMonth(calendar, date, campaign.starts) || date.until(campaign.ends).days < 0) return []
  const years = date.month === december ? [date.year, date.year + 1] : [date.year]
  const unknown = years.filter((year) => !isAnnounced(calendar, year))
  if (unknown.length === 0) return []
  return holdersOf(roster, 'organization-department').map((person) => ({
    receiver: { person },
    duty: noDuty,
    period: monthOf(date),
    step: 'unannounced',
    kind: 'escalation',
    says: () => ({
      title: `${unknown.join('、')}年的放假安排还没有，工作日暂按周一至周五算。`,
      lines: ['节假日和调休前后的提醒，日期可能不准。'],
      reply: '通知公布后，请管理员更新程序，或写进活动文件的 overrides。',
    }),
  }))
}
