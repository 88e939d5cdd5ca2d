/** What is known while statements about scores are applied to a card. */
import type { Item, PartialScores, Rubric } from '../scores/rubric.ts'
import type { Problem } from './score-problems.ts'
import type { Is } from './score-reader.ts'

/**
 * `targets`: the items that a row of numbers is for. `open`: those that 其余 means. `asked`: the one that a bare 扣1 means. `self`,
 * `last`: the branch's own scores, and those of the last submission. `bandOf`: the band of a total.
 */
export type Place = {
  rubric: Rubric
  targets: readonly Item[]
  open: readonly Item[]
  asked?: number
  before: PartialScores
  self?: PartialScores
  last?: PartialScores
  bandOf?: (total: number) => string
}

/** What was said about an item, each time it was named; undefined where that was not certain. */
export type Said = { score: number | undefined; piece: string }
export type State = Place & {
  items: readonly Item[]
  said: Map<number, Said[]>
  problems: Problem[]
  /** The items spoken of last. */
  spokenOf: readonly number[]
  /** Items that were named without a score so far, and the words for it. */
  waiting: Map<number, string>
  /** Whether 其余满分 gave some items their score. */
  filled: boolean
  /** Sums of several items, looked at when all is said. */
  sums: Is<'shared'>[]
}

export function say(state: State, item: number, { score, piece }: { score: number | undefined; piece: string }): void {
  const said = state.said.get(item)
  if (said) said.push({ score, piece })
  else state.said.set(item, [{ score, piece }])
}
