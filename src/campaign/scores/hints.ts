import { fullMarks, isPlain, type Rubric, type Scores, totalOf } from './rubric.ts'

/**
 * The unusual things about a score. The reviewer sees them with the grader's words about them. They never block a card and are never
 * published.
 */
export type Hint = 'all-full' | 'far-from-self' | 'as-last-year'
export const hintWords: { [hint in Hint]: string } = {
  'all-full': '各项都是满分',
  'far-from-self': '与自评相差10分以上',
  'as-last-year': '与上年逐项相同',
}
const far = 10

const same = (a: Scores, b: Scores): boolean => a.length === b.length && a.every((score, i) => score === b[i])

/** The hints about a card, beside the branch's self-score and last year's score. */
export function hintsOf(
  scores: Scores,
  self: Scores | undefined,
  { lastYear, rubric }: { lastYear: Scores | undefined; rubric: Rubric },
): Hint[] {
  return [
    ...(isPlain(rubric) && same(scores, fullMarks(rubric)) ? (['all-full'] as const) : []),
    ...(self && Math.abs(totalOf(self) - totalOf(scores)) > far ? (['far-from-self'] as const) : []),
    ...(lastYear && same(scores, lastYear) ? (['as-last-year'] as const) : []),
  ]
}
