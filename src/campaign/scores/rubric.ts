/** The rubric of a scorecard and the rules for its scores. Source for 2022: plan, 附件1 and its 备注. */

/** A level that is chosen instead of a number: 好, 较好 … */
export type Level = { name: string; points: number }
/**
 * `points` is the normal score: full marks, or the item's base. `most` is the highest score if that is not `points`: for a bonus, or
 * Infinity for an item without an upper limit. `least` is below 0 for an item that only takes points off, and `first` is then the smallest
 * deduction. An item with `levels` is chosen, not typed.
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
/** `share` (0–1) of the section's points goes into the total. `most` is the section's highest sum. */
export type Section = { name: string; items: readonly Item[]; share?: number; most?: number }

/** The scorers of a result: the branch itself, the general branch, and a panel (its average). */
export const scorers = ['self', 'deciding', 'panel'] as const
export type Scorer = (typeof scorers)[number]
/** `shares` sum to 1. Without them the deciding score is the result. `decimals`: rounded half up, once, at the end. */
export type ResultRule = { shares: readonly { who: Scorer; share: number }[]; decimals?: number }
/** A branch with a veto is in no better band than `atMost`. */
export type Veto = { name: string; words: string; atMost: string }

/** `bands` and `headings` are the names of the bands and of the form's parts, which people write beside scores. */
export type Rubric = {
  step: number
  sections: readonly Section[]
  bands: readonly string[]
  headings: readonly string[]
  result?: ResultRule
  vetoes?: readonly Veto[]
  /** A score other than the base needs words about why. */
  evidence?: boolean
}

/**
 * `upper` goes from the best band down; a branch that reaches none of them is in `lowest`. `words` is the plan's sentence about this band.
 */
export type Band = { name: string; from: number; words: string }
export type Bands = { upper: readonly Band[]; lowest: { name: string; words: string } }

/** One score for each item, in the order of the items; `null` if none was given yet. Points, in steps of `rubric.step`. */
export type Scores = readonly number[]
export type PartialScores = readonly (number | null)[]

const itemsIn = new WeakMap<Rubric, readonly Item[]>()
/** The items of all sections, in order. Made once for each rubric, because the readers ask for them at every word. */
export function itemsOf(rubric: Rubric): readonly Item[] {
  const known = itemsIn.get(rubric)
  if (known) return known
  const items = rubric.sections.flatMap((section) => section.items)
  itemsIn.set(rubric, items)
  return items
}
/** The item beside which the masses' appraisal is shown: the first whose words speak of 满意度 (decision 12). */
export const appraisedItem = (rubric: Rubric): Item | undefined =>
  itemsOf(rubric).find(({ words }) => words.includes('满意度'))
/** The full marks of all items, in their order. */
export const fullMarks = (rubric: Rubric): number[] => itemsOf(rubric).map((item) => item.points)
/** A sum of tenths without the rounding errors of binary fractions. */
export const exactly = (points: number): number => Math.round(points * 1e6) / 1e6
/** The sum of a card's points. A rubric with its own rule for the result reckons it in `results.ts`. */
export const totalOf = (scores: Scores): number => exactly(scores.reduce((sum, score) => sum + score, 0))
/** Whether no item lacks its points. */
export const isComplete = (scores: PartialScores): scores is Scores => scores.every((score) => score !== null)

/** Whether the branch's own score counts for the result. */
export const countsSelf = ({ result }: Rubric): boolean => (result?.shares ?? []).some(({ who }) => who === 'self')

/** The most points that an item may get, which may be above its full marks. */
export const mostOf = ({ most, points }: Item): number => most ?? points
/** The least points that an item may get; below 0 if it takes points off. */
export const leastOf = ({ least = 0 }: Item): number => least
/** Whether an item has points only if somebody claims some or takes some off. */
export const isClaimed = ({ points }: Item): boolean => points === 0
/** The smallest difference between two totals. */
export const grainOf = ({ result, step }: Rubric): number =>
  result?.decimals === undefined ? step : exactly(10 ** -result.decimals)
/** Whether every item has full marks as its normal score, as in most plans. Otherwise the normal score is a base. */
export const isPlain = (rubric: Rubric): boolean =>
  itemsOf(rubric).every((item) => mostOf(item) === item.points && leastOf(item) === 0)

/** Whether a person may give this score: from the item's least to its most, in whole steps; for an item with levels, one of them. */
export const isScore = (score: number, item: Item, rubric: Rubric): boolean => {
  if (item.levels) return item.levels.some(({ points }) => points === score)
  const isTaken = score < 0 && -score < (item.first ?? 0)
  return score >= leastOf(item) && score <= mostOf(item) && !isTaken && Number.isInteger(exactly(score / rubric.step))
}

/** The band of a total: the best one whose lower bound it reaches. */
export const bandOf = (total: number, { upper, lowest }: Bands): string =>
  upper.find((band) => total >= band.from)?.name ?? lowest.name

/** The names of the bands, the best first. */
export const bandNames = ({ upper, lowest }: Bands): string[] => [...upper.map(({ name }) => name), lowest.name]

/** The rank of a band; 0 is the best. */
export const rankOf = (name: string, { upper }: Bands): number => {
  const rank = upper.findIndex((band) => band.name === name)
  return rank < 0 ? upper.length : rank
}

/** The boundary on which this total lies exactly. It is shown with the mark 临界 (decision 1). */
export const boundaryAt = (total: number, { upper }: Bands): Band | undefined =>
  upper.find((band) => total === band.from)

/** The points missing to the next better band, and the points that may be lost before the next worse one. */
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
