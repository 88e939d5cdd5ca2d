import { branchReports, generalReports } from '../handlers/quarterly-report/reports.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { ladder } from '../src/forms/ladder.ts'

/** J8: branches by the quarter's last day, general branches five working days later. */
export const quarterlyReportSchedules: readonly Schedule[] = [ladder(branchReports), ladder(generalReports)]
