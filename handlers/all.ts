import type { Schedule } from '../src/bot/pushes/schedule.ts'
import type { Handler } from '../src/bot/turn/handler.ts'
import { delegating } from './delegate.ts'
import { display } from './display.ts'
import { help } from './help.ts'
import { papers } from './papers.ts'
import { progress } from './progress.ts'
import { liaisonReport } from './report/duty.ts'
import { reporting } from './report/report.ts'
import { reviewing } from './review/review.ts'
import { rosterKeeping } from './roster.ts'
import { grading } from './score/duty.ts'
import { scoring } from './score/score.ts'
import { snooze } from './snooze.ts'
import { suggestions } from './suggestion.ts'

const duties = [grading, liaisonReport]

/** Everything people can say; the first handler that claims a text gets it. `schedules`: what a reminder that was asked for looks at. */
export const handlers = (schedules: readonly Schedule[]): readonly Handler[] => [
  help(duties),
  scoring,
  snooze(schedules),
  delegating,
  reporting,
  reviewing,
  papers,
  progress(duties),
  rosterKeeping,
  suggestions,
  display,
]
