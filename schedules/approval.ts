import { approvalsOwed } from '../handlers/review/approvals-owed.ts'
import { inEach } from '../src/bot/records/rounds.ts'
import { ladder } from '../src/forms/ladder.ts'

/** Until every submitted result was decided by the levels of the plan. */
export const approvalSchedule = inEach(ladder(approvalsOwed))
