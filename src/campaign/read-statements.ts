/** What a text about scores says, statement by statement, before it is applied to a card. */
import { itemsOf, type Rubric } from './rubric.ts'
import type { Num, Token } from './score-words.ts'

export type Amount = { how: 'lose' | 'get'; num: Num } | { how: 'full' }
export type Statement =
  /** 3扣1 · 第3项4 · 3和5各扣1 · 前16项满分. `before`: 从5改为4. */
  | { kind: 'items'; items: { item: number; amount: Amount }[]; piece: string; before?: Num }
  /** A row of numbers; `equals`: the sum written behind it. */
  | { kind: 'numbers'; nums: Num[]; piece: string; equals?: Num }
  | { kind: 'section'; section: number; nums: Num[] | 'full'; piece: string; equals?: Num }
  /** `bare`: 满分 without a word for which items. `count`: 其余15项. */
  | { kind: 'rest'; scope: 'all' | 'rest' | 'bare'; amount: Amount; count?: number; piece: string }
  /** 扣1 or 得4 without an item: the one spoken of. */
  | { kind: 'amount'; amount: Amount; piece: string }
  | { kind: 'total'; num: Num; word: 'total' | 'sum'; piece: string }
  /** Not understood; `item` where it is about this one alone. */
  | { kind: 'unread'; piece: string; item?: number }

type Kind = Token['kind']
/** The text, its words, and how far they are read. */
type Reader = { text: string; tokens: readonly Token[]; rubric: Rubric; at: number; excepting: boolean }
type Ref = { item: number; explicit: boolean; num?: Num }

export function readStatements(text: string, tokens: readonly Token[], rubric: Rubric): Statement[] {
  const reader: Reader = { text, tokens, rubric, at: 0, excepting: false }
  const statements: Statement[] = []
  while (reader.at < tokens.length) {
    const start = reader.at
    statements.push(...statement(reader))
    if (reader.at === start) reader.at++
  }
  return statements
}

const here = (reader: Reader, ahead = 0): Kind | undefined => reader.tokens[reader.at + ahead]?.kind
const isOneOf = (kind: Kind | undefined, kinds: readonly Kind[]): boolean => kind !== undefined && kinds.includes(kind)

/** Steps over words of these kinds; whether there was one. */
function skip(reader: Reader, ...kinds: Kind[]): boolean {
  const start = reader.at
  while (isOneOf(here(reader), kinds)) reader.at++
  return reader.at > start
}
function number(reader: Reader): Num | undefined {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'number') return undefined
  reader.at++
  return token.num
}
function pieceFrom({ text, tokens, at }: Reader, start: number): string {
  return text.slice(tokens[start]?.from, tokens[Math.max(start, at - 1)]?.to).trim()
}
/** Gives up on the clause: everything to its end is one piece. */
function unread(reader: Reader, start: number, item?: number): Statement[] {
  while (
    reader.at < reader.tokens.length &&
    here(reader) !== 'stop' &&
    !(here(reader) === 'pause' && reader.at > start)
  )
    reader.at++
  return [{ kind: 'unread', piece: pieceFrom(reader, start), ...(item === undefined ? {} : { item }) }]
}

function statement(reader: Reader): Statement[] {
  const token = reader.tokens[reader.at]
  switch (token?.kind) {
    case 'stop':
    case 'pause':
    case 'and':
    case 'outside':
      return []
    case 'except':
      reader.excepting = true
      return []
    case 'total':
    case 'sum':
      return total(reader, token.kind)
    case 'rest':
    case 'all':
    case 'each':
    case 'full':
      return rest(reader)
    case 'section':
      return section(reader, token.section)
    case 'number':
    case 'item':
    case 'end':
      return items(reader)
    case 'lose':
    case 'get':
    case 'colon':
      return spokenOf(reader)
    case 'junk':
      return isSlot(reader) && here(reader, 1) === 'number' ? items(reader) : unread(reader, reader.at)
    default:
      return unread(reader, reader.at)
  }
}

function total(reader: Reader, word: 'total' | 'sum'): Statement[] {
  const start = reader.at++
  skip(reader, 'get', 'colon', 'equals')
  const num = number(reader)
  return num ? [{ kind: 'total', num, word, piece: pieceFrom(reader, start) }] : unread(reader, start)
}

/** 扣1 · 得4 · ：4 · 满分; `direct`: a number may follow without a word between. */
function amount(reader: Reader, direct = false): Amount | undefined {
  const start = reader.at
  const said = skip(reader, 'get', 'colon', 'equals')
  if (skip(reader, 'full')) return { how: 'full' }
  const lose = skip(reader, 'lose')
  if (lose) skip(reader, 'get', 'colon')
  const num = said || lose || direct ? number(reader) : undefined
  if (num) return { how: lose ? 'lose' : 'get', num }
  reader.at = start
  return undefined
}

/** 其余满分 · 全部满分 · 都满分 · 各项5分 · 满分. */
function rest(reader: Reader): Statement[] {
  const start = reader.at
  let scope: 'all' | 'rest' | 'bare' = reader.excepting ? 'rest' : 'bare'
  let count: number | undefined
  for (let token = reader.tokens[start]; token; token = reader.tokens[++reader.at]) {
    if (token.kind === 'rest') {
      scope = 'rest'
      count = token.count ?? count
    } else if (token.kind === 'all' || token.kind === 'each') scope = scope === 'rest' ? 'rest' : 'all'
    else if (token.kind !== 'get' && token.kind !== 'colon') break
  }
  const what = amount(reader, true)
  if (!what || here(reader) === 'junk') return unread(reader, start)
  return [
    { kind: 'rest', scope, amount: what, piece: pieceFrom(reader, start), ...(count === undefined ? {} : { count }) },
  ]
}

/** `得4` alone; in front of other statements (`得分：5 5 …`, `扣分：3扣1`) it is a heading. */
function spokenOf(reader: Reader): Statement[] {
  const start = reader.at
  const what = amount(reader)
  let ahead = 0
  while (isOneOf(here(reader, ahead), ['stop', 'pause', 'and'])) ahead++
  const heading =
    !what || startsAmount(here(reader)) || (here(reader, ahead) === 'number' && !beginsAnother(reader, ahead))
  if (!heading && here(reader) !== 'junk') return [{ kind: 'amount', amount: what, piece: pieceFrom(reader, start) }]
  reader.at = start
  return heading && skip(reader, 'get', 'colon', 'lose') ? [] : unread(reader, start)
}

/** A word in the place of a number, between separators: `5 5 x 5`. */
function isSlot({ text, tokens, at }: Reader): boolean {
  const token = tokens[at]
  const apart = (char: string | undefined): boolean => char === undefined || /[\s,;、]/.test(char)
  return token?.kind === 'junk' && apart(text[token.from - 1]) && apart(text[token.to]) && token.to - token.from <= 6
}
/** A number that begins a statement of its own: `6扣1`. */
const beginsAnother = (reader: Reader, ahead: number): boolean =>
  isOneOf(here(reader, ahead + 1), ['lose', 'get', 'colon', 'each', 'full', 'to', 'respectively', 'from'])

function row(reader: Reader, nums: Num[]): void {
  for (;;) {
    let ahead = 0
    while (isOneOf(here(reader, ahead), ['stop', 'pause', 'and'])) ahead++
    const token = reader.tokens[reader.at + ahead]
    const slot = token?.kind === 'junk' && isSlot({ ...reader, at: reader.at + ahead })
    if (token?.kind === 'number' ? beginsAnother(reader, ahead) : !slot) return
    reader.at += ahead + 1
    if (token?.kind === 'number') nums.push(token.num)
    else if (token) nums.push({ piece: reader.text.slice(token.from, token.to) })
  }
}

function section(reader: Reader, index: number): Statement[] {
  const start = reader.at++
  skip(reader, 'colon', 'get', 'each', 'all')
  if (skip(reader, 'full')) return [{ kind: 'section', section: index, nums: 'full', piece: pieceFrom(reader, start) }]
  const nums: Num[] = []
  row(reader, nums)
  if (nums.length === 0 || here(reader) === 'junk') return unread(reader, start)
  const equals = sumBehind(reader)
  return [{ kind: 'section', section: index, nums, piece: pieceFrom(reader, start), ...(equals ? { equals } : {}) }]
}

function sumBehind(reader: Reader): Num | undefined {
  const start = reader.at
  skip(reader, 'stop')
  const num = skip(reader, 'equals', 'sum') ? (skip(reader, 'get', 'colon', 'equals'), number(reader)) : undefined
  if (!num) reader.at = start
  return num
}

/** One or more items and what they get; or a row of numbers, if no word says that they are items. */
function items(reader: Reader): Statement[] {
  const start = reader.at
  const refs = references(reader)
  const [only] = refs?.length === 1 ? refs : []
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
const startsAmount = (kind: Kind | undefined): boolean =>
  isOneOf(kind, ['lose', 'get', 'colon', 'equals', 'full', 'each', 'all', 'respectively', 'from', 'to'])

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
