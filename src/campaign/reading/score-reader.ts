/** The words of a text about scores, taken one after the other, and what they can say. */
import type { Rubric } from '../scores/rubric.ts'
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

export type Kind = Token['kind']
/** The text, its words, and how far they are read. */
export type Reader = { text: string; tokens: readonly Token[]; rubric: Rubric; at: number; excepting: boolean }

export const here = (reader: Reader, ahead = 0): Kind | undefined => reader.tokens[reader.at + ahead]?.kind
export const isOneOf = (kind: Kind | undefined, kinds: readonly Kind[]): boolean =>
  kind !== undefined && kinds.includes(kind)

/** Steps over words of these kinds; whether there was one. */
export function skip(reader: Reader, ...kinds: Kind[]): boolean {
  const start = reader.at
  while (isOneOf(here(reader), kinds)) reader.at++
  return reader.at > start
}
export function number(reader: Reader): Num | undefined {
  const token = reader.tokens[reader.at]
  if (token?.kind !== 'number') return undefined
  reader.at++
  return token.num
}
export function pieceFrom({ text, tokens, at }: Reader, start: number): string {
  return text.slice(tokens[start]?.from, tokens[Math.max(start, at - 1)]?.to).trim()
}
/** Gives up on the clause: everything to its end is one piece. */
export function unread(reader: Reader, start: number, item?: number): Statement[] {
  while (
    reader.at < reader.tokens.length &&
    here(reader) !== 'stop' &&
    !(here(reader) === 'pause' && reader.at > start)
  )
    reader.at++
  return [{ kind: 'unread', piece: pieceFrom(reader, start), ...(item === undefined ? {} : { item }) }]
}

/** 扣1 · 得4 · ：4 · 满分; `direct`: a number may follow without a word between. */
export function amount(reader: Reader, direct = false): Amount | undefined {
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

/** A word in the place of a number, between separators: `5 5 x 5`. */
export function isSlot({ text, tokens, at }: Reader): boolean {
  const token = tokens[at]
  const apart = (char: string | undefined): boolean => char === undefined || /[\s,;、]/.test(char)
  return token?.kind === 'junk' && apart(text[token.from - 1]) && apart(text[token.to]) && token.to - token.from <= 6
}
/** A number that begins a statement of its own: `6扣1`. */
export const beginsAnother = (reader: Reader, ahead: number): boolean =>
  isOneOf(here(reader, ahead + 1), ['lose', 'get', 'colon', 'each', 'full', 'to', 'respectively', 'from'])

export const startsAmount = (kind: Kind | undefined): boolean =>
  isOneOf(kind, ['lose', 'get', 'colon', 'equals', 'full', 'each', 'all', 'respectively', 'from', 'to'])

/** The sum written behind a row: `＝19.5`, `合计19.5`. */
export function sumBehind(reader: Reader): Num | undefined {
  const start = reader.at
  skip(reader, 'stop')
  const num = skip(reader, 'equals', 'sum') ? (skip(reader, 'get', 'colon', 'equals'), number(reader)) : undefined
  if (!num) reader.at = start
  return num
}
