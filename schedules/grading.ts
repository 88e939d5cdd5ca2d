import { decidingOwed, selfOwed } from '../handlers/scorecard/owed.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { inEach } from '../src/bot/scorecards/rounds.ts'
import { ladder } from '../src/forms/ladder.ts'

/** J1, J2: every branch has its deciding score by the end of April. Its self-score is asked for as long as the deciding one is missing. */
export const gradingSchedules: readonly Schedule[] = [ladder(decidingOwed), ladder(selfOwed)].map(inEach)
