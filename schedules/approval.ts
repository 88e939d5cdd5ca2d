import { approvalsOwed } from '../handlers/approval/owed.ts'
import { inEach } from '../src/bot/scorecards/rounds.ts'
import { ladder } from '../src/forms/ladder.ts'

/** Reminds until the levels of the plan have decided every submitted result. */
export const approvalSchedule = inEach(ladder(approvalsOwed))
