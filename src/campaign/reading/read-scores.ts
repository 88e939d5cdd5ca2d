/** Reads scores as people type them. Contract: Reading scores. */

import { type Item, isClaimed, itemsOf, type PartialScores, type Rubric } from '../scores/rubric.ts'
import { applyStatements } from './apply-statements.ts'
import { readStatements } from './read-statements.ts'
import type { Problem } from './score-problems.ts'
import type { Statement } from './score-reader.ts'
import type { Place } from './score-state.ts'
import { plainText } from './score-text.ts'
import type { Kind, Token } from './score-tokens.ts'
import { scoreWords } from './score-words.ts'

/**
 * `scores` has one entry for each item in the order of the rubric; `null` if the score is unknown. `named` holds the numbers of the items
 * in the text, `reasons` the words beside an item.
 * `unread` means uncertain: `scores` hold what is certain (otherwise as before), `item` is the one to ask again, `piece` the words that
 * were not understood, `sentence` the whole reply. `other` means that the text is not about scores.
 */
export type Reading =
  | { kind: 'scores'; scores: PartialScores; named: number[]; reasons: Map<number, string> }
  | {
      kind: 'unread'
      scores: PartialScores
      item?: number
      piece: string
      sentence: string
      reasons?: Map<number, string>
    }
  | { kind: 'other' }
/** What a text may refer to: the branch's own scores, those of the last submission, and the names of totals. */
export type Beside = Pick<Place, 'self' | 'last' | 'bandOf'>

/**
 * Reads a whole card: `5545 5555 …`, `5,5,4.5,…`, `领导班子 5 5 4 5，…`, `除3扣1、17得8，其余满分`, `全部满分`. A few numbers are the first items. Points go
 * from 0 to the item's maximum, in the rubric's steps. Never guesses: text with two readings or with none is `unread`.
 */
export function readCard(text: string, rubric: Rubric, beside: Beside = {}): Reading {
  return withUnclaimed(readWhole(text, rubric, beside), rubric)
}

function readWhole(text: string, rubric: Rubric, beside: Beside): Reading {
  const items = itemsOf(rubric)
  const before = items.map(() => null)
  return only(text, rubric, (statements) => {
    const reading = readInto(statements, { rubric, before, targets: items, open: items, ...beside })
    return reading.kind === 'scores' ? askForRest(reading, statements, rubric) : reading
  })
}

/**
 * Reads what is typed at a draft: the next open items in order, `第3项4`, `3改4，8改4.5`, `第3项扣1`, 其余满分 for the open items, or a whole card,
 * which replaces the draft. `asked` is the item that was asked for; a single number answers it.
 */
export function readChange(
  text: string,
  rubric: Rubric,
  at: Beside & { draft: PartialScores; asked?: number | undefined },
): Reading {
  return withUnclaimed(readDraft(text, rubric, at), rubric)
}

function readDraft(
  text: string,
  rubric: Rubric,
  { draft, asked, ...beside }: Beside & { draft: PartialScores; asked?: number | undefined },
): Reading {
  const items = itemsOf(rubric)
  const open = items.filter((_, i) => (draft[i] ?? null) === null)
  return only(text, rubric, (statements) => {
    const nums = statements.flatMap((one) => (one.kind === 'numbers' ? one.nums : []))
    const place: Place = {
      rubric,
      before: draft,
      targets: open,
      open,
      ...beside,
      ...(asked === undefined ? {} : { asked }),
    }
    const askedItem = items.find((item) => item.number === asked)
    if (nums.length === 1 && askedItem) return readInto(statements, { ...place, targets: [askedItem] })
    if (nums.length > 0 || open.length === 0) {
      const fills = statements.some((one) => one.kind === 'rest' && one.scope !== 'all')
      const alone = statements.every((one) => one.kind === 'rest')
      const whole = readInto(statements, { ...place, targets: items, open: fills && alone ? open : items })
      if (open.length === 0 ? !isShort(whole, nums.length, items) : isWhole(whole, items)) return whole
      if (open.length === 0) return whichItem(draft, statements, items)
    }
    return readInto(statements, place)
  })
}

/** Once all other items are known, bonus and negative items that nobody mentioned get 0 points. */
function withUnclaimed<R extends Reading>(reading: R, rubric: Rubric): R {
  if (reading.kind !== 'scores') return reading
  const items = itemsOf(rubric)
  const isReady = items.every((item, i) => isClaimed(item) || reading.scores[i] !== null)
  return isReady ? { ...reading, scores: reading.scores.map((score, i) => score ?? items[i]?.points ?? 0) } : reading
}

/** Tries all readings of a text. If they differ, none is taken. */
function only(text: string, rubric: Rubric, read: (statements: Statement[]) => Reading): Reading {
  const plain = once(plainText(text))
  const tokens = scoreWords(plain, rubric)
  if (!isAboutScores(plain, tokens)) return { kind: 'other' }
  const main = read(readStatements(plain, tokens, rubric))
  const others = [paired(tokens), dotted(plain, rubric)].flatMap((statements) => (statements ? [read(statements)] : []))
  const certain = [main, ...others].filter((reading) => reading.kind === 'scores')
  const [first, ...more] = certain
  if (!first) return main
  return more.every((reading) => same(reading.scores, first.scores)) ? first : twoReadings(plain, main)
}

/** A message that holds the same text twice counts once. */
const once = (plain: string): string => {
  const half = plain.slice(0, Math.floor(plain.length / 2)).trim()
  return half.length > 3 && /其余|满/.test(half) && half + half === plain.replace(/\s/g, '') ? half : plain
}
const same = (a: PartialScores, b: PartialScores): boolean => a.every((score, i) => score === b[i])

/** Words that scores are made of. A text with only words of the second list may be about something else. */
const speaking: readonly Kind[] = ['item', 'full', 'group', 'lose', 'rest', 'zero', 'half', 'self', 'last']
const perhaps: readonly Kind[] = ['number', 'less', 'more', 'to', 'cancel', 'same', 'total']
function isAboutScores(plain: string, tokens: readonly Token[]): boolean {
  const isSure = (token: Token): boolean =>
    speaking.includes(token.kind) && !(token.kind === 'item' && (token.said === 'part' || token.said === 'count'))
  const isPerhaps = (token: Token): boolean =>
    isSure(token) ||
    perhaps.includes(token.kind) ||
    token.kind === 'item' ||
    (token.kind === 'text' && token.odd === true)
  const piece = ({ from, to }: Token): string => plain.slice(from, to)
  const words = tokens
    .filter((token) => token.kind === 'text' && !token.odd)
    .map(piece)
    .join('')
    .replace(/[^\p{L}\d]/gu, '')
  const rest = tokens
    .filter(({ kind }) => kind !== 'text' && kind !== 'stop' && kind !== 'section')
    .map(piece)
    .join('')
  if (!tokens.some(isPerhaps)) return false
  const certain = tokens.filter(isSure)
  if (certain.some(({ kind }) => kind === 'item' || kind === 'rest' || kind === 'group')) return true
  if (/[年月日周]|时候|小时|分钟|提醒|请假/.test(words))
    return certain.length > 0 && tokens.some(({ kind }) => kind === 'number')
  return words.length < Math.max(rest.length, 1) || (certain.length > 0 && tokens.some(({ kind }) => kind === 'number'))
}

/** `1、5 2、4 3、5`, `3 4分 8 3分`: pairs of numbers, the first of each an item. They count up from 1, or only the second has 分. */
function paired(tokens: readonly Token[]): Statement[] | undefined {
  const heading = tokens.findIndex(({ kind }) => kind !== 'get' && kind !== 'colon' && kind !== 'heading')
  if (!tokens.every(({ kind }, i) => i < heading || kind === 'number' || kind === 'pause' || kind === 'stop'))
    return undefined
  const nums = tokens.flatMap((token) => (token.kind === 'number' ? [token.num] : []))
  const items = nums.filter((_, i) => i % 2 === 0)
  const counts = nums.length > 2 && items.every(({ value }, i) => value === i + 1)
  const units = nums.every(({ points = false }, i) => points === i % 2 > 0)
  const ascends = items.every(({ value = 0 }, i) => Number.isInteger(value) && value > (items[i - 1]?.value ?? 0))
  if (nums.length === 0 || nums.length % 2 > 0 || !(counts || (units && ascends))) return undefined
  return items.flatMap(({ value }, i): Statement[] => {
    const num = nums[i * 2 + 1]
    return num && value !== undefined
      ? [{ kind: 'items', items: [{ item: value, amount: { how: 'get', num } }], piece: num.piece }]
      : []
  })
}

/** `1.5 2.4 3.4.5`: the number before the first dot is the item. */
function dotted(plain: string, rubric: Rubric): Statement[] | undefined {
  const pattern = /(?<=^|[\s,;、。])(\d{1,2})\.(?=\d)/g
  const labels = [...plain.matchAll(pattern)].map(([, label]) => Number(label))
  if (labels.length < 3 || !labels.every((label, i) => label === i + 1)) return undefined
  const text = plain.replace(pattern, '$1:')
  return readStatements(text, scoreWords(text, rubric), rubric)
}

function twoReadings(plain: string, reading: Reading): Reading {
  const piece = plain.slice(0, 30)
  const sentence = `“${piece}”有两种读法，还没有记下。请写成“第1项5，第2项4”这样再发一次。`
  return { kind: 'unread', scores: reading.kind === 'other' ? [] : reading.scores.map(() => null), piece, sentence }
}

function readInto(statements: readonly Statement[], place: Place): Reading {
  const { given, reasons, problems } = applyStatements(statements, place)
  const items = itemsOf(place.rubric)
  const problem = problems.find(({ keep }) => !keep) ?? problems[0]
  if (problem && !problem.keep)
    return { kind: 'unread', scores: place.before, piece: problem.piece, sentence: problem.say + problem.ask }
  const scores = items.map(({ number }, i) => given.get(number) ?? place.before[i] ?? null)
  if (problem) return { ...asksBack(problem, scores, { count: given.size, place }), reasons }
  const named = [...given.keys()]
  if (named.length > 0) return { kind: 'scores', scores, named, reasons }
  const piece = statements
    .map((one) => one.piece)
    .join('，')
    .slice(0, 40)
  if (statements.every((one) => one.kind === 'keep' || one.kind === 'words')) return { kind: 'other' }
  return { kind: 'unread', scores, piece, sentence: `“${piece}”没有读懂。请发“第3项4”这样的话。` }
}

function asksBack(
  { piece, say, ask, item }: Problem,
  scores: PartialScores,
  { count, place }: { count: number; place: Place },
): Reading & { kind: 'unread' } {
  const others = scores.filter((score, i) => score !== null && place.before[i] !== undefined).length
  const kept = count === 0 ? '' : others === scores.length - 1 ? `其余${others}项已记下。` : `另有${count}项已记下。`
  return { kind: 'unread', scores, piece, sentence: say + kept + ask, ...(item === undefined ? {} : { item }) }
}

/** Single items without 其余满分 are no card, so we ask whether the rest has full marks. */
function askForRest(reading: Reading & { kind: 'scores' }, statements: readonly Statement[], rubric: Rubric): Reading {
  const left = reading.scores.filter((score) => score === null).length
  const first = reading.scores.indexOf(null)
  const inOrder = reading.scores.slice(first).every((score) => score === null)
  const loses = statements.some((one) => one.kind === 'items' && one.items.some(({ amount }) => amount.how === 'lose'))
  const bySection = statements.every((one) => one.kind === 'section')
  if (left === 0 || bySection || (inOrder && !loses)) return reading
  const piece = statements.map((one) => one.piece).join('，')
  const said = itemsOf(rubric).filter((_, i) => reading.scores[i] !== null)
  const items = said.map(
    (item, i) => `${i > 0 ? '、' : ''}第${item.number}项${item.label}${reading.scores[item.number - 1]}分`,
  )
  const sentence = `${items.join('')}已记下。其余${left}项是满分吗？是的话请发“其余满分”，不是请接着发其余得分。`
  return { kind: 'unread', scores: reading.scores, piece, sentence, reasons: reading.reasons }
}

const isWhole = (reading: Reading, items: readonly Item[]): boolean =>
  reading.kind === 'scores' && reading.named.length === items.length

/** Whether a row of numbers is too short for a card. */
const isShort = (reading: Reading, count: number, items: readonly Item[]): boolean =>
  count > 0 && count < items.length && !isWhole(reading, items)

function whichItem(draft: PartialScores, statements: readonly Statement[], items: readonly Item[]): Reading {
  const piece = statements.map((one) => one.piece).join('，')
  const sentence = `${items.length}项都已有得分，“${piece}”是哪一项的？请发“第3项4”这样的话。`
  return { kind: 'unread', scores: draft, piece, sentence }
}
