/** Reads statements about the rest or about all items: `其余满分`, `全部满分`, `其余同自评`, and totals. */
import { itemsOf } from '../scores/rubric.ts'
import {
  amount,
  attempt,
  here,
  type Is,
  isDenied,
  isEnd,
  isOneOf,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
} from './score-reader.ts'

/** 18项全部满分 */
export function wholeRubric(reader: Reader): Statement[] | undefined {
  const token = reader.tokens[reader.at]
  const before = reader.tokens[reader.at - 1]?.kind
  if (token?.kind !== 'item' || token.said !== 'count' || token.item !== itemsOf(reader.rubric).length) return undefined
  if (isOneOf(before, ['pause', 'and', 'range', 'to', 'number']) || !isOneOf(here(reader, 1), ['all', 'each', 'full']))
    return undefined
  const next = reader.tokens[reader.at + 1]
  if (next?.kind === 'full' && !reader.text.startsWith('全', next.from)) return undefined
  return attempt(reader, () => {
    reader.at++
    return rest(reader, 'all')
  })
}

const mostOf = ({ rubric }: Reader): number => itemsOf(rubric).reduce((sum, { points }) => sum + points, 0)

/** Reads a total or a sum and the number behind it. */
export function total(reader: Reader, word: 'total' | 'sum', before: readonly Statement[]): Statement[] | undefined {
  const start = reader.at++
  skip(reader, 'get', 'colon', 'equals', 'open')
  const num = number(reader)
  if (num && here(reader) === 'close') {
    // 总分 (100分) 96: the maximum in brackets
    const said = attempt(reader, () => (reader.at++, skip(reader, 'stop'), number(reader)))
    if (said) return [{ kind: 'total', num: said, word: 'total', of: [], piece: pieceFrom(reader, start) }]
    if (num.value === mostOf(reader)) return []
  }
  if (num && word === 'sum' && before.length === 0) return undefined
  const behind = num?.value === mostOf(reader) ? attempt(reader, () => number(reader)) : undefined
  if (behind && isEnd(here(reader)))
    return [{ kind: 'total', num: behind, word, of: [], piece: pieceFrom(reader, start) }]
  const last = before.at(-1)
  const of = word === 'sum' && last?.kind === 'items' ? last.items.map(({ item }) => item) : []
  return num ? [{ kind: 'total', num, word, of, piece: pieceFrom(reader, start) }] : undefined
}

/** 共扣2分：第8项1.5分，… · 合计扣2分: the loss of the whole card. */
export function lostInAll(reader: Reader): Statement[] | undefined {
  const start = reader.at++
  if (!skip(reader, 'lose')) return undefined
  skip(reader, 'get')
  const num = number(reader)
  if (num?.value === undefined || !(isEnd(here(reader)) || here(reader) === 'colon')) return undefined
  if (skip(reader, 'colon')) reader.loses = true
  return [
    {
      kind: 'total',
      num: { piece: num.piece, value: mostOf(reader) - num.value },
      word: 'total',
      of: [],
      piece: pieceFrom(reader, start),
    },
  ]
}

/** 得分98.5: more than any item can have. */
export function likeTotal(reader: Reader): Statement[] | undefined {
  const start = reader.at++
  skip(reader, 'colon')
  const num = number(reader)
  const most = Math.max(...itemsOf(reader.rubric).map(({ points }) => points))
  return num && (num.value ?? 0) > most && isEnd(here(reader))
    ? [{ kind: 'total', num, word: 'total', of: [], piece: pieceFrom(reader, start) }]
    : undefined
}

/** 其余满分 97 */
export function trailing(reader: Reader, before: readonly Statement[]): Statement[] | undefined {
  const last = before.at(-1)
  if (last?.kind !== 'rest' && last?.kind !== 'total') return undefined
  const num = number(reader)
  if (!num || (!isEnd(here(reader)) && here(reader) !== 'band') || (num.value ?? 0) <= 10) return undefined
  return [{ kind: 'total', num, word: 'total', of: [], piece: num.piece }]
}

/** 其余满分 · 全部满分 · 都满分 · 各项5分 · 满分 · 其余同自评 · 其他不变 */
export function rest(reader: Reader, known?: 'all'): Statement[] | undefined {
  const start = reader.at
  return attempt(reader, () => {
    let scope: Is<'rest'>['scope'] = known ?? 'bare'
    let count: number | undefined
    for (let token = reader.tokens[start]; (token = reader.tokens[reader.at]); reader.at++) {
      if (token.kind === 'rest') {
        scope = 'rest'
        count = token.count ?? count
      } else if (token.kind === 'all') scope = scope === 'rest' ? 'rest' : 'all'
      else if (token.kind === 'each') scope = scope === 'bare' ? 'each' : scope
      else if (token.kind !== 'get' && token.kind !== 'colon' && token.kind !== 'to') break
    }
    // 后面除16扣2外满分
    if (scope === 'rest' && here(reader) === 'except') return []
    if (skip(reader, 'same')) return [{ kind: 'keep', piece: pieceFrom(reader, start) }]
    if (isDenied(reader, reader.tokens[start - 1])) return undefined
    // 另外8扣1: the number is an item.
    if (here(reader) === 'number' && isOneOf(here(reader, 1), ['lose', 'less', 'more', 'to'])) return []
    const loses = reader.loses
    reader.loses = false
    const what = amount(reader, true)
    if (!what) {
      reader.loses = loses
      return undefined
    }
    const token = reader.tokens[reader.at]
    if (token?.kind === 'text' && token.odd) return undefined
    const piece = pieceFrom(reader, start)
    return [{ kind: 'rest', scope, amount: what, piece, ...(count === undefined ? {} : { count }) }]
  })
}
