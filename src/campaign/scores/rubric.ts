/** The rubric of a scorecard and what follows from its scores. Source for 2022: plan, 附件1 and its 备注. */

export type Item = { number: number; label: string; words: string; points: number; section: string }
export type Section = { name: string; items: readonly Item[] }
/** `bands`, `headings`: the names of its bands and of its form, which people write beside scores. */
export type Rubric = {
  step: number
  sections: readonly Section[]
  bands: readonly string[]
  headings: readonly string[]
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
const exactly = (points: number): number => Math.round(points * 1e6) / 1e6
export const totalOf = (scores: Scores): number => exactly(scores.reduce((sum, score) => sum + score, 0))
export const isComplete = (scores: PartialScores): scores is Scores => scores.every((score) => score !== null)

/** A score a person may give: 0 to the item's points, in whole steps. */
export const isScore = (score: number, item: Item, rubric: Rubric): boolean =>
  score >= 0 && score <= item.points && Number.isInteger(exactly(score / rubric.step))

export const bandOf = (total: number, { upper, lowest }: Bands): string =>
  upper.find((band) => total >= band.from)?.name ?? lowest.name

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
