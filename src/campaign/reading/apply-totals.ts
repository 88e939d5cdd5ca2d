/** Compares the totals and bands in a text with the sum of the scores. */
import { ownTotal } from '../scores/results.ts'
import { totalOf } from '../scores/rubric.ts'
import * as problems from './score-problems.ts'
import type { Statement } from './score-reader.ts'
import type { State } from './score-state.ts'

const sum = (scores: Iterable<number>): number => totalOf([...scores])

/** 总分 is the sum of all items. 合计 at the end may also be the sum of the last section. */
export function checkTotals(state: State, statements: readonly Statement[], given: ReadonlyMap<number, number>): void {
  const scores = state.items.flatMap(({ number }, i) => given.get(number) ?? state.before[i] ?? [])
  const open = state.items.length - scores.length
  const total = open === 0 ? ownTotal(state.rubric, scores).total : sum(scores)
  const last = statements.findLast((one) => one.kind === 'section')
  const section = last
    ? sum((state.rubric.sections[last.section]?.items ?? []).map(({ number }) => given.get(number) ?? 0))
    : total
  for (const statement of statements) {
    if (statement.kind === 'total') {
      const { num, word, of, piece } = statement
      const own = of.length > 0 && num.value === sum(of.map((item) => given.get(item) ?? 0))
      const fits = num.value === total || own || (word === 'sum' && num.value === section)
      if (given.size === 0) state.problems.push(problems.likeTotal(piece))
      else if (!fits)
        state.problems.push(open > 0 ? problems.totalEarly(piece, open) : problems.totalDiffers(piece, total))
    }
    if (statement.kind === 'band' && state.bandOf && open === 0 && state.bandOf(total) !== statement.piece)
      state.problems.push(problems.bandDiffers(statement.piece, total, state.bandOf(total)))
  }
}

/** 得分95，其中第3项扣2分，第18项扣3分: the named items explain the whole loss, so all others have full marks. */
export function fillByTotal(state: State, statements: readonly Statement[], given: Map<number, number>): void {
  const [stated, ...more] = statements.flatMap((one) =>
    one.kind === 'total' && one.word === 'total' ? [one.num.value] : [],
  )
  const left = state.items.filter(({ number }, i) => !given.has(number) && (state.before[i] ?? null) === null)
  if (stated === undefined || more.length > 0 || given.size + left.length < state.items.length) return
  if (given.size === 0 || stated !== sum([...given.values(), ...left.map(({ points }) => points)])) return
  for (const { number, points } of left) given.set(number, points)
}
