/** Matches a row of numbers with its items. */
import { type Item, isScore, itemsOf, type Rubric } from '../scores/rubric.ts'
import type { Num } from './score-tokens.ts'

/** The result of matching numbers with items. `slot` is the number of an item that got an impossible score. */
export type Placed =
  | { kind: 'placed'; scores: Map<number, number> }
  | { kind: 'bad'; scores: Map<number, number>; slot: { item: number; piece: string; value?: number } }
  /** One piece with two meanings. */
  | {
      kind: 'two'
      scores: Map<number, number>
      item: number
      readings: [number | undefined, number | undefined]
      piece: string
    }
  | { kind: 'surplus'; count: number; piece: string }

/**
 * `single`: how many items at the beginning have one digit. `lone`: there is only one long number. `grouped`: groups are among the numbers.
 */
type Row = {
  nums: readonly Num[]
  targets: readonly Item[]
  rubric: Rubric
  single: number
  lone: boolean
  grouped: boolean
  all: boolean
}

/**
 * Gives numbers to items in order. A separate number is one score. A group of digits may be several scores, if it makes up whole sections
 * or begins the card and covers all its one-digit items. If the digits can be shared out in several ways, we ask and do not guess.
 */
export function placeNumbers(nums: readonly Num[], targets: readonly Item[], rubric: Rubric): Placed {
  const items = itemsOf(rubric)
  const twoDigits = items.findIndex((item) => item.points >= 10)
  const total = items.reduce((sum, item) => sum + item.points, 0)
  if (nums.length > items.length * 2) return { kind: 'surplus', count: nums.length, piece: nums.at(-1)?.piece ?? '' }
  const [first] = nums
  const lone = nums.length === 1 && first !== undefined && !(first.value !== undefined && first.value <= total)
  const row: Row = {
    nums,
    targets,
    rubric,
    single: twoDigits < 0 ? items.length : twoDigits,
    lone,
    grouped: nums.some(
      (num) => (num.digits ?? num.list) !== undefined && items.every(({ points }) => (num.value ?? Infinity) > points),
    ),
    all: targets.length === items.length,
  }
  const [one, other] = allWays(row)
  if (one && other) return twoWays(row, one, other)
  const shared = one?.findIndex(
    (scores, n) => nums[n]?.digits !== undefined && isSumToo(scores, targets.slice(one.slice(0, n).flat().length)),
  )
  if (one && shared !== undefined && shared >= 0) return twoWays(row, one, one.slice(0, shared))
  return one ? { kind: 'placed', scores: byItem(targets, one.flat()) } : diagnose({ ...row, grouped: false })
}

const byItem = (targets: readonly Item[], scores: readonly (number | undefined)[]): Map<number, number> =>
  new Map(
    targets.flatMap(({ number }, i) => {
      const score = scores[i]
      return score === undefined ? [] : [[number, score] as const]
    }),
  )

/** Ways to reach a place. Two are enough to know that it is uncertain. */
type Ways<T> = Map<number, T[][]>
function addWays<T>(ways: Ways<T>, to: number, { before, step }: { before: readonly T[][]; step: T }): void {
  ways.set(to, [...(ways.get(to) ?? []), ...before.map((way) => [...way, step])].slice(0, 2))
}

/** The ways to give the numbers to items; each way lists the scores of every number. */
function allWays(row: Row): number[][][] {
  let ways: Ways<number[]> = new Map([[0, [[]]]])
  for (const [n, num] of row.nums.entries()) {
    const next: Ways<number[]> = new Map()
    for (const [at, before] of ways)
      for (const scores of optionsAt(row, num, { n, at })) addWays(next, at + scores.length, { before, step: scores })
    ways = next
  }
  return [...ways.values()].flat()
}

const scoreAlone = ({ value }: Num, item: Item | undefined, rubric: Rubric): number[][] =>
  value !== undefined && item && isScore(value, item, rubric) ? [[value]] : []

function optionsAt(row: Row, num: Num, { n, at }: { n: number; at: number }): number[][] {
  const { targets, rubric } = row
  const options = scoreAlone(num, targets[at], rubric)
  if (options.length > 0 && !row.grouped) return options
  const length = num.digits?.length ?? num.list?.length ?? 0
  for (let to = at + 2; to <= Math.min(targets.length, at + length); to++)
    if (mayCover(row, n, { at, to })) options.push(...shareOut(num, targets.slice(at, to), rubric))
  return options
}

function mayCover(
  { targets, rubric, single, lone, all }: Row,
  n: number,
  { at, to }: { at: number; to: number },
): boolean {
  if (n === 0 && (lone || (all && (to === targets.length || (single > 1 && to >= single))))) return true
  const covered = targets.slice(at, to)
  const sections = new Set(covered.map((item) => item.section))
  return (
    rubric.sections.filter(({ name }) => sections.has(name)).flatMap(({ items }) => items).length === covered.length
  )
}

/** The ways to share out the characters of one group to exactly these items. */
function shareOut({ digits = '', list }: Num, items: readonly Item[], rubric: Rubric): number[][] {
  if (list)
    return list.length === items.length &&
      list.every((value, i) => scoreAlone({ piece: '', value }, items[i], rubric).length > 0)
      ? [list]
      : []
  let ways: Ways<number> = new Map([[0, [[]]]])
  for (const item of items) {
    const next: Ways<number> = new Map()
    for (const [from, before] of ways)
      for (let to = from + 1; to <= Math.min(digits.length, from + String(item.points).length); to++) {
        const typed = digits.slice(from, to)
        if ((typed === '0' || !typed.startsWith('0')) && isScore(Number(typed), item, rubric))
          addWays(next, to, { before, step: Number(typed) })
      }
    ways = next
  }
  return ways.get(digits.length) ?? []
}

/** 18 may be 1 and 8 for two items of ten points, or the sum of both. */
function isSumToo(way: readonly number[], items: readonly Item[]): boolean {
  const from = items.findIndex(({ points }) => points >= 10)
  const last = way.slice(from)
  if (from < 0 || last.length < 2) return false
  return (
    last.every((score) => score < 10) &&
    Number(last.join('')) <= items.slice(from).reduce((sum, { points }) => sum + points, 0)
  )
}

function twoWays({ nums, targets }: Row, one: readonly number[][], other: readonly number[][]): Placed {
  const [these, those] = [one.flat(), other.flat()]
  const from = these.findIndex((score, i) => score !== those[i])
  const at = from < 0 ? these.length : from
  const differs = one.findIndex((scores, i) => scores.join() !== other[i]?.join())
  const { piece = '', digits } = nums[differs] ?? {}
  const before = at - one.slice(0, differs).flat().length
  return {
    kind: 'two',
    scores: byItem(targets, these.slice(0, at)),
    item: targets[at]?.number ?? 0,
    readings: [these[at], those[at]],
    piece: digits?.slice((one[differs] ?? []).slice(0, before).join('').length) ?? piece,
  }
}

/** Nothing fits: finds the item with an impossible score, and the other items that are certain nevertheless. */
function diagnose(row: Row): Placed {
  const { targets, rubric } = row
  const nums = row.nums.length === targets.length ? row.nums : spread(row)
  const scores: (number | undefined)[] = []
  let bad: { at: number; num: Num } | undefined
  let certain = true
  for (const num of nums) {
    const at = scores.length
    const ways =
      nums.length === targets.length ? scoreAlone(num, targets[at], rubric) : optionsAt(row, num, { n: -1, at })
    const [only] = ways
    if (only && ways.length === 1) scores.push(...only)
    else {
      bad ??= { at, num }
      certain &&= num.value !== undefined && num.digits === undefined && num.list === undefined
      scores.push(undefined)
    }
  }
  const last = row.nums.at(-1)
  if (!bad || scores.length > targets.length) return { kind: 'surplus', count: scores.length, piece: last?.piece ?? '' }
  const kept = certain || scores.length === targets.length ? scores : scores.slice(0, bad.at)
  const { piece, value } = bad.num
  const item = targets[bad.at] ?? itemsOf(rubric)[0]
  return {
    kind: 'bad',
    scores: byItem(targets, kept),
    slot: { item: item?.number ?? 1, piece, ...(value === undefined ? {} : { value }) },
  }
}

/**
 * Splits groups that are as long as their sections, or as the one-digit items at the beginning, into one digit for each item, so that we
 * find the wrong digit.
 */
function spread({ nums, targets, rubric, single, all, lone }: Row): Num[] {
  const out: Num[] = []
  let at = 0
  for (const num of nums) {
    const item = targets[at]
    const section = rubric.sections.find(({ items }) => items[0]?.number === item?.number)?.items.length ?? 0
    const length = num.digits?.length ?? num.list?.length ?? 0
    const leads = at === 0 && (all || lone) && length >= single
    const alone = num.value !== undefined && item !== undefined && isScore(num.value, item, rubric)
    if (!alone && length > 1 && (leads || length === section) && item && item.points < 10) {
      const each = num.list ?? (num.digits ?? '').split('').map(Number)
      const singles = leads ? each.slice(0, single) : each
      out.push(...singles.map((value) => ({ piece: String(value), value })))
      const rest = num.digits?.slice(singles.length) ?? ''
      if (rest) out.push({ piece: rest, value: Number(rest), ...(rest.length > 1 ? { digits: rest } : {}) })
      for (const value of num.list?.slice(singles.length) ?? []) out.push({ piece: String(value), value })
    } else out.push(num)
    at = out.length
  }
  return out
}
