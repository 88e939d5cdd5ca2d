/** Corrections of earlier words: `不对，扣2`, `说错了，是12扣1`, `取消3的扣分`, `原先7扣1，现在7扣2`, `两项各0.5`. */
import { items } from './read-items.ts'
import { references } from './read-references.ts'
import {
  type Amount,
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
} from './score-reader.ts'

/** 不对，扣2: replaces what was just said. */
export function slip(reader: Reader, before: readonly Statement[]): Statement[] | undefined {
  const start = reader.at
  skip(reader, 'slip', 'stop', 'colon')
  const last = before.at(-1)
  const other = last?.kind === 'items' && last.items.length === 1 ? attempt(reader, () => instead(reader)) : undefined
  if (other) return before.length > 1 ? undefined : [{ kind: 'retracted', piece: pieceFrom(reader, start) }, ...other]
  if (last === undefined) return []
  if (here(reader) === 'number' && isOneOf(here(reader, 1), ['lose', 'get', 'to', 'less', 'colon', 'full', 'each']))
    return undefined
  if (last.kind !== 'items' && last.kind !== 'amount') return undefined
  const what: Amount | undefined = amount(reader, true)
  return what && [{ kind: 'amount', amount: what, piece: pieceFrom(reader, start), anew: true }]
}

/** 是12扣1: another item than the one just named. */
function instead(reader: Reader): Statement[] | undefined {
  skip(reader, 'get', 'to')
  const said = here(reader) === 'number' || here(reader) === 'item' ? items(reader) : undefined
  return said?.every(({ kind }) => kind === 'items') ? said : undefined
}

/** 取消3的扣分 */
export function cancelled(reader: Reader): Statement[] | undefined {
  const start = reader.at++
  const refs = references(reader)
  if (!refs || !skip(reader, 'lose') || !isEnd(here(reader))) return undefined
  const given = refs.items.map((item) => ({ item, amount: { how: 'full' as const } }))
  return [{ kind: 'items', items: given, piece: pieceFrom(reader, start) }]
}

/** 原先7扣1，现在7扣2: the old state says nothing new. */
export function formerly(reader: Reader): Statement[] | undefined {
  const start = reader.at
  const said = items(reader)
  const now = here(reader) === 'stop' && isOneOf(here(reader, 1), ['get', 'to'])
  return said?.every(({ kind }) => kind === 'items') && now
    ? [{ kind: 'keep', piece: pieceFrom(reader, start) }]
    : undefined
}
/** 现在7扣2: the word 现在 before a new score. */
export function now(reader: Reader): Statement[] | undefined {
  reader.at++
  const said = isOneOf(here(reader, 1), ['lose', 'less', 'more', 'to', 'full']) ? items(reader) : undefined
  return said?.every(({ kind }) => kind === 'items') ? said : undefined
}

/** 两项各0.5: for the items just spoken of. */
export function eachOfThem(reader: Reader, before: Statement | undefined): Statement[] | undefined {
  const start = reader.at
  const count = countIn(reader)
  if (count === undefined) return undefined
  reader.at++
  if (!skip(reader, 'each')) return undefined
  const bare = here(reader) === 'number'
  const said = amount(reader, true)
  const lost = bare && before?.kind === 'shared' && before.lost && said && 'num' in said
  const what: Amount | undefined = lost ? { how: 'lose', num: said.num } : said
  return what && isEnd(here(reader))
    ? [{ kind: 'amount', amount: what, count, piece: pieceFrom(reader, start) }]
    : undefined
}

/** 第15项扣1分，不是2分: repeats what was said just before. */
export function denied(reader: Reader, before: Statement | undefined): Statement[] | undefined {
  reader.at++
  skip(reader, 'lose', 'get')
  return before?.kind === 'items' && before.items.length === 1 && number(reader) && isEnd(here(reader)) ? [] : undefined
}
