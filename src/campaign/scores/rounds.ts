import { bandIn } from './results.ts'
import type { Bands } from './rubric.ts'
import type { Scorecard, ScoreKind } from './scorecard.ts'

/**
 * Rounds of grading: the first, and 复评 after it (J9). Each round has a record of its own; the first keeps the name that it had before
 * there were rounds. A round begins only once the one before is filed, so the newest that has a card is the one that runs.
 */
export type CardKind = ScoreKind | `deciding-${number}`
/** `round` counts from 1. */
export type Graded = { round: number; card: Scorecard }

export const kindOfRound = (round: number): CardKind => (round === 1 ? 'deciding' : `deciding-${round}`)

/** The rounds of one branch that have a card, oldest first. */
export function roundsIn(cardOf: (kind: CardKind) => Scorecard | undefined): Graded[] {
  const rounds: Graded[] = []
  for (let round = 1; ; round++) {
    const card = cardOf(kindOfRound(round))
    if (!card) return rounds
    rounds.push({ round, card })
  }
}

/** Rows of the table of cards: campaign, branch, kind. */
type Rows = readonly { ids: readonly string[]; value: Scorecard }[]

/** The rounds among the cards of one branch. */
export const roundsAmong = (rows: Rows): Graded[] => roundsIn((kind) => rows.find(({ ids }) => ids[2] === kind)?.value)

/** The deciding card of each branch in the newest round that has one, by branch. */
export function newestCards(rows: Rows): Map<string, Scorecard> {
  const byBranch = new Map<string, { ids: readonly string[]; value: Scorecard }[]>()
  for (const row of rows) {
    const known = byBranch.get(row.ids[1] ?? '')
    if (known) known.push(row)
    else byBranch.set(row.ids[1] ?? '', [row])
  }
  return new Map(
    [...byBranch].flatMap(([id, own]) => {
      const newest = roundsAmong(own).at(-1)
      return newest ? [[id, newest.card] as const] : []
    }),
  )
}

/** What counts: the newest round that is filed. */
export const newestFiled = (rounds: readonly Graded[]): Graded | undefined =>
  rounds.findLast(({ card }) => card.state === 'filed')

/** What the summary table shows: the newest filed round; before any is, the card of the first. */
export const shownOf = (rounds: readonly Graded[]): Graded | undefined => newestFiled(rounds) ?? rounds[0]

const isLowest = ({ card }: Graded, bands: Bands): boolean => bandIn(card, bands) === bands.lowest.name

/** A lagging branch: filed in the lowest band in the first round, the baseline. */
export const isLagging = ([first]: readonly Graded[], bands: Bands): boolean =>
  first?.card.state === 'filed' && isLowest(first, bands)

/** A lagging branch whose newest filed round lies above the lowest band (decision 11). */
export function isConverted(rounds: readonly Graded[], bands: Bands): boolean {
  const newest = newestFiled(rounds)
  return isLagging(rounds, bands) && newest !== undefined && !isLowest(newest, bands)
}

/**
 * Which round may begin for a branch whose newest begun round is `begun`: the second for all that are filed, a later one where the one
 * before ended in the lowest band. `why`: why none may.
 */
export function nextRound(
  rounds: readonly Graded[],
  begun: number,
  bands: Bands,
): { round: number } | { why: 'not-filed' | 'running' | 'not-lagging' } {
  const current = rounds[begun - 1]
  if (current?.card.state !== 'filed') return { why: begun > 1 ? 'running' : 'not-filed' }
  return begun === 1 || isLowest(current, bands) ? { round: begun + 1 } : { why: 'not-lagging' }
}
