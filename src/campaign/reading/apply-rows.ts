/** Gives rows of numbers and scores of whole sections to their items. */
import { isScore, totalOf } from '../scores/rubric.ts'
import { type Placed, placeNumbers } from './read-numbers.ts'
import * as problems from './score-problems.ts'
import type { Is, Statement } from './score-reader.ts'
import { type State, say } from './score-state.ts'
import type { Num } from './score-tokens.ts'

const sum = (scores: Iterable<number>): number => totalOf([...scores])

/** The rows of numbers belong together and stand alone. Only totals, words in front and a 其余满分 behind may stand beside them. */
export function applyRows(state: State, rows: readonly Is<'numbers'>[], all: readonly Statement[]): void {
  const [first] = rows
  if (!first) return
  const from = all.indexOf(first)
  const others = all.filter(
    (one, i) => !['numbers', 'total', 'band'].includes(one.kind) && !(one.kind === 'words' && i < from),
  )
  if (others.some((one) => one.kind === 'unread' && one.items.length === 0)) return
  if (others.length > 0 && !beforeRest(state, first, all)) {
    state.problems.push(problems.mixed(first.piece))
    return
  }
  if (isOfUnknown(state, rows, all)) return void state.problems.push(problems.mixed(first.piece))
  placeRows(state, rows)
}

/** 双数项4分: a single number behind words of its own clause belongs to them, not to the first item. */
function isOfUnknown({ targets }: State, rows: readonly Is<'numbers'>[], all: readonly Statement[]): boolean {
  const isOne = rows.every(({ nums }) => nums.length === 1)
  return isOne && targets.length > 1 && all.some(({ kind }, i) => kind === 'words' && all[i + 1]?.kind === 'numbers')
}

/** Takes some scores in a row and then 其余满分, unless the numbers could also be items, or items with their scores. */
function beforeRest({ items, rubric }: State, row: Is<'numbers'>, all: readonly Statement[]): boolean {
  const from = all.indexOf(row)
  if (row.equals || all.some(({ kind }, i) => i > from && !['rest', 'total', 'band'].includes(kind))) return false
  if (all.slice(0, from).some(({ kind }) => kind !== 'words')) return false
  const values = row.nums.map((num) => num.value ?? 0)
  const ascends = (list: readonly number[]): boolean => list.every((value, i) => i === 0 || value > (list[i - 1] ?? 0))
  const pairs = values.every((value, i) => {
    const item = i % 2 > 0 ? items.find(({ number }) => number === values[i - 1]) : undefined
    return i % 2 === 0 || (item !== undefined && value < item.points && isScore(value, item, rubric))
  })
  return !ascends(values) && !(values.length % 2 === 0 && pairs && ascends(values.filter((_, i) => i % 2 === 0)))
}

/** A sum behind a row is the sum of that row or of all rows so far. The number behind the last item may be the total. */
function placeRows(state: State, rows: readonly Is<'numbers'>[]): void {
  const nums = rows.flatMap((row) => row.nums)
  const surplus = nums.at(-1)
  const all =
    nums.length === state.targets.length + 1 ? placeNumbers(nums.slice(0, -1), state.targets, state.rubric) : undefined
  const stated =
    all?.kind === 'placed' && surplus?.value === sum(all.scores.values()) && all.scores.size === state.targets.length
  const placed = stated && all ? all : placeNumbers(nums, state.targets, state.rubric)
  take(state, placed, nums)
  if (placed.kind !== 'placed' || stated) return
  const scores = [...placed.scores.values()]
  let from = 0
  for (const { nums: own, equals, piece } of rows.length > 50 ? [] : rows) {
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
    return void state.problems.push(problems.surplus(placed.piece, placed.count, { room: state.targets.length, open }))
  }
  for (const [item, score] of placed.scores) say(state, item, { score, piece: String(score) })
  if (placed.kind === 'two') state.problems.push(problems.twoReadings(placed.item, placed.piece, placed.readings))
  else if (placed.kind === 'bad') {
    const item = state.items.find(({ number }) => number === placed.slot.item)
    if (item)
      state.problems.push(
        problems.badScore(item, placed.slot.piece, { value: placed.slot.value, rubric: state.rubric }),
      )
  }
}

/** Whether one number alone is too large for every item. */
const looksLikeTotal = ({ items, targets }: State, value: number): boolean =>
  targets.length > 1 && items.every(({ points }) => value > points) && value <= sum(items.map(({ points }) => points))

/** Gives the scores of a section to its items. */
export function applySection(state: State, { section, nums, piece, equals }: Is<'section'>): void {
  const { name, items } = state.rubric.sections[section] ?? { name: '', items: [] }
  if (nums === 'full') {
    for (const item of items) say(state, item.number, { score: item.points, piece })
    return
  }
  const placed = placeNumbers(nums, items, state.rubric)
  if (placed.kind === 'bad' && nums.length === items.length) return take(state, placed, nums)
  if (placed.kind === 'placed' && placed.scores.size === items.length) {
    const total = sum(placed.scores.values())
    for (const [item, score] of placed.scores) say(state, item, { score, piece })
    if (!equals || equals.value === total) return
    state.problems.push(problems.sectionSum(piece, name, { count: items.length, sum: total, said: equals.piece }))
  } else {
    const got = placed.kind === 'surplus' ? placed.count : placed.kind === 'placed' ? placed.scores.size : nums.length
    state.problems.push(problems.sectionLength(piece, name, { count: items.length, got }))
  }
  for (const item of items) state.said.set(item.number, [{ score: undefined, piece }])
}
