/** Reads clauses that begin with a verb or an amount: `扣第3项1分`, `扣1分：3、15`, `得4`, `不对，扣2`. */
import { references } from './read-references.ts'
import {
  amount,
  attempt,
  here,
  isEnd,
  isOneOf,
  isText,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
} from './score-reader.ts'

/** 扣第3项1分 · 扣一分第三项 · 扣1分：3、15 */
export function verbFirst(reader: Reader): Statement[] | undefined {
  const start = reader.at
  if (here(reader) !== 'lose' && here(reader) !== 'less') return amountFirst(reader)
  return (
    attempt(reader, () => {
      skip(reader, 'lose', 'less')
      skip(reader, 'get', 'of')
      const token = reader.tokens[reader.at]
      if (token?.kind !== 'item' && token?.kind !== 'group') return undefined
      const refs = references(reader)
      if (!refs || refs.apart) return undefined
      skip(reader, 'each', 'colon', 'of', 'lose')
      const num = number(reader)
      if (!num || isOneOf(here(reader), ['text', 'to'])) return undefined
      reader.loses = true
      reader.carries = true
      const given = refs.items.map((item) => ({ item, amount: { how: 'lose' as const, num } }))
      return [{ kind: 'items', items: given, piece: pieceFrom(reader, start) }]
    }) ?? amountFirst(reader)
  )
}

/** 扣1分：3、15 · 扣1分的是第8项 · 4分：3、7 · 扣一分第三项 */
export function amountFirst(reader: Reader): Statement[] | undefined {
  const start = reader.at
  return attempt(reader, () => {
    const points = reader.tokens[reader.at]?.kind === 'number'
    const token = reader.tokens[reader.at]
    if (token?.kind === 'number' && !token.num.points) return undefined
    const loses = reader.loses
    reader.loses = false
    const what = amount(reader, points)
    reader.loses = loses
    if (!what || !('num' in what)) return undefined
    const introduced = skip(reader, 'of', 'colon', 'get')
    if (!introduced && (points || reader.tokens[reader.at]?.kind !== 'item' || reader.tokens[reader.at]?.gap))
      return undefined
    const refs = references(reader)
    if (!refs || refs.apart || refs.loose || (!introduced && refs.bare)) return undefined
    skip(reader, 'outside')
    if (here(reader) === 'open') remark(reader)
    if (!isEnd(here(reader)) && here(reader) !== 'rest' && here(reader) !== 'lose') return undefined
    const given = refs.items.map((item) => ({ item, amount: what }))
    return [{ kind: 'items', items: given, piece: pieceFrom(reader, start) }]
  })
}

/** 第16项（近两年未获表彰） */
function remark(reader: Reader): void {
  attempt(reader, () => {
    while (isText(reader.tokens[reader.at], reader.rubric) && here(reader) !== 'close') reader.at++
    return here(reader) === 'close' ? ++reader.at : undefined
  })
}

/** 得分： or 扣分： before other statements. */
export function heading(reader: Reader): Statement[] | undefined {
  return attempt(reader, () => {
    const loses = here(reader) === 'lose'
    if (loses) {
      skip(reader, 'lose')
      counted(reader)
    }
    skip(reader, 'get', 'of', 'colon', 'stop', 'to')
    const next = here(reader)
    const last = reader.tokens[reader.at - 1]
    const colon = isOneOf(last?.kind, ['colon', 'stop', 'of']) || (last !== undefined && last.to - last.from > 3)
    const begins =
      isOneOf(next, ['item', 'group', 'section', 'rest', 'all', 'lose', 'except']) ||
      (next === 'number' && (colon || !loses))
    if (!begins) return undefined
    if (
      !loses &&
      next === 'number' &&
      !manyNumbers(reader) &&
      !isOneOf(here(reader, 1), ['lose', 'get', 'colon', 'to'])
    )
      return undefined
    reader.loses = loses
    reader.carries = false
    return []
  })
}
/** 扣了三处，… · 扣分的有两项：… */
function counted(reader: Reader): void {
  const [token, next] = [reader.tokens[reader.at], here(reader, 1)]
  const words = token && reader.text.slice(token.from, token.to)
  if (
    words &&
    isOneOf(next, ['stop', 'colon']) &&
    /^(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:处|项|条|点|地方)$/.test(words)
  )
    reader.at++
}
const manyNumbers = (reader: Reader): boolean => {
  let ahead = 1
  while (isOneOf(here(reader, ahead), ['pause', 'stop', 'and', 'plus', 'slash'])) ahead++
  return here(reader, ahead) === 'number'
}

/** `得4` alone, for the item spoken of. */
export function spokenOf(reader: Reader): Statement[] | undefined {
  const start = reader.at
  const what = amount(reader)
  const token = reader.tokens[reader.at]
  if (!what || (token?.kind === 'text' && token.odd) || isOneOf(token?.kind, ['number', 'doubt', 'range']))
    return undefined
  return [{ kind: 'amount', amount: what, piece: pieceFrom(reader, start) }]
}
