/** Totals and bands that were said beside the scores, compared with what the scores add up to. */
import { totalOf } from '../scores/rubric.ts'
import * as problems from './score-problems.ts'
import type { Statement } from './score-reader.ts'
import type { State } from './score-state.ts'

const sum = (scores: Iterable<number>): number => totalOf([...scores])

/** 总分 is the sum of all; 合计 at the end may be that of the last section too. */
export function checkTotals(state: State, statements: readonly Statement[], given: ReadonlyMap<number, number>): void {
  const scores = state.items.flatMap(({ number }, i) => given.get(number) ?? state.before[i] ?? [])
  const open = state.items.length - scores.length
  const total = sum(scores)
  const last = statements.findLast((one) => one.kind === 'section')
  const section = last
    ? sum((state.rubric.sections[last.section]?.items ?? []).map(({ number }) => given.get(number) ?? 0))
    : total
  for (const statement of statements) {
    if (statement.kind === 'total') {
      const { num, word, piece } = statement
      const fits = num.value === total || (word === 'sum' && num.value === section)
      if (given.size === 0) state.problems.push(problems.likeTotal(piece))
      else if (!fits)
        state.problems.push(open > 0 ? problems.totalEarly(piece, open) : problems.totalDiffers(piece, total))
    }
    if (statement.kind === 'band' && state.bandOf && open === 0 && state.bandOf(total) !== statement.piece)
      state.problems.push(problems.bandDiffers(statement.piece, total, state.bandOf(total)))
  }
}
