/** Reads the items that a list names: `3、5-7`, `第3项和第15项`, `前16项`. */
import { itemsOf } from '../scores/rubric.ts'
import { here, isComma, isEnd, isOneOf, number, type Reader, skip } from './score-reader.ts'
import type { Num } from './score-tokens.ts'

/**
 * `bare`: only numbers. `loose`: some are separated by blanks only. `apart`: separated by commas. `counted`: such as 3项, which may mean
 * three items.
 */
export type Refs = { items: number[]; bare: boolean; loose: boolean; apart: boolean; counted: boolean }

/** The items of a list, or undefined if there is none or it makes no sense. */
export function references(reader: Reader): Refs | undefined {
  const refs: Refs = { items: [], bare: true, loose: false, apart: false, counted: false }
  const all = itemsOf(reader.rubric)
  for (;;) {
    // A list with more items than the rubric has is no list. Reading on would read a long one again from each of its places.
    if (refs.items.length > all.length) return undefined
    const token = reader.tokens[reader.at]
    if (token?.kind === 'item') {
      const before = refs.items.length
      if (token.said === 'count' && !isItemCount(reader, before)) return undefined
      refs.counted ||= token.said === 'count' && before === 0 && token.item < 10
      if (token.said === 'count' && refs.apart) refs.counted = true
      refs.items.push(token.item)
      refs.bare = false
    } else if (token?.kind === 'group') {
      if (token.items.length === 0) return undefined
      refs.items.push(...token.items)
      refs.bare = false
    } else if (token?.kind === 'number' && isItemNumber(token.num)) refs.items.push(token.num.value ?? 0)
    else if (
      token?.kind === 'open' &&
      here(reader, 1) === 'number' &&
      here(reader, 2) === 'close' &&
      refs.items.length === 0
    ) {
      // (3)扣1
      const num = number(reader, 1)
      if (!num || !isItemNumber(num)) return undefined
      refs.items.push(num.value ?? 0)
      refs.bare = false
    } else return undefined
    reader.at++
    if (token.kind === 'number' && here(reader) === 'close') reader.at++
    if (here(reader) === 'range' && isRange(reader) && !range(reader, refs)) return undefined
    if (!goesOn(reader, refs)) return refs
  }
}
const isItemNumber = ({ value, points, list }: Num): boolean =>
  value !== undefined && Number.isInteger(value) && value > 0 && value < 100 && !points && !(list && list.length === 0)

/** 三项 means item 3 only before a colon. 3项 means item 3, unless it is a count. */
function isItemCount(reader: Reader, before: number): boolean {
  const token = reader.tokens[reader.at]
  const written = reader.text.slice(token?.from, token?.to)
  if (before > 0) return true
  const most = token?.kind === 'item' ? token.item : 0
  const counts = most > 9 ? /[有共这那几余]/ : /[有共这那几余只仅]/
  if (counts.test(reader.text[(token?.from ?? 0) - 1] ?? '')) return false
  return /^\d/.test(written) || (token?.kind === 'item' && (token.item > 10 || here(reader, 1) === 'colon'))
}

const isRange = (reader: Reader): boolean => isOneOf(here(reader, 1), ['number', 'item'])

/** 1至16: adds the items between. False if the end is not an item after the beginning. */
function range(reader: Reader, refs: Refs): boolean {
  const from = refs.items.at(-1) ?? 0
  const token = reader.tokens[reader.at + 1]
  const to =
    token?.kind === 'item'
      ? token.item
      : token?.kind === 'number' && isItemNumber(token.num)
        ? (token.num.value ?? 0)
        : 0
  const dashed = here(reader) === 'range'
  if (to <= from || to > itemsOf(reader.rubric).length) return !dashed || !refs.bare || reader.loses
  if (token?.kind === 'number' && refs.items.length === 1 && reader.loses && dashed && refs.bare) return true
  for (let item = from + 1; item <= to; item++) refs.items.push(item)
  if (token?.kind === 'item') refs.bare = false
  reader.at += 2
  return true
}

/** Steps to the next member of the list, and says whether there is one. */
function goesOn(reader: Reader, refs: Refs): boolean {
  const start = reader.at
  const joined = skip(reader, 'pause', 'and')
  const next = reader.tokens[reader.at]
  if (joined && (next?.kind === 'item' || next?.kind === 'group')) return true
  if (joined && next?.kind === 'number' && isItemNumber(next.num)) {
    // 第3、4项4、3分; under the heading 扣分： a number after 3、 is a loss
    if (!next.num.points && !(reader.loses && refs.bare && isEnd(here(reader, 1)))) return true
  }
  reader.at = start
  if (joined) return false
  if (next?.kind === 'item' && next.said !== 'part' && next.said !== 'label' && !refs.bare) return isListed(reader)
  const comma = isComma(reader) ? 1 : 0
  const after = reader.tokens[reader.at + comma]
  if (!refs.bare || !after || reader.loses) return false
  if (after.kind === 'number' ? !isItemNumber(after.num) : !(after.kind === 'item' && after.said === 'count'))
    return false
  if (comma) refs.apart = true
  else refs.loose = true
  reader.at += comma
  return true
}
/** 第3项第15项各扣1 */
const isListed = (reader: Reader): boolean => {
  const most = itemsOf(reader.rubric).length
  let ahead = 1
  while (here(reader, ahead) === 'item' && ahead < most) ahead++
  return isOneOf(here(reader, ahead), ['each', 'respectively'])
}
