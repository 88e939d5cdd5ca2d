/** Reads the scores that the items of a clause get, with their maximum, their score before, and words about them. */
import { itemsOf } from '../scores/rubric.ts'
import {
  type Amount,
  amount,
  attempt,
  bracketed,
  here,
  isComma,
  isDenied,
  isEnd,
  isOdd,
  isOneOf,
  isText,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
  valued,
} from './score-reader.ts'

export type About = { start: number; items: number[]; each: boolean; bare: boolean; points?: number }
const given = (items: readonly number[], what: Amount) => items.map((item) => ({ item, amount: what }))

/** The statement about these items, or undefined if it is not fully understood. */
export function valueOf(reader: Reader, about: About): Statement[] | undefined {
  const { start, items, points } = about
  // The plan's sentence ends with a 。 of its own.
  if (isSentence(reader, start) && here(reader) === 'stop' && reader.text[reader.tokens[reader.at]?.from ?? 0] !== '\n')
    reader.at++
  const from = skip(reader, 'from', 'not')
  const first = onLines(reader, about) ?? firstValue(reader, from ? { ...about, bare: false } : about)
  if (first === 'bad') return undefined
  if (!first) return from || about.bare ? undefined : named(reader, about)
  const changed = change(reader, first, from)
  if (from && !changed) return undefined
  const what = changed?.what ?? overMaximum(reader, about, first) ?? first
  if (what === 'bad') return undefined
  if (reader.carries && what === first && isUnclear(reader, first, points)) return undefined
  if (here(reader) === 'sum') {
    // 各10分共20分
    const sum = attempt(reader, () => (skip(reader, 'sum'), skip(reader, 'colon', 'get'), number(reader)))
    const all = what.how === 'get' ? (what.num.value ?? 0) * items.length : undefined
    if (!sum || sum.value !== all) return undefined
  }
  if (reader.tokens[reader.at]?.kind === 'text' && isOdd(reader)) return undefined
  const before = changed?.before
  if (before && items.length > 1) return undefined
  const piece = pieceFrom(reader, start)
  return [{ kind: 'items', items: given(items, what), piece, ...(before ? { before } : {}) }]
}
/** 扣第3项1分，第15项4分: the second amount may be a loss or a score, because losses are small. */
const isUnclear = (reader: Reader, first: Amount, points = 0): boolean =>
  first.how === 'lose' && reader.tokens[reader.at - 2]?.kind !== 'lose' && (first.num.value ?? 0) * 2 > points

/** A form pasted cell by cell: the sentence, below it the maximum, and below that the score. */
function onLines(reader: Reader, { start, points }: About): Amount | undefined {
  if (!isSentence(reader, start) || here(reader) !== 'stop') return undefined
  return attempt(reader, () => {
    skip(reader, 'stop')
    const most = number(reader)
    if (!most || most.value !== points || !skip(reader, 'stop')) return undefined
    const num = number(reader)
    return num && isEnd(here(reader)) ? { how: 'get', num } : undefined
  })
}

/** The amount behind the items: directly, in brackets, behind their maximum, or behind words about them. */
function firstValue(reader: Reader, about: About): Amount | 'bad' | undefined {
  const direct = !about.bare || about.each || reader.loses
  const bracket = bracketed(reader)
  if (bracket) return bracket
  if (reader.loses && about.bare) skip(reader, 'pause', 'stop', 'range')
  else if (isOneOf(here(reader), ['stop', 'pause']) && here(reader, 1) === 'number' && !about.bare) {
    const next = reader.tokens[reader.at + 1]
    const alone = isEnd(here(reader, 2)) || here(reader, 2) === 'rest'
    if (next?.kind === 'number' && next.num.points && alone) reader.at++
  }
  if (reader.loses) skip(reader, 'range')
  if (here(reader) === 'stop' && isOneOf(here(reader, 1), ['maximum', 'full']) && here(reader, 2) === 'number')
    reader.at++
  const most = maximum(reader, about)
  if (most === 'bad') return 'bad'
  const now = amount(reader, direct && !most)
  if (now) return now
  if (most === 'full' && isEnd(here(reader))) return { how: 'full' }
  return about.bare ? undefined : behindWords(reader, about.items)
}

/** 满分5分, 分值5分, 共5分: the item's own maximum. `full` means that this may also be its score. */
function maximum(reader: Reader, { points, items }: About): 'full' | 'said' | 'bad' | undefined {
  const kind = here(reader)
  if (!isOneOf(kind, ['maximum', 'full', 'sum', 'total'])) return undefined
  const num = attempt(reader, () => (reader.at++, skip(reader, 'colon', 'get'), number(reader)))
  if (!num) return undefined
  const all = items.map((item) => itemsOf(reader.rubric)[item - 1]?.points)
  if (num.value === undefined || (points ?? all[0]) !== num.value || all.some((one) => one !== num.value)) return 'bad'
  if (isEnd(here(reader)) && isOneOf(here(reader, 1), ['get', 'lose', 'to'])) skip(reader, 'stop')
  return kind === 'full' ? 'full' : 'said'
}

/** 学习记录不全，扣1分 */
function behindWords(reader: Reader, items: readonly number[]): Amount | undefined {
  return attempt(reader, () => {
    for (let steps = 0; steps < 200; steps++) {
      const before = reader.tokens[reader.at - 1]
      const what = spoken(reader)
      if (what) return isDenied(reader, before) ? undefined : what
      const token = reader.tokens[reader.at]
      if (isComma(reader)) {
        reader.at++
        const next = spoken(reader) ?? alone(reader)
        if (next) return next
        continue
      }
      if (token?.kind === 'stop' && reader.text[token.from] !== '\n') {
        reader.at++
        return spoken(reader)
      }
      if (!isText(token, reader.rubric, items) || isOneOf(token?.kind, ['outside', 'sum', 'total'])) return undefined
      if (isOneOf(token?.kind, ['each', 'all']) && here(reader, 1) === 'full') return undefined
      reader.at++
    }
    return undefined
  })
}
/** `学习记录不全，4分`: points in a clause of their own. */
const alone = (reader: Reader): Amount | undefined =>
  attempt(reader, () => {
    const num = number(reader)
    return num?.points && isEnd(here(reader)) ? { how: reader.loses ? 'lose' : 'get', num } : undefined
  })
/** An amount with a word for it, so that a number in a reason does not count. */
const spoken = (reader: Reader): Amount | undefined =>
  isOneOf(here(reader), ['colon', 'equals', 'of']) && !isOneOf(here(reader, 1), valued) ? undefined : amount(reader)

/** 5改4, 3分写错了应为4分, 不是3分是4分: the old amount and the new one. */
function change(reader: Reader, first: Amount, from: boolean): { before?: Amount; what: Amount } | undefined {
  return attempt(reader, () => {
    skip(reader, 'of')
    if (here(reader) === 'slip') {
      skip(reader, 'slip', 'stop')
      // 是14扣1: another item
      const next = isOneOf(here(reader), ['get', 'to']) ? 1 : 0
      if (here(reader, next) === 'item') return undefined
      if (here(reader, next) === 'number' && isOneOf(here(reader, next + 1), valued)) return undefined
      const what = amount(reader, true)
      return what && { what }
    }
    if (from) {
      skip(reader, 'stop')
      while (here(reader) === 'text' && !isOdd(reader)) reader.at++
      // 原来8分，复核后8.5
      const num = attempt(reader, () => {
        const now = number(reader)
        return now && isEnd(here(reader)) ? now : undefined
      })
      if (num) return { before: first, what: { how: 'get', num } }
    }
    if (!isOneOf(here(reader), from ? ['to', 'get', 'lose', 'full'] : ['to'])) return undefined
    const what = amount(reader)
    return what && { before: first, what }
  })
}

/** 10分扣1分, 5分中得4分, （5分）4分, 9/10: the first number is the item's maximum. */
function overMaximum(reader: Reader, { points, start }: About, first: Amount): Amount | 'bad' | undefined {
  if (here(reader) === 'slash' && here(reader, 1) === 'number') {
    reader.at++
    const most = number(reader)
    return first.how === 'get' && most?.value === points ? first : 'bad'
  }
  const bare = first.how === 'get' || (first.how === 'lose' && reader.tokens[reader.at - 2]?.kind !== 'lose')
  if (!bare || points === undefined || first.num.value !== points) return undefined
  const inForm = formItem(reader, start) || reader.tokens[reader.at - 1]?.kind === 'close'
  // 应得10分，实得8分
  const actual = reader.tokens[reader.at + 1]
  if (here(reader) === 'stop' && actual?.kind === 'get' && reader.text.startsWith('实', actual.from)) reader.at++
  const what = amount(reader, inForm)
  if (!what && isSentence(reader, start) && first.num.points) return 'bad'
  return what
}
const isSentence = (reader: Reader, start: number): boolean => {
  const token = reader.tokens[start]
  return token?.kind === 'item' && token.said === 'words'
}
const formItem = (reader: Reader, start: number): boolean => {
  const token = reader.tokens[start]
  return token?.kind === 'item' && (token.said === 'words' || token.said === 'label')
}

function named(reader: Reader, { start, items }: About): Statement[] {
  const full = skip(reader, 'cancel')
  if (full) return [{ kind: 'named', items, piece: pieceFrom(reader, start) }]
  const end = reader.at
  while (isText(reader.tokens[reader.at], reader.rubric, items) && !isOneOf(here(reader), ['each', 'all', 'outside']))
    reader.at++
  if (skip(reader, 'outside')) reader.excepting = true
  const piece = pieceFrom(reader, start)
  if (reader.at === end) reader.at = end
  return [{ kind: 'named', items, piece }]
}
