import { Temporal } from 'temporal-polyfill'
import { zone } from '../bot/clock.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { readDelegation } from '../campaign/reading/read-delegation.ts'
import { emptyReport } from '../campaign/reading/read-liaison-report.ts'
import { readCard, readChange } from '../campaign/reading/read-scores.ts'
import { readWhen } from '../campaign/reading/read-when.ts'
import { classificationMark } from '../campaign/reading/secrecy.ts'
import { takenUp } from '../campaign/reports/draft.ts'
import { matchBranch, type Named, splitBranch } from '../campaign/roster/names.ts'
import { fullMarks } from '../campaign/scores/rubric.ts'
import { shaped, shapes } from './hostile-shapes.ts'
import { figure, type Line, rounded } from './line.ts'

export type Readers = { readonly [name: string]: (text: string) => unknown }

/** All readers of what people write, with the data they look things up in. `all` are the college's branches; `own` are the sender's. */
export function readersOf({ rubric }: Pick<Campaign, 'rubric'>, all: readonly Named[], own: readonly Named[]): Readers {
  const now = Temporal.Instant.from('2022-04-26T10:30:00+08:00').toZonedDateTimeISO(zone)
  const begun = { text: '走访机电学生党支部。难点：无。', branches: own.slice(0, 1).map(({ id }) => id), hard: '无' }
  return {
    scores: (text) => readCard(text, rubric),
    'changed scores': (text) => readChange(text, rubric, { draft: fullMarks(rubric) }),
    reports: (text) => takenUp(emptyReport, text, { own, all }),
    'reports that go on': (text) => takenUp(begun, text, { own, all }),
    times: (text) => readWhen(text, now, Temporal.PlainTime.from('09:07')),
    delegations: (text) => readDelegation(text),
    'names in lines': (text) => splitBranch(text, all),
    names: (text) => matchBranch(text, all),
    secrecy: classificationMark,
  }
}

/**
 * For each reader, the milliseconds for the slowest hostile shape of 20,000 characters, as the best of `rounds` rounds. The goal is 50, so
 * that nobody waits long because of another person's text.
 */
export function readerFigures(readers: Readers, rounds: number): Line[] {
  return Object.entries(readers).map(([reader, read]) => {
    for (const piece of shapes) read(shaped(piece, 2_000))
    const costs = shapes.map((piece) => ({
      piece,
      ms: Math.min(...Array.from({ length: rounds }, () => took(read, shaped(piece, 20_000)))),
    }))
    const worst = costs.reduce((one, other) => (other.ms > one.ms ? other : one))
    return figure('reader', { reader, characters: 20_000, worstMs: rounded(worst.ms), shape: worst.piece })
  })
}

function took(read: (text: string) => unknown, text: string): number {
  const begun = performance.now()
  read(text)
  return performance.now() - begun
}
