/** A scorecard that is being filled in, and how a text or a tap changes it. */
import { z } from 'zod'
import { type Inputs, inputFields, inputsOf } from './inputs.ts'
import { rangeWords } from './item-words.ts'
import { type Item, isComplete, isScore, itemsOf, type PartialScores, type Rubric, type Scores } from './rubric.ts'
import { Reasons } from './scorecard.ts'

/** `todo` holds the numbers of the items that were unticked and are asked one by one. */
export const ScorecardDraft = z.strictObject({
  scores: z.array(z.number().nullable()),
  todo: z.array(z.number()),
  ...inputFields,
  /** The round of 复评, from 2. */
  round: z.number().exactOptional(),
  /** The words about single items beside their scores. */
  reasons: Reasons.exactOptional(),
  /** The vetoes that hold. */
  vetoes: z.array(z.string()).exactOptional(),
})
export type ScorecardDraft = z.infer<typeof ScorecardDraft>

/** The known parts of a card, from a draft or from a record. */
export type Known = Inputs & {
  scores: PartialScores
  todo?: readonly number[]
  reasons?: Reasons | undefined
  vetoes?: readonly string[] | undefined
}
/** The parts given by a text or a tap. A part that is absent stays as it was, except that `todo` becomes empty. */
export type Given = Omit<Known, 'todo'> & { todo?: number[] }
/** The result of reading a text: the parts to keep, and a question back about an item. */
export type Taken = { given?: Given; say?: string; item?: number }

/** The scores of a card of which nothing is known. */
export const nothingYet = (rubric: Rubric): null[] => itemsOf(rubric).map(() => null)

/** A draft with more parts given. */
export function drafted(before: ScorecardDraft | undefined, given: Given, round: number): ScorecardDraft {
  const reasons = given.reasons ?? before?.reasons ?? {}
  const vetoes = given.vetoes ?? before?.vetoes ?? []
  return {
    scores: [...given.scores],
    todo: given.todo ?? [],
    ...inputsOf(before),
    ...inputsOf(given),
    ...(round > 1 ? { round } : {}),
    ...(Object.keys(reasons).length > 0 ? { reasons } : {}),
    ...(vetoes.length > 0 ? { vetoes: [...vetoes] } : {}),
  }
}

/** Whether every item has its score and none is to be asked. */
export const isWhole = (draft: ScorecardDraft): draft is ScorecardDraft & { scores: number[] } =>
  isComplete(draft.scores) && draft.todo.length === 0
/** Gives the ticked items the scores that a tick means; the others are asked one by one. `picked` are ids `i<number>`. */
export function withTicks(picked: readonly string[], meant: Scores, rubric: Rubric): Given {
  const items = itemsOf(rubric)
  const todo = items.filter(({ number }) => !picked.includes(`i${number}`)).map(({ number }) => number)
  return { todo, scores: items.map((item, i) => (todo.includes(item.number) ? null : (meant[i] ?? item.points))) }
}

/** Gives one item the picked score, or undefined if it cannot have that. */
export function withItem(
  { scores, todo }: ScorecardDraft,
  { number, score }: { number: number; score: number },
  rubric: Rubric,
): Given | undefined {
  const item = itemsOf(rubric).find((one) => one.number === number)
  if (!item || !isScore(score, item, rubric)) return undefined
  return {
    scores: scores.map((before, i) => (i === number - 1 ? score : before)),
    todo: todo.filter((one) => one !== number),
  }
}

/** Takes a filled-in form of numbers with fields `i<number>`. An empty field stays as it was. The first impossible score is asked again. */
export function withForm(
  values: Readonly<Record<string, unknown>>,
  before: PartialScores | undefined,
  rubric: Rubric,
): Taken {
  const items = itemsOf(rubric)
  const read = items.map((item, i) => {
    const value = values[`i${item.number}`]
    return value === undefined || value === '' ? (before?.[i] ?? null) : Number(value)
  })
  const bad = items.find((item, i) => read[i] !== null && !isScore(read[i] ?? Number.NaN, item, rubric))
  const given = { scores: read.map((value, i) => (bad?.number === i + 1 ? null : value)) }
  if (!bad) return { given }
  return { given, say: `第${bad.number}项${whatIs(bad, String(values[`i${bad.number}`]), rubric)}`, item: bad.number }
}
const whatIs = (item: Item, received: string, { step }: Rubric): string =>
  `（${item.label}）收到“${received}”，这一项是${rangeWords(item)}${item.levels ? '' : `，可到${step}分`}。第${item.number}项应是几分？`
