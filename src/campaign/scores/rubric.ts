/** The rubric of a scorecard and what follows from its scores. Source for 2022: plan, 附件1 and its 备注. */

/** A level that is chosen in place of a number: 好, 较好 … */
export type Level = { name: string; points: number }
/**
 * `points`: what it has where nothing is said against it: full marks, or its base. `most`: what it may have at most, where that is not
 * `points`: a bonus, an item without an upper limit (Infinity). `least`: below 0 for what is only taken off; `first`: the smallest
 * number that may be taken off. `levels`: it is chosen, not typed.
 */
export type Item = {
  number: number
  label: string
  words: string
  points: number
  section: string
  most?: number
  least?: number
  first?: number
  levels?: readonly Level[]
}
/** `share`: of its points that go into the total, 0–1. `most`: what it may have in all. */
export type Section = { name: string; items: readonly Item[]; share?: number; most?: number }

/** Whose marks a result is made of: the branch's own, those of the general branch, a panel's average. */
export const scorers = ['self', 'deciding', 'panel'] as const
export type Scorer = (typeof scorers)[number]
/** `shares` sum to 1; without them the deciding score is the result. `decimals`: rounded half up, once, at the end. */
export type ResultRule = { shares: readonly { who: Scorer; share: number }[]; decimals?: number }
/** Whoever has one is in no better band than `atMost`. */
export type Veto = { name: string; words: string; atMost: string }

/** `bands`, `headings`: the names of its bands and of its form, which people write beside scores. */
export type Rubric = {
  step: number
  sections: readonly Section[]
  bands: readonly string[]
  headings: readonly string[]
  result?: ResultRule
  vetoes?: readonly Veto[]
  /** A score other than the base needs a word about why. */
  evidence?: boolean
}

/** `upper` from the best down; who reaches none of them is in `lowest`. `words` is the plan's sentence about this band. */
export type Band = { name: string; from: number; words: string }
export type Bands = { upper: readonly Band[]; lowest: { name: string; words: string } }

/** One score an item in the order of the items; `null` where none was given yet. Points, in steps of `rubric.step`. */
export type Scores = readonly number[]
export type PartialScores = readonly (number | null)[]

const itemsIn = new WeakMap<Rubric, readonly Item[]>()
/** The items in their order, of all sections; once a rubric, since the readers ask for every word. */
export function itemsOf(rubric: Rubric): readonly Item[] {
  const known = itemsIn.get(rubric)
  if (known) return known
  const items = rubric.sections.flatMap((section) => section.items)
  itemsIn.set(rubric, items)
  return items
}
/** The item beside which the masses' appraisal stands: the first whose words speak of 满意度 (decision 12). */
export const appraisedItem = (rubric: Rubric): Item | undefined =>
  itemsOf(rubric).find(({ words }) => words.includes('满意度'))
export const fullMarks = (rubric: Rubric): number[] => itemsOf(rubric).map((item) => item.points)
/** Sums of tenths without what binary fractions leave behind. */
export const exactly = (points: number): number => Math.round(points * 1e6) / 1e6
export const totalOf = (scores: Scores): number => exactly(scores.reduce((sum, score) => sum + score, 0))
export const isComplete = (scores: PartialScores): scores is Scores => scores.every((score) => score !== null)

/** Whether the branch's own score goes into the result. */
export const countsSelf = ({ result }: Rubric): boolean => (result?.shares ?? []).some(({ who }) => who === 'self')

export const mostOf = ({ most, points }: Item): number => most ?? points
export const leastOf = ({ least = 0 }: Item): number => least
/** It has points only where somebody claims or takes off some. */
export const isClaimed = ({ points }: Item): boolean => points === 0
/** The smallest difference between two totals. */
export const grainOf = ({ result, step }: Rubric): number =>
  result?.decimals === undefined ? step : exactly(10 ** -result.decimals)
/** All items of full marks, as in most plans; else what stands where nothing is said is a base. */
export const isPlain = (rubric: Rubric): boolean =>
  itemsOf(rubric).every((item) => mostOf(item) === item.points && leastOf(item) === 0)

/** A score a person may give: from the item's least to its most, in whole steps; of an item with levels one of them. */
export const isScore = (score: number, item: Item, rubric: Rubric): boolean => {
  if (item.levels) return item.levels.some(({ points }) => points === score)
  const isTaken = score < 0 && -score < (item.first ?? 0)
  return score >= leastOf(item) && score <= mostOf(item) && !isTaken && Number.isInteger(exactly(score / rubric.step))
}

export const bandOf = (total: number, { upper, lowest }: Bands): string =>
  upper.find((band) => total >= band.from)?.name ?? lowest.name

/** From the best band down. */
export const bandNames = ({ upper, lowest }: Bands): string[] => [...upper.map(({ name }) => name), lowest.name]

/** 0 for the best band. */
export const rankOf = (name: string, { upper }: Bands): number => {
  const rank = upper.findIndex((band) => band.name === name)
  return rank < 0 ? upper.length : rank
}

/** The boundary that this total lies exactly on, to be shown with the mark 临界 (decision 1). */
export const boundaryAt = (total: number, { upper }: Bands): Band | undefined =>
  upper.find((band) => total === band.from)

/** What is missing to the next better band and what may be lost before the next worse one; points. */
export function distances(
  total: number,
  bands: Bands,
  step: number,
): { up?: { name: string; points: number }; down?: { name: string; points: number } } {
  const rank = rankOf(bandOf(total, bands), bands)
  const better = bands.upper[rank - 1]
  const own = bands.upper[rank]
  const worse = bands.upper[rank + 1]?.name ?? bands.lowest.name
  return {
    ...(better ? { up: { name: better.name, points: exactly(better.from - total) } } : {}),
    ...(own ? { down: { name: worse, points: exactly(total - own.from + step) } } : {}),
  }
}
