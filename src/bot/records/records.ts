import { z } from 'zod'
import { LiaisonReport } from '../../campaign/reports/report.ts'
import { Scorecard } from '../../campaign/scores/scorecard.ts'
import { table } from '../../store/table.ts'

/** Official records. Keys: campaign, branch, kind. */
export const scorecards = table('scorecard', Scorecard, { audited: true })
/** Keys: campaign, month as `2022-05`, person. */
export const reports = table('report', LiaisonReport, { audited: true })
/** Months that the party office has closed. Keys: campaign, month. */
export const closedMonths = table('closed-month', z.strictObject({ by: z.string(), at: z.string() }))
