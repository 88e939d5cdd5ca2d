/** Reads a text about scores clause by clause, before it is applied to a card. */

import { itemsOf, type Rubric } from '../scores/rubric.ts'
import { cancelled, denied, eachOfThem, formerly, now, slip } from './read-corrections.ts'
import { items } from './read-items.ts'
import { likeTotal, lostInAll, rest, total, trailing, wholeRubric } from './read-rest.ts'
import { columns, pairs, row, tableHead, titled } from './read-rows.ts'
import { section } from './read-sections.ts'
import { amountFirst, heading, spokenOf, verbFirst } from './read-verbs.ts'
import { words } from './read-words.ts'
import { attempt, here, type Is, isEnd, isOneOf, pieceFrom, type Reader, type Statement, skip } from './score-reader.ts'
import type { Token } from './score-tokens.ts'

/** A clause that is only partly understood counts as not understood. */
export function readStatements(text: string, tokens: readonly Token[], rubric: Rubric): Statement[] {
  const reader: Reader = { text, tokens, rubric, at: 0, excepting: false, loses: false, carries: false }
  const titles = tableHead(reader)
  const statements: Statement[] =
    columns(reader) ?? (titles.length > 2 ? titled(reader, titles) : undefined) ?? pairs(reader) ?? []
  let clause = { at: reader.at, count: statements.length }
  while (reader.at < tokens.length) {
    if (skip(reader, 'stop', 'pause', 'and')) {
      if (reader.tokens[reader.at - 1]?.kind === 'stop') clause = { at: reader.at, count: statements.length }
      continue
    }
    const said = attempt(reader, () => statement(reader, statements))
    if (said) {
      statements.push(...said)
      continue
    }
    statements.length = clause.count
    statements.push(unread(reader, clause.at))
  }
  // If nothing of a row of bare numbers is understood, the numbers name no items.
  if (
    statements.every(({ kind }) => kind === 'unread') &&
    tokens.every(({ kind }) => kind === 'number' || kind === 'text' || kind === 'stop')
  )
    for (const one of statements) if (one.kind === 'unread') one.items = []
  if (reader.excepting)
    for (const one of statements) if (one.kind === 'rest' && one.scope === 'bare') one.scope = 'rest'
  return statements
}

/** Gives up on the clause: everything up to its end is one unread piece. */
function unread(reader: Reader, start: number): Is<'unread'> {
  while (reader.at < reader.tokens.length && (here(reader) !== 'stop' || reader.at === start)) reader.at++
  const own = reader.tokens.slice(start, reader.at)
  // 头三项: three items, nobody knows which.
  if (
    own.some(
      (token) =>
        token.kind === 'item' && token.said === 'count' && /[头首尾末]/.test(reader.text[token.from - 1] ?? ''),
    )
  )
    return { kind: 'unread', piece: pieceFrom(reader, start), items: [] }
  const named = own.flatMap((token, i) => {
    const from =
      own[i - 1]?.kind === 'range' && own[i - 2] ? namedBy(reader, own[i - 2] ?? token, own[i - 3]).at(-1) : undefined
    const [to, ...more] = namedBy(reader, token, own[i - 1])
    return from !== undefined && to !== undefined && from < to
      ? [...itemsOf(reader.rubric).flatMap(({ number }) => (number > from && number <= to ? [number] : [])), ...more]
      : [...(to === undefined ? [] : [to]), ...more]
  })
  return { kind: 'unread', piece: pieceFrom(reader, start), items: [...new Set(named)] }
}

/** The items that a word of a clause may mean. A number after a verb names none. */
function namedBy({ text, rubric }: Reader, token: Token, before: Token | undefined): number[] {
  // 有2项扣1分 counts items and names none.
  if (token.kind === 'item' && token.said === 'count' && /[有共这那几余]/.test(text[token.from - 1] ?? '')) return []
  if (token.kind === 'item') return [token.item]
  if (token.kind === 'group') return [...token.items]
  if (token.kind === 'section') return (rubric.sections[token.section]?.items ?? []).map((item) => item.number)
  if (token.kind === 'text' && token.odd) return (text.slice(token.from, token.to).match(/\d+/g) ?? []).map(Number)
  if (
    token.kind !== 'number' ||
    token.num.points ||
    isOneOf(before?.kind, ['lose', 'get', 'to', 'less', 'more', 'item'])
  )
    return []
  return (token.num.piece.match(/\d+/g) ?? [token.num.value ?? 0]).map(Number)
}

function statement(reader: Reader, before: readonly Statement[]): Statement[] | undefined {
  const token = reader.tokens[reader.at]
  switch (token?.kind) {
    case 'outside':
    case 'except':
      reader.excepting = true
      reader.at++
      return token.kind === 'except' && isEnd(here(reader)) ? undefined : []
    case 'from':
      reader.at++
      return here(reader) === 'item' ? items(reader) : attempt(reader, () => formerly(reader))
    case 'maximum':
      reader.at++
      return here(reader) === 'number' ? undefined : []
    case 'open':
      return items(reader) ?? skipped(reader)
    case 'close':
    case 'colon':
    case 'heading':
    case 'of':
      return skipped(reader)
    case 'band':
      return alone(reader, 'band')
    case 'not':
      return attempt(reader, () => denied(reader, before.at(-1)))
    case 'slip':
      return slip(reader, before)
    case 'cancel':
      return cancelled(reader)
    default:
      return token && claim(reader, token, before)
  }
}

/** Reads a clause with scores, by the token with which it begins. */
function claim(reader: Reader, token: Token, before: readonly Statement[]): Statement[] | undefined {
  switch (token.kind) {
    case 'total':
    case 'sum':
    case 'equals':
      return (
        attempt(reader, () => lostInAll(reader)) ??
        attempt(reader, () => total(reader, token.kind === 'total' ? 'total' : 'sum', before)) ??
        words(reader)
      )
    case 'all':
      if (here(reader, 1) === 'group') return (reader.at++, items(reader))
      return rest(reader) ?? words(reader)
    case 'rest':
    case 'each':
    case 'full':
    case 'self':
    case 'last':
      return rest(reader) ?? words(reader)
    case 'same':
      return alone(reader, 'keep')
    case 'section':
      return attempt(reader, () => section(reader)) ?? (token.part ? words(reader) : undefined)
    case 'number':
      return amountFirst(reader) ?? items(reader) ?? attempt(reader, () => trailing(reader, before)) ?? row(reader)
    case 'item':
      return wholeRubric(reader) ?? attempt(reader, () => itemOrReason(reader, token, before.at(-1)))
    case 'group':
      return items(reader)
    case 'get':
      return (
        attempt(reader, () => now(reader)) ??
        attempt(reader, () => likeTotal(reader)) ??
        verbFirst(reader) ??
        heading(reader) ??
        attempt(reader, () => spokenOf(reader)) ??
        words(reader)
      )
    case 'lose':
    case 'to':
    case 'less':
    case 'more':
    case 'zero':
    case 'half':
      return verbFirst(reader) ?? heading(reader) ?? attempt(reader, () => spokenOf(reader)) ?? words(reader)
    case 'text':
    case 'range':
      return attempt(reader, () => eachOfThem(reader, before.at(-1))) ?? row(reader) ?? words(reader)
    default:
      return undefined
  }
}

function alone(reader: Reader, kind: 'band' | 'keep'): Statement[] {
  reader.at++
  return [{ kind, piece: pieceFrom(reader, reader.at - 1) }]
}

function skipped(reader: Reader): Statement[] {
  reader.at++
  return []
}

/** A part of a label names an item only if a score follows it. The label of the item just spoken of may also begin that item's reason. */
function itemOrReason(
  reader: Reader,
  token: Token & { kind: 'item' },
  before: Statement | undefined,
): Statement[] | undefined {
  const of = before?.kind === 'items' && before.items.some(({ item }) => item === token.item) ? [token.item] : []
  const maybe = token.said === 'part' || of.length > 0
  const said =
    token.said === 'part' && !beginsClause(reader) ? undefined : attempt(reader, () => scored(items(reader), maybe))
  return said ?? (maybe ? words(reader, of) : undefined)
}
const scored = (said: Statement[] | undefined, only: boolean): Statement[] | undefined =>
  only && said?.some(({ kind }) => kind === 'named') ? undefined : said

const beginsClause = (reader: Reader): boolean => {
  const before = reader.tokens[reader.at - 1]
  return (
    reader.tokens[reader.at]?.gap === true ||
    !before ||
    isOneOf(before.kind, ['stop', 'except', 'rest', 'and', 'pause']) ||
    (before.kind === 'number' && before.num.points === true)
  )
}
