import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { approvalSchedule } from './approval.ts'
import { bulletinSchedule } from './bulletin.ts'
import { calendarSchedule } from './calendar.ts'
import { firstDaySchedule } from './first-day.ts'
import { gradingSchedules } from './grading.ts'
import { hardIssueSchedule } from './hard-issues.ts'
import { laggingSchedules } from './lagging.ts'
import { liaisonAssignmentSchedule } from './liaison-assignment.ts'
import { liaisonReportSchedule } from './liaison-report.ts'
import { meetingSchedules } from './meetings.ts'
import { mobileMemberSchedule } from './mobile-members.ts'
import { panelSchedule } from './panel.ts'
import { quarterlyReportSchedules } from './quarterly-report.ts'
import { reviewSchedule } from './review.ts'
import { taskSchedule } from './tasks.ts'

/** Everything that comes due, in the order in which a merged message says it. */
export const schedules: readonly Schedule[] = [
  firstDaySchedule,
  ...gradingSchedules,
  panelSchedule,
  liaisonReportSchedule,
  approvalSchedule,
  reviewSchedule,
  ...quarterlyReportSchedules,
  ...meetingSchedules,
  ...laggingSchedules,
  taskSchedule,
  hardIssueSchedule,
  mobileMemberSchedule,
  bulletinSchedule,
  liaisonAssignmentSchedule,
  calendarSchedule,
]
