/** What a text about scores says, statement by statement, before it is applied to a card. */

import type { Rubric } from '../scores/rubric.ts'
import { items } from './read-items.ts'
import {
  amount,
  beginsAnother,
  here,
  isOneOf,
  isSlot,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
  startsAmount,
  sumBehind,
  unread,
} from './score-reader.ts'
import type { Num, Token } from './score-words.ts'

export function readStatements(text: string, tokens: readonly Token[], rubric: Rubric): Statement[] {
  const reader: Reader = { text, tokens, rubric, at: 0, excepting: false }
  const statements: Statement[] = []
  while (reader.at < tokens.length) {
    const start = reader.at
    statements.push(...statement(reader))
    if (reader.at === start) reader.at++
  }
  if (reader.excepting)
    for (const one of statements) if (one.kind === 'rest' && one.scope === 'bare') one.scope = 'rest'
  return statements
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

/** 其余满分 · 全部满分 · 都满分 · 各项5分 · 满分. */
function rest(reader: Reader): Statement[] {
  const start = reader.at
  let scope: 'all' | 'rest' | 'bare' = 'bare'
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
  skip(reader, 'colon', 'get')
  const each = skip(reader, 'each', 'all')
  skip(reader, 'colon', 'get')
  if (skip(reader, 'full')) return [{ kind: 'section', section: index, nums: 'full', piece: pieceFrom(reader, start) }]
  const nums: Num[] = []
  row(reader, nums)
  if (nums.length === 0 || here(reader) === 'junk') return unread(reader, start)
  const [only] = nums
  const all = each && only && nums.length === 1 ? (reader.rubric.sections[index]?.items ?? []) : []
  if (only && all.length > 0) {
    const given = all.map((item) => ({ item: item.number, amount: { how: 'get' as const, num: only } }))
    return [{ kind: 'items', items: given, piece: pieceFrom(reader, start) }]
  }
  const end = reader.at
  const equals = sumBehind(reader)
  if (equals && reader.at === reader.tokens.length && reader.tokens.some(({ kind }, i) => kind === 'sum' && i >= end)) {
    reader.at = end
    return [{ kind: 'section', section: index, nums, piece: pieceFrom(reader, start) }]
  }
  return [{ kind: 'section', section: index, nums, piece: pieceFrom(reader, start), ...(equals ? { equals } : {}) }]
}
