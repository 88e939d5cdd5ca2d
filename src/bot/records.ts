import { Scorecard } from '../campaign/scorecard.ts'
import { table } from '../store/table.ts'

/** Official records. Keys: campaign, branch, kind. */
export const scorecards = table('scorecard', Scorecard, { audited: true })
