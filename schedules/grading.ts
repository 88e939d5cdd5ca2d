import { decidingOwed, selfOwed } from '../handlers/scorecard/owed.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { inPeriods } from '../src/bot/records/rounds.ts'
import { ladder } from '../src/forms/ladder.ts'

/** In each period that has opened, where the plan grades several times a year. */
const inEach = (schedule: Schedule): Schedule => ({
  ...schedule,
  due: (all, date) => inPeriods(all, date, (snapshot) => schedule.due(snapshot, date)),
  open: (all, person) => inPeriods(all, all.world.now.toPlainDate(), (snapshot) => schedule.open(snapshot, person)),
})

/** J1, J2: every branch has its deciding score by the end of April; its own score is asked for as long as that is missing. */
export const gradingSchedules: readonly Schedule[] = [ladder(decidingOwed), ladder(selfOwed)].map(inEach)
