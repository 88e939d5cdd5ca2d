/** Reads rows of numbers, and tables of items with their scores. */
import { itemsOf } from '../scores/rubric.ts'
import {
  attempt,
  here,
  isOneOf,
  isText,
  number,
  pieceFrom,
  type Reader,
  type Statement,
  skip,
  sumBehind,
} from './score-reader.ts'
import type { Kind, Num, Token } from './score-tokens.ts'

const between: readonly Kind[] = ['stop', 'pause', 'plus', 'slash']
/** Whether a number begins its own statement: `6扣1`. */
const beginsAnother = (kind: Kind | undefined): boolean =>
  isOneOf(kind, [
    'lose',
    'less',
    'more',
    'get',
    'colon',
    'each',
    'full',
    'to',
    'respectively',
    'from',
    'zero',
    'half',
    'open',
  ])

/** A row of scores. A word in the place of a number is an unreadable score. */
export function row(reader: Reader): Statement[] | undefined {
  const start = reader.at
  return attempt(reader, () => {
    const nums: Num[] = []
    for (let ahead = 0; ; ) {
      const token = reader.tokens[reader.at + ahead]
      const taken = cell(reader, ahead, nums.length)
      if (ahead === 0 && isWorth(reader, token)) return undefined
      if (!taken || (token?.kind === 'number' && beginsAnother(here(reader, ahead + 1)))) break
      reader.at += ahead + taken.length
      nums.push(...taken.nums)
      ahead = 0
      while (isOneOf(here(reader, ahead), between) && !isHole(reader, ahead, nums.length)) ahead++
    }
    if (reader.tokens.slice(start, reader.at).every(isOne)) return undefined
    if (nums.every(({ value, digits, list }) => value === undefined && !digits && !list)) return undefined
    const last = reader.tokens[reader.at]
    if (last?.kind === 'text' && !last.gap) return undefined
    const equals = nums.length > 1 ? sumBehind(reader) : undefined
    return [{ kind: 'numbers', nums, piece: pieceFrom(reader, start), ...(equals ? { equals } : {}) }]
  })
}

/** 3、5四分: a number right behind another one that is no score (5分4分) says what it is worth, so the first ones are items. */
function isWorth({ tokens, at }: Reader, token: Token | undefined): boolean {
  const before = tokens[at - 1]
  return token?.kind === 'number' && !token.gap && before?.kind === 'number' && !before.num.points && !before.num.list
}

/** 一个9一个10: the text does not say which item has which score. */
const isOne = (token: Token, i: number): boolean =>
  token.kind === 'stop' ||
  (token.kind === 'number' && (i % 2 > 0 || (token.num.list?.length === 0 && token.num.value === 1)))

/** One cell of a row: a number, 5×16, 16个5分, or anything in the place of a number. */
function cell(reader: Reader, ahead: number, before: number): { nums: Num[]; length: number } | undefined {
  const [token, next, third] = [0, 1, 2].map((more) => reader.tokens[reader.at + ahead + more])
  const most = itemsOf(reader.rubric).length
  const many = (num: Num, count: number | undefined, length: number) =>
    count !== undefined && Number.isInteger(count) && count > 0 && count <= most
      ? { nums: Array.from({ length: count }, () => num), length }
      : undefined
  if (token?.kind === 'number') {
    if (token.num.list?.length === 0) return next?.kind === 'number' ? many(next.num, token.num.value, 2) : undefined
    if (next?.kind === 'times') return third?.kind === 'number' ? many(token.num, third.num.value, 3) : undefined
    return { nums: [token.num], length: 1 }
  }
  if (token?.kind === 'range' && next?.kind === 'number' && token.gap)
    return { nums: [{ piece: `-${next.num.piece}` }], length: 2 }
  const isUnread =
    isHole(reader, ahead, before) ||
    (token?.kind === 'text' &&
      token.to - token.from <= 6 &&
      isApart(reader, token) &&
      (before > 0 || next?.kind === 'number' || opensRow(reader, ahead)))
  return token && isUnread ? { nums: [{ piece: reader.text.slice(token.from, token.to) }], length: 1 } : undefined
}

/** Words that people write in the place of a score. */
const grades = /^(?:优秀?|良好?|中等?|差|较差|较好|好|很好|一般|合格|不合格|√|✓|✔|×|x|无|缺|空|同上)$/i
/** `优 良 5 5`: several such words before the first number are the scores of the first items. */
function opensRow({ text, tokens, at }: Reader, ahead: number): boolean {
  for (let i = at + ahead; i < tokens.length; i++) {
    const token = tokens[i]
    if (token?.kind === 'number') return i > at + ahead
    if (token?.kind !== 'text' || !grades.test(text.slice(token.from, token.to))) return false
  }
  return false
}

/** `5 5 / 5`: where blanks part the scores, a stroke that ends no section stands in the place of one. */
function isHole({ tokens, at, rubric }: Reader, ahead: number, before: number): boolean {
  const [earlier, last, token, next, further] = [-2, -1, 0, 1, 2].map((more) => tokens[at + ahead + more])
  const isNumber = (one: Token | undefined): boolean => one?.kind === 'number'
  if (token?.kind !== 'slash' || !token.gap || next?.gap !== true || !isNumber(last) || !isNumber(next)) return false
  if (!isNumber(earlier) && !isNumber(further)) return false
  let end = 0
  return !rubric.sections.some(({ items }) => (end += items.length) === before)
}
const isApart = ({ text }: Reader, token: Token): boolean => {
  const apart = (char: string | undefined): boolean => char === undefined || /[\s,;、|]/.test(char)
  return apart(text[token.from - 1]) && apart(text[token.to])
}

/** Whether a further column holds a remark beside a score. */
const isRemark = (reader: Reader, from: number): boolean =>
  (reader.tokens[from]?.tab === true || reader.tokens[from]?.gap === true) &&
  isText(reader.tokens[reader.at], reader.rubric)

/**
 * The header of a pasted table: only words for columns, which are returned. Under 扣分 without 得分 the numbers are losses.
 */
export function tableHead(reader: Reader): Kind[] {
  let at = reader.at
  const own = (): readonly Token[] => reader.tokens.slice(reader.at, at)
  const isHead = (token: Token | undefined): boolean =>
    isOneOf(token?.kind, ['heading', 'maximum', 'get', 'lose', 'total'])
  // The cells may stand on one line each, or all on one line.
  const inLines = isHead(reader.tokens[at]) && isNewLine(reader, reader.tokens[at + 1])
  if (inLines) while (isHead(reader.tokens[at + 1]) || isHead(reader.tokens[at + 2])) at++
  while (at < reader.tokens.length && !isNewLine(reader, reader.tokens[at])) at++
  const columns = own().filter((token) => !isNewLine(reader, token))
  const names = columns.filter(isHead)
  if (names.length < 3 || names.length < columns.length || at === reader.tokens.length) return []
  reader.loses = names.some(({ kind }) => kind === 'lose') && !names.some(({ kind }) => kind === 'get')
  reader.at = at + 1
  return names.map(({ kind }) => kind)
}

/**
 * Lines of numbers below three titles or more: the item first, its score under 得分 or else 扣分. Where that is not one column, or a line
 * does not fit, nothing is read.
 */
export function titled(reader: Reader, titles: readonly Kind[]): Statement[] | undefined {
  const under = (kind: Kind): number[] => titles.flatMap((title, i) => (title === kind ? [i] : []))
  const [gets, losses] = [under('get'), under('lose')]
  const how = gets.length > 0 ? 'get' : 'lose'
  const [column, further] = how === 'get' ? gets : losses
  const start = reader.at
  const said: Statement[] = []
  for (let item = 1; here(reader) === 'number'; item++) {
    const from = reader.at
    while (reader.at < reader.tokens.length && !isNewLine(reader, reader.tokens[reader.at])) reader.at++
    const piece = pieceFrom(reader, from)
    const cells = piece.split(/ *\t *| +/).map((cell) => cell.replace(/分$/, ''))
    const cell = (column === undefined ? undefined : cells[column])?.replace(/^-/, '')
    const value = how === 'lose' && !cell ? 0 : Number(cell || NaN)
    if (further !== undefined || cells.length > titles.length || Number(cells[0]) !== item || Number.isNaN(value))
      return unfit(reader, start)
    const num = { piece: cell ?? '', value }
    said.push({ kind: 'items', items: [{ item, amount: { how, num } }], piece })
    skip(reader, 'stop')
  }
  return said.length > 0 ? said : undefined
}
function unfit(reader: Reader, start: number): Statement[] {
  reader.at = reader.tokens.length
  return [{ kind: 'unread', piece: pieceFrom(reader, start).slice(0, 30), items: [] }]
}
const isNewLine = ({ text }: Reader, token: Token | undefined): boolean =>
  token?.kind === 'stop' && text.slice(token.from, token.to).includes('\n')

/** A table of two lines: the numbers of all items, and below them their scores. */
export function columns(reader: Reader): Statement[] | undefined {
  return attempt(reader, () => {
    skip(reader, 'heading', 'colon')
    for (const item of itemsOf(reader.rubric)) if (number(reader)?.value !== item.number) return undefined
    skip(reader, 'total', 'sum', 'heading')
    const stop = reader.tokens[reader.at]
    if (!isNewLine(reader, stop)) return undefined
    reader.at++
    skip(reader, 'heading', 'get', 'colon')
    return row(reader)
  })
}

/** A table with one line for each item: its number, then its score. Under 扣分 it is the loss. */
export function pairs(reader: Reader): Statement[] | undefined {
  return attempt(reader, () => {
    let loses = false
    let headed = false
    while (isOneOf(here(reader), ['heading', 'get', 'colon', 'lose', 'of', 'stop', 'maximum'])) {
      loses ||= here(reader) === 'lose'
      headed ||= isOneOf(here(reader), ['heading', 'lose'])
      reader.at++
    }
    const statements: Statement[] = []
    let last = 0
    for (;;) {
      const start = reader.at
      const item = number(reader)
      if (item?.value === undefined || item.points || item.value <= last || !Number.isInteger(item.value)) {
        reader.at = start
        break
      }
      const parted =
        isOneOf(here(reader), ['stop', 'colon', 'pause']) && reader.text[reader.tokens[reader.at]?.from ?? 0] !== '\n'
      const near = reader.tokens[reader.at]
      if (parted) reader.at++
      const num = parted || near?.tab || near?.gap ? number(reader) : undefined
      const points = itemsOf(reader.rubric)[item.value - 1]?.points
      const score =
        num?.value === points && reader.tokens[reader.at]?.gap ? attempt(reader, () => number(reader)) : undefined
      const words = reader.at
      while (num && isRemark(reader, words)) reader.at++
      const reason = reader.text.slice(reader.tokens[words]?.from, reader.tokens[reader.at - 1]?.to)
      const end = reader.tokens[reader.at]
      if (!num || !(end === undefined || (end.kind === 'stop' && reader.text.slice(end.from, end.to).includes('\n')))) {
        reader.at = start
        break
      }
      last = item.value
      statements.push({
        kind: 'items',
        items: [{ item: item.value, amount: { how: loses ? 'lose' : 'get', num: score ?? num } }],
        piece: pieceFrom(reader, start),
        ...(reader.at > words ? { reason } : {}),
      })
      skip(reader, 'stop')
    }
    const counts = statements.length > 2 && last === statements.length
    return statements.length > 1 && (counts || headed) ? statements : undefined
  })
}
