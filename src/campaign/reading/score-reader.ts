/** Takes the words of a text about scores one after the other, and defines the statements they make. */
import type { Rubric } from '../scores/rubric.ts'
import type { Kind, Num, Token } from './score-tokens.ts'

/** `less`, `more`: relative to the present score. `self`: as in the branch's self-score. `last`: as in the last submission of this card. */
export type Amount =
  | { how: 'lose' | 'get'; num: Num }
  | { how: 'less' | 'more'; num: Num }
  | { how: 'full' | 'zero' | 'half' | 'self' | 'last' }
export type Statement =
  /** 3扣1 · 第3项4 · 3和5各扣1 · 前16项满分. `before`: the old score, as in “from 5 to 4”. */
  | { kind: 'items'; items: { item: number; amount: Amount }[]; piece: string; before?: Amount; reason?: string }
  /** Items without a score yet. The next words may give it. */
  | { kind: 'named'; items: number[]; piece: string }
  /** 17、18共20分 */
  | { kind: 'shared'; items: number[]; num: Num; piece: string; lost?: true }
  /** 说错了，是12扣1: withdraws what was just said. */
  | { kind: 'retracted'; piece: string }
  /** A row of numbers. `equals` is the sum written behind it. */
  | { kind: 'numbers'; nums: Num[]; piece: string; equals?: Num }
  | { kind: 'section'; section: number; nums: Num[] | 'full'; piece: string; equals?: Num }
  /** `bare`: 满分 without words for its items. `each`: 都 alone. `count`: the 15 in 其余15项. */
  | { kind: 'rest'; scope: 'all' | 'rest' | 'bare' | 'each'; amount: Amount; count?: number; piece: string }
  /** 扣1 or 得4 without an item means the item spoken of. `count`: the number of items in 两项各0.5. */
  | { kind: 'amount'; amount: Amount; piece: string; anew?: true; count?: number }
  /** `sum`: the sum of all items, or `of` the items just spoken of. */
  | { kind: 'total'; num: Num; word: 'total' | 'sum'; of: readonly number[]; piece: string }
  | { kind: 'band'; piece: string }
  /** 其他不变 */
  | { kind: 'keep'; piece: string }
  /** Words without a score: the reason for the score beside them. */
  | { kind: 'words'; piece: string }
  /** Words that were not understood. `items` are those they name. */
  | { kind: 'unread'; piece: string; items: number[] }
export type Is<K extends Statement['kind']> = Statement & { kind: K }

/**
 * The text, its words, and the place up to which they are read. `loses`: under a heading 扣分 a number alone is a loss. `carries`: as in the
 * clause before.
 */
export type Reader = {
  text: string
  tokens: readonly Token[]
  rubric: Rubric
  at: number
  excepting: boolean
  loses: boolean
  carries: boolean
}

export const here = (reader: Reader, ahead = 0): Kind | undefined => reader.tokens[reader.at + ahead]?.kind
export const isOneOf = (kind: Kind | undefined, kinds: readonly Kind[]): boolean =>
  kind !== undefined && kinds.includes(kind)

/** Steps over words of these kinds. Returns whether there was one. */
export function skip(reader: Reader, ...kinds: Kind[]): boolean {
  const start = reader.at
  while (isOneOf(here(reader), kinds)) reader.at++
  return reader.at > start
}
/** Reads the number at this place (`ahead` tokens further), or undefined if there is none. */
export function number(reader: Reader, ahead = 0): Num | undefined {
  const token = reader.tokens[reader.at + ahead]
  if (token?.kind !== 'number') return undefined
  reader.at += ahead + 1
  return token.num
}
/** The piece of the text from the token `start` to the present place, as typed. */
export function pieceFrom({ text, tokens, at }: Reader, start: number): string {
  return text.slice(tokens[start]?.from, tokens[Math.max(start, at - 1)]?.to).trim()
}
/** The result of a reading. If there is none, the reader returns to its place before. */
export function attempt<T>(reader: Reader, read: () => T | undefined): T | undefined {
  const start = reader.at
  const found = read()
  if (found === undefined) reader.at = start
  return found
}

/** 扣1 · 得4 · ：4 · 改成4 · 满分 · 减半. `direct`: a number may follow without a word before it. */
export function amount(reader: Reader, direct = false): Amount | undefined {
  return attempt(reader, () => {
    const said = skip(reader, 'get', 'to', 'colon', 'equals', 'of')
    const kind = here(reader)
    if (kind === 'full' && isCutOff(reader)) return undefined
    if (kind === 'full' && (here(reader, 1) !== 'number' || reader.tokens[reader.at + 1]?.gap))
      return plain(reader, 'full')
    if (kind === 'zero' || kind === 'half' || kind === 'self' || kind === 'last') return plain(reader, kind)
    if (kind === 'lose' || kind === 'less' || kind === 'more') {
      reader.at++
      skip(reader, 'get', 'colon', 'lose', ...(kind === 'lose' ? (['to'] as const) : []))
      const num = number(reader)
      if (!num) return undefined
      return kind === 'lose' ? { how: kind, num } : { how: kind, num }
    }
    if (here(reader) === 'range' && here(reader, 1) === 'number' && direct && !reader.loses) {
      reader.at++
      const num = number(reader)
      return num && { how: 'lose', num }
    }
    const num = said || direct ? number(reader) : undefined
    return num && { how: reader.loses && !saidWith(reader, 'get', 'to') ? 'lose' : 'get', num }
  })
}
/** 没扣那么多: the verb belongs to a longer phrase. */
function isCutOff({ text, tokens, at }: Reader): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]]
  return (
    token !== undefined &&
    text[token.to - 1] === '扣' &&
    (next?.kind === 'text' || next?.kind === 'number') &&
    !next.gap
  )
}
function plain(reader: Reader, how: 'full' | 'zero' | 'half' | 'self' | 'last'): Amount {
  reader.at++
  return { how }
}
/** Whether a word of these kinds stood before the number just read. */
const saidWith = (reader: Reader, ...kinds: Kind[]): boolean => isOneOf(reader.tokens[reader.at - 2]?.kind, kinds)

/** 4分 in brackets. */
export function bracketed(reader: Reader): Amount | undefined {
  return attempt(reader, () => {
    if (!skip(reader, 'open')) return undefined
    skip(reader, 'maximum')
    if (here(reader) === 'full' && here(reader, 1) === 'number') reader.at++
    const what = amount(reader, true)
    return what && here(reader) === 'close' && ++reader.at ? what : undefined
  })
}

/** 四项, 两项: the number of items, not which ones. */
export function countIn({ text, tokens, at }: Reader): number | undefined {
  const token = tokens[at]
  if (token?.kind === 'item' && token.said === 'count') return token.item
  if (token?.kind !== 'text') return undefined
  const [, number] = /^(两|二|2)个?小?项$/.exec(text.slice(token.from, token.to)) ?? []
  return number === undefined ? undefined : 2
}

/** Whether a clause ends here. */
export const isEnd = (kind: Kind | undefined): boolean => kind === undefined || kind === 'stop'

/** Whether a word may stand in a reason. `item` is the item that the reason is about. */
export function isText(token: Token | undefined, { sections }: Rubric, items: readonly number[] = []): boolean {
  if (!token) return false
  if (token.kind === 'text') return !token.odd
  if (token.kind === 'item') return token.said === 'part' || (token.said === 'label' && items.includes(token.item))
  if (token.kind === 'section')
    return token.part || (sections[token.section]?.items ?? []).some(({ number: item }) => items.includes(item))
  return weak.includes(token.kind)
}
/** Words that alone say nothing. */
const weak: readonly Kind[] = [
  'each',
  'all',
  'get',
  'to',
  'lose',
  'less',
  'more',
  'of',
  'and',
  'from',
  'not',
  'outside',
  'except',
  'open',
  'close',
  'colon',
  'pause',
  'heading',
  'total',
  'sum',
  'cancel',
  'slash',
  'maximum',
  'half',
]

/** The sum written behind a row: `＝19.5`, `合计19.5`. */
export function sumBehind(reader: Reader): Num | undefined {
  return attempt(reader, () => {
    skip(reader, 'stop')
    if (!skip(reader, 'equals', 'sum')) return undefined
    skip(reader, 'get', 'colon', 'equals')
    return number(reader)
  })
}

/** Words that bring a value. */
export const valued: readonly Kind[] = [
  'lose',
  'less',
  'more',
  'get',
  'to',
  'colon',
  'full',
  'zero',
  'half',
  'each',
  'respectively',
  'from',
  'not',
  'equals',
  'self',
  'last',
]

export const isComma = (reader: Reader): boolean =>
  here(reader) === 'stop' && reader.text[reader.tokens[reader.at]?.from ?? 0] === ','

/** A number among letters, or one that counts an unknown thing. */
export const isOdd = (reader: Reader): boolean => {
  const token = reader.tokens[reader.at]
  return token?.kind === 'text' && token.odd === true
}

/** 没有满分, 未得满分: the word before negates it. */
export const isDenied = ({ text }: Reader, before: Token | undefined): boolean =>
  before?.kind === 'text' && /(?:[不没未无非莫]|没有|达不到|够不上)$/.test(text.slice(before.from, before.to).slice(-4))
