import { bandIn } from './results.ts'
import type { Bands } from './rubric.ts'
import type { Scorecard, ScoreKind } from './scorecard.ts'

/**
 * Rounds of grading: the first, and 复评 after it (J9). Each round has a record of its own; the first keeps the name from before there were
 * rounds. A round begins only once the one before is filed, so the newest round with a card is the current one.
 */
export type CardKind = ScoreKind | `deciding-${number}`
/** `round` counts from 1. */
export type Graded = { round: number; card: Scorecard }

/** The kind of card that a round has: `deciding` for the first, `deciding-2` and so on for 复评. */
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

/** Rows of the table of cards, with the ids campaign, branch, kind. */
type Rows = readonly { ids: readonly string[]; value: Scorecard }[]

/** The rounds among the cards of one branch. */
export const roundsAmong = (rows: Rows): Graded[] => roundsIn((kind) => rows.find(({ ids }) => ids[2] === kind)?.value)

/** The deciding card of each branch in its newest round with a card, by branch. */
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

/** The round that counts: the newest filed one. */
export const newestFiled = (rounds: readonly Graded[]): Graded | undefined =>
  rounds.findLast(({ card }) => card.state === 'filed')

/** The round that the summary table shows: the newest filed one, or the first as long as none is filed. */
export const shownOf = (rounds: readonly Graded[]): Graded | undefined => newestFiled(rounds) ?? rounds[0]

const isLowest = ({ card }: Graded, bands: Bands): boolean => bandIn(card, bands) === bands.lowest.name

/** Whether a card was filed in the lowest band. */
export const isFiledLowest = (card: Scorecard, bands: Bands): boolean =>
  card.state === 'filed' && bandIn(card, bands) === bands.lowest.name

/** Whether a branch is lagging: its first round, the baseline, was filed in the lowest band. */
export const isLagging = ([first]: readonly Graded[], bands: Bands): boolean =>
  first !== undefined && isFiledLowest(first.card, bands)

/** Whether a lagging branch is converted: its newest filed round is above the lowest band (decision 11). */
export function isConverted(rounds: readonly Graded[], bands: Bands): boolean {
  const newest = newestFiled(rounds)
  return isLagging(rounds, bands) && newest !== undefined && !isLowest(newest, bands)
}

/**
 * The round that may begin for a branch whose newest round is `begun`: the second once the first is filed, a later one if the one before
 * ended in the lowest band. `why` says why none may begin.
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
