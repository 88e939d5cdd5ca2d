import { panelOwed } from '../handlers/panel/owed.ts'
import { inEach } from '../src/bot/scorecards/rounds.ts'
import { ladder } from '../src/forms/ladder.ts'

/** Reminds until the panel's marks of every branch are there. */
export const panelSchedule = inEach(ladder(panelOwed))
