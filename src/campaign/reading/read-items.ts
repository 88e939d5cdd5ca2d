/** Statements that begin with items or numbers: `3扣1`, `第3项4`, `3和5各扣1`, `3、5分别扣1、2`, `前16项满分`, or a row of scores. */
import { itemsOf, type Rubric } from '../scores/rubric.ts'
import {
  type Amount,
  amount,
  beginsAnother,
  here,
  isOneOf,
  isSlot,
  type Kind,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
  startsAmount,
  sumBehind,
  unread,
} from './score-reader.ts'
import type { Num } from './score-words.ts'

type Ref = { item: number; explicit: boolean; num?: Num }

/** One or more items and what they get; or a row of numbers, if no word says that they are items. */
export function items(reader: Reader): Statement[] {
  const start = reader.at
  const refs = references(reader)
  const [only] = refs?.length === 1 ? refs : []
  if (refs && refs.length > 1 && here(reader) === 'stop' && here(reader, 1) === 'each') reader.at++
  if (!refs) return unread(reader, start)
  if (refs.every((ref) => ref.num) && (!reader.excepting || refs.length > itemsOf(reader.rubric).length / 2)) {
    const equals = refs.length > 1 ? sumBehind(reader) : undefined
    const bare = equals || !startsAmount(here(reader))
    const nums = refs.flatMap((ref) => ref.num ?? [])
    if (bare) return [{ kind: 'numbers', nums, piece: pieceFrom(reader, start), ...(equals ? { equals } : {}) }]
  }
  if (skip(reader, 'respectively')) return oneByOne(reader, start, refs)
  const each = skip(reader, 'each', 'all')
  const before = skip(reader, 'from') ? number(reader) : undefined
  const what = amount(reader, each) ?? (only?.explicit ? scoreBehind(reader) : undefined)
  if (!what)
    return here(reader) === 'junk' || startsAmount(here(reader))
      ? unread(reader, start, only?.item)
      : unvalued(reader, start, refs)
  if (here(reader) === 'junk') return unread(reader, start, only?.item)
  const clear = only ? !each || what.how === 'full' : each || what.how === 'full'
  if (!clear || (before && !only)) return unread(reader, start)
  const given = refs.map(({ item }) => ({ item, amount: what }))
  return [{ kind: 'items', items: given, piece: pieceFrom(reader, start), ...(before ? { before } : {}) }]
}
/** 第3项4 · 第3项，4分. */
function scoreBehind(reader: Reader): Amount | undefined {
  const start = reader.at
  const apart = skip(reader, 'stop')
  const num = number(reader)
  if (num && !startsAmount(here(reader)) && (!apart || num.piece.includes('分') || here(reader) === undefined))
    return { how: 'get', num }
  reader.at = start
  return undefined
}

/** Items that were named without a score: each is asked. */
function unvalued(reader: Reader, start: number, refs: readonly Ref[]): Statement[] {
  const piece = pieceFrom(reader, start)
  return refs.map(({ item }) => ({ kind: 'unread', piece, item }))
}

/** 3、5、8分别扣1、2、1. */
function oneByOne(reader: Reader, start: number, refs: readonly Ref[]): Statement[] {
  skip(reader, 'each')
  const lose = skip(reader, 'lose')
  skip(reader, 'get', 'colon')
  const nums: Num[] = []
  while (nums.length < refs.length) {
    if (nums.length > 0) skip(reader, 'pause', 'and', 'stop')
    const num = number(reader)
    if (!num) return unread(reader, start)
    nums.push(num)
  }
  if (startsAmount(here(reader)) || here(reader) === 'junk') return unread(reader, start)
  const given = refs.flatMap(({ item }, i) => {
    const num = nums[i]
    return num ? [{ item, amount: { how: lose ? ('lose' as const) : ('get' as const), num } }] : []
  })
  return [{ kind: 'items', items: given, piece: pieceFrom(reader, start) }]
}

/** The items of a list; undefined where a range makes no sense. */
function references(reader: Reader): Ref[] | undefined {
  const refs: Ref[] = []
  for (;;) {
    const token = reader.tokens[reader.at]
    const slot = token?.kind === 'junk' && isSlot(reader) && refs.every((ref) => ref.num)
    if (token?.kind === 'number' || slot) {
      const num = token?.kind === 'number' ? token.num : { piece: reader.text.slice(token?.from, token?.to) }
      refs.push({ item: num.value ?? 0, explicit: false, num })
    } else if (token?.kind === 'item') refs.push({ item: token.item, explicit: token.explicit })
    else if (token?.kind === 'end') refs.push(...ends(reader.rubric, token.end, token.count))
    else return refs
    reader.at++
    if (here(reader) === 'to' && !range(reader, refs)) return undefined
    if (!goesOn(reader, refs.at(-1))) return refs
  }
}

function ends(rubric: Rubric, end: 'first' | 'last', count: number): Ref[] {
  const all = itemsOf(rubric)
  const some = end === 'first' ? all.slice(0, count) : all.slice(-count)
  return some.length === count
    ? some.map(({ number: item }) => ({ item, explicit: true }))
    : [{ item: count, explicit: true }]
}

/** 1至16: the items between are added; false where the end is no item behind the beginning. */
function range(reader: Reader, refs: Ref[]): boolean {
  const from = refs.at(-1)?.item ?? 0
  const token = reader.tokens[++reader.at]
  const to = token?.kind === 'item' ? token.item : token?.kind === 'number' ? (token.num.value ?? 0) : 0
  if (!Number.isInteger(from) || from < 1 || to <= from || to > itemsOf(reader.rubric).length) return false
  for (let item = from + 1; item <= to; item++) refs.push({ item, explicit: true })
  const first = refs.at(from - to - 1)
  if (first) delete first.num
  reader.at++
  return true
}

/** Whether the list has a next member; steps to it. */
function goesOn(reader: Reader, last: Ref | undefined): boolean {
  const bare = last?.num !== undefined
  const joined = skip(reader, 'pause', 'and')
  const members: Kind[] = ['number', 'item', 'end']
  if (joined) return isOneOf(here(reader), members) || (bare && isSlot(reader))
  const ahead = bare && here(reader) === 'stop' ? 1 : 0
  const next = here(reader, ahead)
  const goes = bare
    ? (next === 'number' && !(ahead && beginsAnother(reader, 1))) ||
      (next === 'junk' && isSlot({ ...reader, at: reader.at + ahead }))
    : isOneOf(next, ['item', 'end'])
  if (goes) reader.at += ahead
  return goes
}
