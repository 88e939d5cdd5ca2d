import type { Handler } from '../src/bot/handler.ts'
import { display } from './display.ts'
import { help } from './help.ts'
import { progress } from './progress.ts'
import { grading } from './score/duty.ts'
import { scoring } from './score/score.ts'
import { suggestions } from './suggestion.ts'

const duties = [grading]

/** Everything people can say; the first handler that claims a text gets it. */
export const handlers: readonly Handler[] = [help(duties), scoring, progress(duties), suggestions, display]
