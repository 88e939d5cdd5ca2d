import { bandIn, borderIn } from './results.ts'
import { type Bands, bandNames } from './rubric.ts'
import { isDone, type Scorecard } from './scorecard.ts'

/** The number of cards that were given, that are filed, that are in each band (in the order of `bandNames`), and that lie on a boundary. */
export type Figures = { done: number; filed: number; inBand: number[]; onBoundary: number }

/** The figures of some cards. The bands of unfiled cards count only if `all` may be seen. */
export function figuresOf(cards: readonly Scorecard[], bands: Bands, { all }: { all: boolean }): Figures {
  const done = cards.filter(isDone)
  const filed = done.filter(({ state }) => state === 'filed')
  const shown = all ? done : filed
  return {
    done: done.length,
    filed: filed.length,
    inBand: bandNames(bands).map((name) => shown.filter((card) => bandIn(card, bands) === name).length),
    onBoundary: shown.filter((card) => borderIn(card, bands) !== undefined).length,
  }
}
