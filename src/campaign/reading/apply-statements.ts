/** Applies statements about scores to a card: the score of each item, the reasons, and what is uncertain. */

import { type Item, isPlain, isScore, itemsOf, mostOf, totalOf } from '../scores/rubric.ts'
import { applyRows, applySection } from './apply-rows.ts'
import { checkTotals, fillByTotal } from './apply-totals.ts'
import * as problems from './score-problems.ts'
import type { Amount, Is, Statement } from './score-reader.ts'
import { type Place, type Said, type State, say } from './score-state.ts'
import type { Num } from './score-tokens.ts'

/** `reasons` holds the words about items besides their scores. */
export type Applied = { given: Map<number, number>; reasons: Map<number, string>; problems: problems.Problem[] }
/** Applies all statements of a text. `problems` holds what is uncertain; it never guesses. */
export function applyStatements(statements: readonly Statement[], place: Place): Applied {
  const state: State = {
    items: itemsOf(place.rubric),
    said: new Map(),
    problems: [],
    spokenOf: [],
    waiting: new Map(),
    filled: false,
    sums: [],
    ...place,
  }
  const rows = statements.filter((one) => one.kind === 'numbers')
  for (const [i, statement] of statements.entries()) apply(state, statement, statements[i - 1])
  if (rows.length > 0) applyRows(state, rows, statements)
  for (const one of state.sums) shareOut(state, one)
  for (const [item, piece] of state.waiting) leaveOut(state, [item], piece)
  for (const statement of statements) if (statement.kind === 'rest') fillRest(state, statement)
  for (const [item, said] of state.said) if (said.length > 1) state.problems.push(namedTwice(item, said))
  const given = new Map<number, number>()
  for (const [item, [only, ...more]] of state.said)
    if (more.length === 0 && only?.score !== undefined) given.set(item, only.score)
  for (const { item, items = [] } of state.problems)
    for (const one of [item, ...items]) if (one !== undefined) given.delete(one)
  if (state.problems.length === 0) fillByTotal(state, statements, given)
  if (state.problems.length === 0) checkTotals(state, statements, given)
  return { given, reasons: reasonsIn(statements, given), problems: state.problems }
}

function apply(state: State, statement: Statement, before: Statement | undefined): void {
  switch (statement.kind) {
    case 'section':
      return applySection(state, statement)
    case 'items':
      for (const { item, amount } of statement.items) give(state, item, { amount, from: statement })
      state.spokenOf = statement.items.map(({ item }) => item)
      return
    case 'named':
      for (const item of statement.items) if (!state.said.has(item)) state.waiting.set(item, statement.piece)
      state.spokenOf = statement.items
      return
    case 'shared':
      return share(state, statement)
    case 'retracted':
      for (const item of state.spokenOf) state.said.delete(item)
      return
    case 'amount':
      return applyAmount(state, statement, before?.kind === 'words' ? before.piece : '')
    case 'unread':
      return leaveOut(state, statement.items, statement.piece)
    case 'keep':
      if (state.before.every((score) => score === null)) state.problems.push(problems.nothingToKeep(statement.piece))
      return
    case 'rest':
      // If items may have more than their present points, the next words are not about the item before.
      if (!isPlain(state.rubric)) state.spokenOf = []
      return
    case 'numbers':
    case 'total':
    case 'band':
    case 'words':
  }
}

/** 第6项扣1，党费那项扣0.5: `words` before another amount may name another item. */
function applyAmount(state: State, statement: Is<'amount'>, words: string): void {
  if (statement.count !== undefined) return applyToEach(state, statement)
  const [item, ...more] = state.spokenOf.length > 0 ? state.spokenOf : state.asked === undefined ? [] : [state.asked]
  if (item === undefined) return void state.problems.push(problems.noItem(statement.piece))
  const { amount, piece } = statement
  if (more.length > 0 && !state.waiting.has(item)) return leaveOut(state, state.spokenOf, piece)
  for (const one of [item, ...more]) {
    const stood = state.said.get(one)?.at(-1)?.score
    if (!statement.anew && !isRelative(amount) && restates(state, one, amount)) continue
    if (words && !statement.anew && !isRelative(amount) && stood !== undefined)
      return void state.problems.push(problems.noItem(`${words}${piece}`))
    if (statement.anew || (isRelative(amount) && stood !== undefined)) state.said.delete(one)
    const since = !statement.anew && isRelative(amount) && stood !== undefined
    give(state, one, {
      amount: since ? { how: 'get', num: { ...amount.num, value: moved(stood, amount) } } : amount,
      from: statement,
    })
  }
}
/** 两项各0.5: gives the amount to the items just spoken of, if the count matches. */
function applyToEach(state: State, { amount, count, piece }: Is<'amount'>): void {
  if (state.spokenOf.length !== count) return void state.problems.push(problems.noItem(piece))
  for (const item of state.spokenOf) give(state, item, { amount, from: { piece } })
}
type Relative = { how: 'less' | 'more'; num: Num }
const isRelative = (amount: Amount): amount is Relative => amount.how === 'less' || amount.how === 'more'
const moved = (stood: number, { how, num }: Relative): number =>
  num.value === undefined ? Number.NaN : totalOf([stood, how === 'less' ? -num.value : num.value])

/** The items that a misunderstood clause names stay open. If it names none, all items are in doubt. */
function leaveOut(state: State, items: readonly number[], piece: string): void {
  const known = items.filter((item) => state.items.some(({ number }) => number === item))
  const [strange] = items.filter((item) => !known.includes(item))
  if (known.length === 0 && strange !== undefined)
    state.problems.push(problems.noSuchItem(strange, piece, state.items.length))
  else if (known.length === 0 || known.length > state.items.length / 2) state.problems.push(problems.unreadPiece(piece))
  for (const item of known) {
    state.problems.push(problems.unreadItem(item, piece))
    say(state, item, { score: undefined, piece })
  }
}

/** Several items with one sum: it must be all or nothing, or equal the sum of the scores they get otherwise. */
function share(state: State, statement: Is<'shared'>): void {
  state.spokenOf = statement.items
  state.sums.push(statement)
}
function shareOut(state: State, { items, num, piece, lost }: Is<'shared'>): void {
  const own = state.items.filter(({ number }) => items.includes(number))
  const most = totalOf(own.map(({ points }) => points))
  const sum = lost && num.value !== undefined ? totalOf([most, -num.value]) : num.value
  const said = own.map(({ number }) => state.said.get(number))
  if (said.every((one) => one?.length === 1 && one[0]?.score !== undefined)) {
    const got = totalOf(said.flatMap((one) => one?.[0]?.score ?? []))
    if (got !== sum) state.problems.push(problems.sumDiffers(piece, lost ? totalOf([most, -got]) : got, num.piece))
  } else if (sum === most || sum === 0)
    for (const { number, points } of own) say(state, number, { score: sum === 0 ? 0 : points, piece })
  else {
    state.problems.push(problems.onlySum(piece, items))
    for (const { number } of own) say(state, number, { score: undefined, piece })
  }
}

/** The score that an amount gives, or undefined if it cannot be known. */
function scoreOf(state: State, item: Item, amount: Amount): number | undefined {
  const at = item.number - 1
  switch (amount.how) {
    case 'full':
      return item.points
    case 'zero':
      return 0
    case 'half':
      return item.points / 2
    case 'self':
      return state.self?.[at] ?? undefined
    case 'last':
      return state.last?.[at] ?? undefined
    case 'get':
      return amount.num.value
    case 'lose':
      return amount.num.value === undefined ? undefined : totalOf([item.points, -amount.num.value])
    case 'less':
    case 'more': {
      const isBase = amount.how === 'less' || mostOf(item) > item.points
      const stands = state.before[at] ?? (isBase ? item.points : null)
      return stands === null || amount.num.value === undefined ? undefined : moved(stands, amount)
    }
  }
}

/** 扣1分，得4分: the same score, said twice. */
function restates(state: State, number: number, amount: Amount): boolean {
  const item = state.items.find((one) => one.number === number)
  const said = state.said.get(number) ?? []
  const score = item && scoreOf(state, item, amount)
  return said.length === 1 && score !== undefined && said[0]?.score === score
}

type From = { piece: string; before?: Amount }
function give(state: State, number: number, { amount, from: { piece, before } }: { amount: Amount; from: From }): void {
  const at = state.items.findIndex((one) => one.number === number)
  const item = state.items[at]
  state.waiting.delete(number)
  if (!item) return void state.problems.push(problems.noSuchItem(number, piece, state.items.length))
  const score = scoreOf(state, item, amount)
  const was = state.before[at] ?? null
  const fits = score !== undefined && isScore(score, item, state.rubric)
  const said = before && scoreOf(state, item, before)
  if (amount.how === 'self' || amount.how === 'last') {
    if (score === undefined) state.problems.push(problems.nothingLike(piece, amount.how))
  } else if (before && said !== (was ?? item.points))
    state.problems.push(problems.otherBefore(number, piece, { was, said }))
  else if (!fits)
    state.problems.push(problems.badScore(item, problems.typed(amount, piece), { value: score, rubric: state.rubric }))
  say(state, number, { score: fits ? score : undefined, piece })
}

function fillRest(state: State, { scope, amount, count, piece }: Is<'rest'>): void {
  if (state.asked !== undefined && (scope === 'bare' || scope === 'each') && state.said.size === 0 && !state.filled)
    return give(state, state.asked, { amount, from: { piece } })
  const partly = state.open.length > 0 && state.open.length < state.items.length
  const onlyOpen = scope === 'rest' || (scope === 'each' && partly && amount.how !== 'full')
  const left = (onlyOpen ? state.open : state.items).filter(({ number }) => !state.said.has(number))
  const below = state.items.some(
    ({ number, points }) => (state.before[number - 1] ?? points) < points && !state.said.has(number),
  )
  const uneven = new Set(left.map(({ points }) => points)).size > 1
  if (left.length === 0 && amount.how === 'full' && count === undefined) {
    if (!state.filled && scope === 'rest') state.problems.push(problems.noneLeft(piece))
    return
  }
  if (
    (scope === 'bare' && state.said.size > 0 && !state.filled) ||
    (scope === 'each' && partly && amount.how === 'full' && below)
  )
    state.problems.push(problems.restUnclear(piece))
  else if (scope === 'rest' && state.said.size === 0 && state.before.every((score) => score === null))
    state.problems.push(
      amount.how === 'self' || amount.how === 'last'
        ? problems.restOfNothingLike(piece)
        : problems.restOfNothing(piece),
    )
  else if (left.length === 0) state.problems.push(problems.unreadPiece(piece))
  else if (count !== undefined && count !== left.length && state.problems.length === 0)
    state.problems.push(problems.restDiffers(piece, left.length))
  else if (isUneven(amount, uneven)) state.problems.push(problems.restUneven(piece))
  else {
    for (const item of left) give(state, item.number, { amount, from: { piece } })
    state.filled = true
  }
}
const isUneven = (amount: Amount, uneven: boolean): boolean =>
  amount.how === 'lose' || isRelative(amount) || (amount.how === 'get' && uneven && amount.num.value !== 0)

function namedTwice(item: number, said: readonly Said[]): problems.Problem {
  const scores = [...new Set(said.flatMap(({ score }) => (score === undefined ? [] : [score])))]
  const piece = [...new Set(said.map((one) => one.piece))].slice(0, 3).join('，')
  return scores.length > 1 ? problems.twoReadings(item, piece, scores) : problems.saidTwice(item, piece)
}

/** Gives words to the items beside them: those before the words, or else those behind. */
function reasonsIn(statements: readonly Statement[], given: ReadonlyMap<number, number>): Map<number, string> {
  const reasons = new Map<number, string[]>()
  const keep = (one: Statement | undefined, words: string): boolean => {
    if (one?.kind !== 'items' || one.items.length > 6) return false
    for (const { item } of one.items)
      if (given.has(item)) {
        const known = reasons.get(item)
        if (known) known.push(words)
        else reasons.set(item, [words])
      }
    return true
  }
  for (const [i, one] of statements.entries()) {
    if (one.kind === 'items' && one.reason) keep(one, one.reason)
    if (one.kind === 'words' && !keep(statements[i - 1], one.piece)) keep(statements[i + 1], one.piece)
  }
  return new Map(
    [...reasons].map(([item, words]) => [
      item,
      words
        .join('，')
        .replace(/[()（）]/g, '')
        .slice(0, 200),
    ]),
  )
}
