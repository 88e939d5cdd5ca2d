import { z } from 'zod'
import { LiaisonReport } from '../../campaign/reports/liaison-report.ts'
import { Scorecard } from '../../campaign/scores/scorecard.ts'
import { table } from '../../store/table.ts'

/** Official records. Keys: campaign, branch, kind of card (`CardKind`; each round of 复评 has a kind of its own). */
export const scorecards = table('scorecard', Scorecard, { audited: true })
/** Keys: campaign, month as `2022-05`, person. */
export const liaisonReports = table('report', LiaisonReport, { audited: true })
/** The round that was begun last for a branch, if it is not the first (复评). Keys: campaign, branch. */
export const regradings = table(
  'regrading',
  z.strictObject({ round: z.number().int().min(2), by: z.string(), at: z.string() }),
  { audited: true },
)
const Mark = z.strictObject({ by: z.string(), at: z.string() })
/** The marks of a panel, without names, and their average. Keys: campaign, branch. */
export const panels = table('panel', Mark.extend({ marks: z.array(z.number()), mean: z.number() }), { audited: true })
/** The months that the party office has closed (定稿), including those that it opened again. Keys: campaign, month. */
export const closedMonths = table(
  'closed-month',
  Mark.extend({ reopened: Mark.extend({ reason: z.string() }).exactOptional() }),
)
