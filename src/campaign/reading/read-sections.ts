/** Reads statements about a section: 领导班子 5 5 4 5 · 党员队伍每项扣0.5 · 群众反映20 · 工作业绩：第16项扣2. */
import { items } from './read-items.ts'
import { row } from './read-rows.ts'
import {
  amount,
  attempt,
  countIn,
  here,
  isEnd,
  isOneOf,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
  sumBehind,
} from './score-reader.ts'
import type { Num } from './score-tokens.ts'

/** Reads what is said of a section, or undefined if no section is named or the words are not understood. */
export function section(reader: Reader): Statement[] | undefined {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'section') return undefined
  const own = reader.rubric.sections[token.section]?.items ?? []
  const numbers = own.map((item) => item.number)
  const most = own.reduce((sum, { points }) => sum + points, 0)
  const start = reader.at
  reader.at++
  if (countIn(reader) === own.length) reader.at++
  const next = here(reader)
  const counted = reader.at > start + 1
  if (
    token.part &&
    !counted &&
    !isOneOf(next, ['colon', 'number', 'full', 'each', 'sum', 'get', 'item', 'group', 'lose'])
  )
    return undefined
  return (
    attempt(reader, () => heads(reader, most)) ??
    attempt(reader, () => within(reader, numbers)) ??
    attempt(reader, () => whole(reader, { start, numbers, most })) ??
    scores(reader, { start, index: token.section, count: own.length, most, numbers })
  )
}

/** 领导班子 20分 as a heading above the items of a form. */
function heads(reader: Reader, most: number): Statement[] | undefined {
  const num = attempt(reader, () => (skip(reader, 'stop'), number(reader)))
  if (num && num.value !== most) return undefined
  const stop = skip(reader, 'stop', 'colon')
  const next = reader.tokens[reader.at]
  if (num && next?.kind === 'item' && next.said === 'words') return []
  return !num && stop && next?.kind === 'item' && next.said !== 'part' ? within(reader, undefined) : undefined
}

/** An item named within its section. */
function within(reader: Reader, numbers: readonly number[] | undefined): Statement[] | undefined {
  const colon = skip(reader, 'colon')
  const kind = here(reader)
  if (kind !== 'item' && kind !== 'number') return undefined
  if (kind === 'number' && colon) return undefined
  const said = items(reader)
  const named = said?.flatMap((one) =>
    one.kind === 'items'
      ? one.items.map(({ item }) => item)
      : one.kind === 'named' || one.kind === 'shared'
        ? one.items
        : [],
  )
  return numbers === undefined || named?.every((item) => numbers.includes(item)) ? said : undefined
}

type About = { start: number; numbers: readonly number[]; most: number }
/** 满分 · 满分20 · 每项扣0.5 */
function whole(reader: Reader, { start, numbers, most }: About): Statement[] | undefined {
  skip(reader, 'colon', 'get', 'of')
  const each = skip(reader, 'each', 'all')
  skip(reader, 'colon', 'get')
  if (here(reader) === 'full' || here(reader) === 'maximum') {
    const full = here(reader) === 'full'
    reader.at++
    skip(reader, 'colon', 'get')
    const num = number(reader)
    if ((num && num.value !== most) || (!num && !full)) return undefined
    if (num && isOneOf(here(reader), ['get', 'lose'])) return undefined
    return [
      {
        kind: 'items',
        items: numbers.map((item) => ({ item, amount: { how: 'full' } })),
        piece: pieceFrom(reader, start),
      },
    ]
  }
  const what = each ? amount(reader, true) : undefined
  if (!what || isOneOf(here(reader), ['number', 'pause'])) return undefined
  return [{ kind: 'items', items: numbers.map((item) => ({ item, amount: what })), piece: pieceFrom(reader, start) }]
}

/** One score for each item, with their sum behind, or the sum alone. The sum alone is enough only if it is the maximum or 0. */
function scores(
  reader: Reader,
  { start, index, count, most, numbers }: About & { index: number; count: number },
): Statement[] | undefined {
  skip(reader, 'colon', 'get')
  const sum = skip(reader, 'sum', 'total')
  skip(reader, 'colon', 'get')
  const inside = sum ? undefined : attempt(reader, () => bracketedRow(reader))
  if (inside) return [{ kind: 'section', section: index, ...inside, piece: pieceFrom(reader, start) }]
  const [found] = row(reader) ?? []
  if (found?.kind !== 'numbers') return undefined
  const [only] = found.nums.length === 1 ? found.nums : []
  if (only && (sum || isSum(only, count, most))) {
    if (!isEnd(here(reader)) && !isOneOf(here(reader), ['section', 'rest', 'open'])) return undefined
    return [{ kind: 'shared', items: [...numbers], num: only, piece: pieceFrom(reader, start) }]
  }
  if (sum) return undefined
  const equals = found.equals ?? sumBehind(reader)
  return [
    {
      kind: 'section',
      section: index,
      nums: found.nums,
      piece: pieceFrom(reader, start),
      ...(equals ? { equals } : {}),
    },
  ]
}
/** 19（5 5 4 5） */
function bracketedRow(reader: Reader): { nums: Num[]; equals: Num } | undefined {
  const equals = number(reader)
  if (!equals || !skip(reader, 'open')) return undefined
  const [found] = row(reader) ?? []
  return found?.kind === 'numbers' && skip(reader, 'close') ? { nums: found.nums, equals } : undefined
}
/** One number for all of the items, not one digit for each: 19, but not 5545, 98 or 910. */
const isSum = ({ value, digits, list }: Num, count: number, most: number): boolean =>
  count > 1 && ((value !== undefined && value <= most) || (digits?.length ?? list?.length ?? 0) < count)
