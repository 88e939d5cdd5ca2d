/** Statements about scores, applied to a card: what each item gets, and what is not certain. */

import { type Item, isScore, itemsOf, type PartialScores, type Rubric, totalOf } from '../scores/rubric.ts'
import { type Placed, placeNumbers } from './read-numbers.ts'
import * as problems from './score-problems.ts'
import type { Amount, Statement } from './score-reader.ts'
import type { Num } from './score-words.ts'

export type Applied = { given: Map<number, number>; problems: problems.Problem[] }
/** `targets`: the items that a row of numbers is for. `open`: those that 其余 means. `asked`: the one that a bare 扣1 means. */
export type Place = {
  rubric: Rubric
  targets: readonly Item[]
  open: readonly Item[]
  asked?: number
  before: PartialScores
}

/** What was said about an item, each time it was named; undefined where that was not certain. */
type Said = { score: number | undefined; piece: string }
type State = Place & { items: readonly Item[]; said: Map<number, Said[]>; problems: problems.Problem[]; last?: number }
type Is<Kind extends Statement['kind']> = Statement & { kind: Kind }

export function applyStatements(statements: readonly Statement[], place: Place): Applied {
  const state: State = { ...place, items: itemsOf(place.rubric), said: new Map(), problems: [] }
  for (const statement of statements) apply(state, statement, statements)
  for (const statement of statements) if (statement.kind === 'rest') fillRest(state, statement)
  for (const [item, said] of state.said) if (said.length > 1) state.problems.push(namedTwice(item, said))
  const given = new Map<number, number>()
  for (const [item, [only, ...more]] of state.said)
    if (more.length === 0 && only?.score !== undefined) given.set(item, only.score)
  for (const { item } of state.problems) if (item !== undefined) given.delete(item)
  if (state.problems.length === 0) checkTotals(state, statements, given)
  return { given, problems: state.problems }
}

const sum = (scores: Iterable<number>): number => totalOf([...scores])

function say(state: State, item: number, score: number | undefined, piece: string): void {
  state.said.set(item, [...(state.said.get(item) ?? []), { score, piece }])
}

function apply(state: State, statement: Statement, all: readonly Statement[]): void {
  switch (statement.kind) {
    case 'numbers':
      return applyRow(state, statement, all)
    case 'section':
      return applySection(state, statement)
    case 'items':
      for (const { item, amount } of statement.items) give(state, item, amount, statement.piece, statement.before)
      state.last = statement.items.length === 1 ? (statement.items[0]?.item ?? 0) : 0
      return
    case 'amount': {
      const item = state.last || state.asked
      if (item && restates(state, item, statement.amount)) return
      if (item) give(state, item, statement.amount, statement.piece)
      else state.problems.push(problems.noItem(statement.piece))
      return
    }
    case 'unread':
      return leaveOut(state, statement)
    case 'rest':
    case 'total':
  }
}

function leaveOut(state: State, { piece, item }: Is<'unread'>): void {
  if (item === undefined) state.problems.push(problems.unreadPiece(piece))
  else if (!state.items.some(({ number }) => number === item))
    state.problems.push(problems.noSuchItem(item, piece, state.items.length))
  else {
    state.problems.push(problems.unreadItem(item, piece))
    say(state, item, undefined, piece)
  }
}

/** The rows of numbers belong together and stand alone, but for totals and a 其余满分 behind them. */
function applyRow(state: State, row: Is<'numbers'>, all: readonly Statement[]): void {
  const rows = all.filter((one) => one.kind === 'numbers')
  const others = all.filter((one) => one.kind !== 'numbers' && one.kind !== 'total')
  const unclear = others.some((one) => one.kind === 'unread' && one.item === undefined)
  if (others.length > 0 && !beforeRest(state, row, all))
    state.problems.push(...(unclear ? [] : [problems.mixed(row.piece)]))
  else if (rows[0] === row) applyRows(state, rows)
}

/** First scores in a row, then 其余满分: unless the numbers could as well be items, or items with their scores. */
function beforeRest({ items, rubric }: State, row: Is<'numbers'>, all: readonly Statement[]): boolean {
  if (all[0] !== row || row.equals || all.some(({ kind }, i) => i > 0 && kind !== 'rest' && kind !== 'total'))
    return false
  const values = row.nums.map((num) => num.value ?? 0)
  const ascends = (list: readonly number[]): boolean => list.every((value, i) => i === 0 || value > (list[i - 1] ?? 0))
  const pairs = values.every((value, i) => {
    const item = i % 2 > 0 ? items.find(({ number }) => number === values[i - 1]) : undefined
    return i % 2 === 0 || (item !== undefined && value < item.points && isScore(value, item, rubric))
  })
  return !ascends(values) && !(values.length % 2 === 0 && pairs && ascends(values.filter((_, i) => i % 2 === 0)))
}

/** Where a row has its sum behind it, that is the sum of the row or of all so far. */
function applyRows(state: State, rows: readonly Is<'numbers'>[]): void {
  const nums = rows.flatMap((row) => row.nums)
  const placed = placeNumbers(nums, state.targets, state.rubric)
  take(state, placed, nums)
  if (placed.kind !== 'placed') return
  const scores = [...placed.scores.values()]
  let from = 0
  for (const { nums: own, equals, piece } of rows) {
    const part = placeNumbers(own, state.targets.slice(from), state.rubric)
    const to = from + (part.kind === 'placed' ? part.scores.size : own.length)
    const total = sum(scores.slice(from, to))
    if (equals && equals.value !== total && equals.value !== sum(scores.slice(0, to)))
      state.problems.push(problems.sumDiffers(piece, total, equals.piece))
    from = to
  }
}

function take(state: State, placed: Placed, nums: readonly Num[]): void {
  const [alone] = nums
  if (nums.length === 1 && placed.kind !== 'placed' && alone?.value !== undefined && looksLikeTotal(state, alone.value))
    return void state.problems.push(problems.likeTotal(alone.piece))
  const unread = nums.find((num) => num.value === undefined && !num.list && !num.digits)
  if (placed.kind === 'surplus' && unread) return void state.problems.push(problems.unreadPiece(unread.piece))
  if (placed.kind === 'surplus') {
    const open = state.targets.length < state.items.length
    return void state.problems.push(problems.surplus(placed.piece, placed.count, state.targets.length, open))
  }
  for (const [item, score] of placed.scores) say(state, item, score, String(score))
  if (placed.kind === 'two') state.problems.push(problems.twoReadings(placed.item, placed.piece, placed.readings))
  else if (placed.kind === 'bad') {
    const item = state.items.find(({ number }) => number === placed.slot.item)
    if (item) state.problems.push(problems.badScore(item, placed.slot.piece, placed.slot.value, state.rubric))
  }
}

/** One number alone that is too much for any item. */
const looksLikeTotal = ({ items, targets }: State, value: number): boolean =>
  targets.length > 1 && items.every(({ points }) => value > points) && value <= sum(items.map(({ points }) => points))

function applySection(state: State, { section, nums, piece, equals }: Is<'section'>): void {
  const { name, items } = state.rubric.sections[section] ?? { name: '', items: [] }
  if (nums === 'full') {
    for (const item of items) say(state, item.number, item.points, piece)
    return
  }
  const placed = placeNumbers(nums, items, state.rubric)
  if (placed.kind === 'bad' && nums.length === items.length) return take(state, placed, nums)
  if (placed.kind === 'placed' && placed.scores.size === items.length) {
    const total = sum(placed.scores.values())
    for (const [item, score] of placed.scores) say(state, item, score, piece)
    if (!equals || equals.value === total) return
    state.problems.push(problems.sectionSum(piece, name, items.length, total, equals.piece))
  } else {
    const got = placed.kind === 'surplus' ? placed.count : placed.kind === 'placed' ? placed.scores.size : nums.length
    state.problems.push(problems.sectionLength(piece, name, items.length, got))
  }
  for (const item of items) state.said.set(item.number, [{ score: undefined, piece }])
}

function scoreOf(item: Item, amount: Amount): number | undefined {
  if (amount.how === 'full') return item.points
  if (amount.num.value === undefined) return undefined
  return amount.how === 'lose' ? totalOf([item.points, -amount.num.value]) : amount.num.value
}

/** 扣1分，得4分: the same said twice over. */
function restates(state: State, number: number, amount: Amount): boolean {
  const item = state.items.find((one) => one.number === number)
  const said = state.said.get(number) ?? []
  return (
    item !== undefined && said.length === 1 && said[0]?.score !== undefined && said[0].score === scoreOf(item, amount)
  )
}

function give(state: State, number: number, amount: Amount, piece: string, before?: Num): void {
  const at = state.items.findIndex((one) => one.number === number)
  const item = state.items[at]
  if (!item) return void state.problems.push(problems.noSuchItem(number, piece, state.items.length))
  const score = scoreOf(item, amount)
  const was = state.before[at] ?? null
  const fits = score !== undefined && isScore(score, item, state.rubric)
  const typed = amount.how === 'full' ? piece : `${amount.how === 'lose' ? '扣' : ''}${amount.num.piece}`
  if (before && before.value !== was) state.problems.push(problems.otherBefore(number, piece, was, before.piece))
  else if (!fits) state.problems.push(problems.badScore(item, typed, score, state.rubric))
  say(state, number, fits ? score : undefined, piece)
}

function fillRest(state: State, { scope, amount, count, piece }: Is<'rest'>): void {
  if (state.asked !== undefined && scope === 'bare' && state.said.size === 0)
    return give(state, state.asked, amount, piece)
  const left = (scope === 'rest' ? state.open : state.items).filter(({ number }) => !state.said.has(number))
  const uneven = new Set(left.map(({ points }) => points)).size > 1
  if (scope === 'bare' && state.said.size > 0) state.problems.push(problems.restUnclear(piece))
  else if (scope === 'rest' && state.said.size === 0 && state.before.every((score) => score === null))
    state.problems.push(problems.restOfNothing(piece))
  else if (left.length === 0)
    state.problems.push(scope === 'rest' ? problems.noneLeft(piece) : problems.unreadPiece(piece))
  else if (count !== undefined && count !== left.length && state.problems.length === 0)
    state.problems.push(problems.restDiffers(piece, left.length))
  else if (amount.how === 'lose' || (amount.how === 'get' && uneven && amount.num.value !== 0))
    state.problems.push(problems.restUneven(piece))
  else for (const item of left) give(state, item.number, amount, piece)
}

function namedTwice(item: number, said: readonly Said[]): problems.Problem {
  const scores = [...new Set(said.flatMap(({ score }) => (score === undefined ? [] : [score])))]
  const piece = [...new Set(said.map((one) => one.piece))].join('，')
  return scores.length > 1 ? problems.twoReadings(item, piece, scores) : problems.saidTwice(item, piece)
}

/** 总分 is the sum of all; 合计 at the end may be that of the last section too. */
function checkTotals(state: State, statements: readonly Statement[], given: ReadonlyMap<number, number>): void {
  const scores = state.items.flatMap(({ number }, i) => given.get(number) ?? state.before[i] ?? [])
  const open = state.items.length - scores.length
  const total = sum(scores)
  const last = statements.findLast((one) => one.kind === 'section')
  const section = last
    ? sum((state.rubric.sections[last.section]?.items ?? []).map(({ number }) => given.get(number) ?? 0))
    : total
  for (const statement of statements)
    if (statement.kind === 'total') {
      const { num, word, piece } = statement
      const fits = num.value === total || (word === 'sum' && num.value === section)
      if (given.size === 0) state.problems.push(problems.likeTotal(piece))
      else if (!fits)
        state.problems.push(open > 0 ? problems.totalEarly(piece, open) : problems.totalDiffers(piece, total))
    }
}
