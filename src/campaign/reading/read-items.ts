/** Reads the items of a clause and their scores: `3扣1`, `第3项4`, `3和5各扣1`, `3、5分别扣1、2`, `前16项满分`. */
import { itemsOf } from '../scores/rubric.ts'
import { references } from './read-references.ts'
import { valueOf } from './read-values.ts'
import {
  type Amount,
  attempt,
  countIn,
  here,
  isComma,
  isEnd,
  isOdd,
  isOneOf,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
  valued,
} from './score-reader.ts'
import type { Num } from './score-tokens.ts'

/** The statements about the items that a clause names. Undefined if it names none or is not understood. */
export function items(reader: Reader): Statement[] | undefined {
  const start = reader.at
  const said = attempt(reader, () => itemClause(reader))
  const words = reader.tokens.slice(start, reader.at).filter(({ kind }) => kind === 'text')
  const reason = reader.text.slice(words[0]?.from ?? 0, words.at(-1)?.to ?? 0)
  return said?.map((one) => (one.kind === 'items' && reason ? { ...one, reason } : one))
}

function itemClause(reader: Reader): Statement[] | undefined {
  const start = reader.at
  const moved = attempt(reader, () => fromTo(reader))
  if (moved) return moved
  const refs = references(reader)
  if (!refs) return undefined
  if (reader.tokens[start - 1]?.kind === 'except' && refs.bare && isOneOf(here(reader) ?? 'stop', ['outside', 'stop']))
    return [{ kind: 'named', items: refs.items, piece: pieceFrom(reader, start) }]
  if (refs.items.length > 1 && here(reader) === 'stop' && here(reader, 1) === 'each') reader.at++
  // 除第6、第16两项外
  if (refs.items.length > 1 && countIn(reader) === refs.items.length) reader.at++
  const told = toldOf(reader, start, refs.items)
  if (told) return told
  if (refs.bare && !isValued(reader)) return undefined
  if (refs.bare && refs.apart && !ascends(refs.items)) return undefined
  const each = skip(reader, 'each', 'all')
  if (refs.counted && (each || refs.apart)) return undefined
  if (refs.loose && !each && here(reader) !== 'respectively') return undefined
  if (skip(reader, 'slip') && isComma(reader)) reader.at++
  if (refs.items.length > 1) {
    const many =
      // In 3、15各扣1，17、18各扣2 the 17 begins the next clause.
      attempt(reader, () => (each ? undefined : oneByOne(reader, start, refs.items))) ??
      attempt(reader, () => shared(reader, start, refs.items))
    if (many) return many
  }
  const [only] = refs.items.length === 1 ? refs.items : []
  const points = only === undefined ? undefined : itemsOf(reader.rubric)[only - 1]?.points
  return valueOf(reader, {
    start,
    items: refs.items,
    each,
    bare: refs.bare,
    ...(points === undefined ? {} : { points }),
  })
}
/** `2 4→4.5`: the item, its score, and its new score. */
function fromTo(reader: Reader): Statement[] | undefined {
  const start = reader.at
  const [item, was] = [number(reader), number(reader)]
  const arrow = reader.tokens[reader.at]
  if (
    !item?.value ||
    !was ||
    item.points ||
    arrow?.kind !== 'to' ||
    !/[→>⇒]/.test(reader.text.slice(arrow.from, arrow.to))
  )
    return undefined
  reader.at++
  const num = number(reader)
  if (!num || !isEnd(here(reader))) return undefined
  const items = [{ item: item.value, amount: { how: 'get' as const, num } }]
  return [{ kind: 'items', items, before: { how: 'get', num: was }, piece: pieceFrom(reader, start) }]
}

/** 17的扣分取消 · 2照旧 · 1到4一共扣1.5分 */
function toldOf(reader: Reader, start: number, items: readonly number[]): Statement[] | undefined {
  return attempt(reader, () => {
    const lose = skip(reader, 'lose')
    if (lose && skip(reader, 'cancel') && isEnd(here(reader))) {
      const full = items.map((item) => ({ item, amount: { how: 'full' as const } }))
      return [{ kind: 'items', items: full, piece: pieceFrom(reader, start) }]
    }
    if (!lose && skip(reader, 'same') && isEnd(here(reader))) return [{ kind: 'keep', piece: pieceFrom(reader, start) }]
    if (items.length < 2 || !skip(reader, 'sum') || !skip(reader, 'lose')) return undefined
    const num = number(reader)
    return num && isEnd(here(reader))
      ? [{ kind: 'shared', items: [...items], num, lost: true, piece: pieceFrom(reader, start) }]
      : undefined
  })
}
const ascends = (list: readonly number[]): boolean => list.every((value, i) => value > (list[i - 1] ?? 0))

function isValued(reader: Reader): boolean {
  if (isOneOf(here(reader), valued)) return true
  if (here(reader) === 'slip') return isOneOf(here(reader, here(reader, 1) === 'stop' ? 2 : 1), valued)
  if (here(reader) === 'open')
    return here(reader, 1) === 'number' || here(reader, 1) === 'range' || isOneOf(here(reader, 1), valued)
  const apart = isOneOf(here(reader), ['pause', 'stop', 'range'])
  return reader.loses && apart && here(reader, 1) === 'number'
}

/** 3、5、8分别扣1、2、1 · 第3、4项4、3分 · 13-16：5 5 5 3 */
function oneByOne(reader: Reader, start: number, items: readonly number[]): Statement[] | undefined {
  skip(reader, 'respectively', 'colon', 'to', 'get')
  const lose = skip(reader, 'lose') || reader.loses
  skip(reader, 'colon', 'get')
  const nums: Num[] = []
  while (nums.length < items.length) {
    if (nums.length > 0 && !skip(reader, 'pause', 'and') && isComma(reader)) reader.at++
    const num = number(reader)
    if (!num) return undefined
    nums.push(num)
  }
  if (!isEnd(here(reader)) && !isOneOf(here(reader), ['rest', 'item', 'text', 'open', 'pause'])) return undefined
  if (isOdd(reader)) return undefined
  const pairs = items.flatMap((item, i): { item: number; amount: Amount }[] => {
    const num = nums[i]
    return num ? [{ item, amount: { how: lose ? 'lose' : 'get', num } }] : []
  })
  return [{ kind: 'items', items: pairs, piece: pieceFrom(reader, start) }]
}

/** 17、18共20分: known only if it is all or nothing. */
function shared(reader: Reader, start: number, items: readonly number[]): Statement[] | undefined {
  skip(reader, 'get', 'colon')
  const said = skip(reader, 'sum', 'total')
  skip(reader, 'get', 'colon')
  const num = number(reader)
  const most = Math.max(...items.map((item) => itemsOf(reader.rubric)[item - 1]?.points ?? 0))
  if (!num || (!said && !((num.value ?? 0) > most))) return undefined
  return [{ kind: 'shared', items: [...items], num, piece: pieceFrom(reader, start) }]
}
