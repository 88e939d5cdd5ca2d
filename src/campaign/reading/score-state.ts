/** The state while statements about scores are applied to a card. */
import type { Item, PartialScores, Rubric } from '../scores/rubric.ts'
import type { Problem } from './score-problems.ts'
import type { Is } from './score-reader.ts'

/**
 * `targets`: the items for a row of numbers. `open`: the items that 其余 means. `asked`: the item that a bare 扣1 means. `self`, `last`: the
 * branch's own scores, and those of the last submission. `bandOf`: the band of a total.
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

/** The score of an item each time that it was named, or undefined if the score was uncertain. */
export type Said = { score: number | undefined; piece: string }
export type State = Place & {
  items: readonly Item[]
  said: Map<number, Said[]>
  problems: Problem[]
  /** The items spoken of last. */
  spokenOf: readonly number[]
  /** Items named without a score so far, with the words for them. */
  waiting: Map<number, string>
  /** Whether 其余满分 gave a score to some items. */
  filled: boolean
  /** Sums of several items, checked after everything else. */
  sums: Is<'shared'>[]
}

/** Records a score for an item; undefined if it is uncertain. */
export function say(state: State, item: number, { score, piece }: { score: number | undefined; piece: string }): void {
  const said = state.said.get(item)
  if (said) said.push({ score, piece })
  else state.said.set(item, [{ score, piece }])
}
