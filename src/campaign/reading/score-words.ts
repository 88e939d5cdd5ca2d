/** Splits a text about scores into words. Nothing is dropped: characters that fit no word are text. */

import { numeralChars } from '../numerals.ts'
import type { Rubric } from '../scores/rubric.ts'
import { lexicon } from './score-lexicon.ts'
import { namesIn } from './score-names.ts'
import { afterDigit, afterNumeral, count, type Found, others } from './score-rules.ts'
import type { Token } from './score-tokens.ts'

/** The words of the text, in order. Blanks are only noted at the word behind them. */
export function scoreWords(plain: string, rubric: Rubric): Token[] {
  const tokens: Token[] = []
  const names = namesIn(rubric)
  let gap = true
  let tab = false
  let next = 1
  for (let at = 0; at < plain.length; ) {
    const char = plain[at] ?? ''
    if (char === ' ' || char === '\t') {
      gap = true
      tab ||= char === '\t'
      at++
      continue
    }
    const begins = tokens.length === 0 || tokens.at(-1)?.kind === 'stop' || (gap && next > 1)
    const counted = begins ? enumerator(plain, at, next) : undefined
    if (counted) next++
    const { meaning, length } =
      counted ?? nameAt(plain, at, names) ?? ruleAt(plain, at, rubric) ?? wordAt(plain, at, char) ?? other
    // 3较好: item 3 gets this level.
    if (meaning.kind === 'number' && meaning.num.level && takesLevel(tokens.at(-1)))
      tokens.push({ kind: 'get', from: at, to: at, gap: false, tab: false })
    push(tokens, plain, { from: at, to: at + length, gap, tab, ...meaning })
    gap = tab = false
    at += length
  }
  return tokens.flatMap((token, i): Token[] => {
    if (token.kind === 'noise') return isInPlace(tokens, i) ? [{ ...token, kind: 'text' }] : []
    return [isInSentence(plain, tokens, i) ? { ...token, kind: 'text' } : token]
  })
}
/** 一、扣分：… · 1. 第3项扣1: the number counts lines and names no item. `next` is the number expected next. */
const counting = new RegExp(
  `\\(?(\\d{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])[.、)]? *(?=第|其|余|剩|全|扣第|扣分[:：])`,
  'y',
)
function enumerator(plain: string, at: number, next: number): Found | undefined {
  counting.lastIndex = at
  const found = counting.exec(plain)
  const [piece = '', number = ''] = found ?? []
  const value = number >= '①' && number <= '⑳' ? number.charCodeAt(0) - 0x245f : count(number)
  const marked = piece.trim().length > number.length || value !== count(number)
  return found && marked && value === next ? { meaning: { kind: 'noise' }, length: piece.length } : undefined
}

/** 投诉到院长信箱, 不足2次, 90%以上: amounts in a story, not scores. */
const amounts = /^(?:不足|不到|不?超过|至[少多]|最多|起码|以[上下]|左右|接近|将近|大约|上下|之间)$/
function isInSentence(plain: string, tokens: readonly Token[], i: number): boolean {
  const [before, token, next] = [tokens[i - 1], tokens[i], tokens[i + 1]]
  const isScore = (one: Token | undefined): boolean =>
    one?.kind === 'number' || (one?.kind === 'item' && (one.said === 'number' || one.said === 'count'))
  if (token?.kind === 'range') return next?.kind === 'text' && !next.odd && before !== undefined && !isScore(before)
  return (
    token?.kind === 'doubt' &&
    amounts.test(plain.slice(token.from, token.to)) &&
    !isScore(before) &&
    !isScore(next) &&
    (before?.kind === 'text' || next?.kind === 'text')
  )
}

/** Whether a level may follow this word as its score. In a row of levels each belongs to an item. */
const takesLevel = (last: Token | undefined): boolean =>
  last !== undefined &&
  (last.kind === 'number'
    ? last.num.level !== true
    : ['item', 'rest', 'all', 'each', 'end', 'section'].includes(last.kind))

/** A word in the place of a number stays: `5 5 好 5`. */
const isInPlace = (tokens: readonly Token[], i: number): boolean =>
  tokens[i]?.gap === true &&
  tokens[i - 1]?.kind === 'number' &&
  tokens[i + 1]?.kind === 'number' &&
  tokens[i + 1]?.gap === true

/** A part of a name gives way to a longer word: 领导好 names no section. */
function nameAt(plain: string, at: number, names: ReturnType<typeof namesIn>): Found | undefined {
  const found = names(plain, at)
  const isPart =
    found &&
    ((found.meaning.kind === 'item' && found.meaning.said === 'part') ||
      (found.meaning.kind === 'section' && found.meaning.part))
  const isLevel = found?.meaning.kind === 'number'
  const isWord = isPart || isLevel || found?.meaning.kind === 'band' || found?.meaning.kind === 'noise'
  const word = isWord ? wordAt(plain, at, plain[at] ?? '') : undefined
  return word && found && word.length > found.length ? word : found
}
const other: Found = { meaning: { kind: 'text' }, length: 1 }

function ruleAt(plain: string, at: number, rubric: Rubric): Found | undefined {
  const char = plain[at] ?? ''
  if (char >= '①' && char <= '⑳')
    return { meaning: { kind: 'item', item: char.charCodeAt(0) - 0x245f, said: 'number' }, length: 1 }
  const special = others[char]
  const rules = /\d/.test(char)
    ? afterDigit
    : numeralChars.includes(char)
      ? [...(special ?? []), ...afterNumeral]
      : (special ?? [])
  const known = char === '第' || numeralChars.includes(char) ? idiomAt(plain, at, char) : undefined
  if (known) return known
  for (const { pattern, read } of rules) {
    pattern.lastIndex = at
    const found = pattern.exec(plain)
    const length = found?.[0].length ?? 0
    const meaning = found && length > 0 ? read(found, rubric) : undefined
    if (meaning) return { meaning, length }
  }
  return undefined
}
/** An idiom that begins with a numeral is no number. */
function idiomAt(plain: string, at: number, char: string): Found | undefined {
  const found = wordAt(plain, at, char)
  return found && found.length > 1 ? found : undefined
}

function wordAt(plain: string, at: number, char: string): Found | undefined {
  for (const { word, kind } of lexicon.get(char) ?? [])
    if (plain.startsWith(word, at)) return { meaning: kind === 'text' ? { kind } : { kind }, length: word.length }
  return undefined
}

/** Joins text tokens. `1O` and `3个x` do not become numbers with text behind them, and `8 发展党员` names item 8 once. */
function push(tokens: Token[], plain: string, next: Token): void {
  const last = tokens.at(-1)
  const near = last !== undefined && last.to === next.from
  if (last && near && last.kind === 'text' && next.kind === 'text') {
    tokens[tokens.length - 1] = { ...last, to: next.to, ...(last.odd || next.odd ? { odd: true } : {}) }
    return
  }
  if (last && near && last.kind === 'number' && !last.num.points && next.kind === 'text') {
    const soft = !/\d/.test(last.num.piece) && last.num.piece.length === 1
    tokens[tokens.length - 1] = {
      kind: 'text',
      from: last.from,
      to: next.to,
      gap: last.gap,
      tab: last.tab,
      ...(soft && !next.odd ? {} : { odd: true }),
    }
    return
  }
  if (
    last &&
    near &&
    last.kind === 'text' &&
    next.kind === 'number' &&
    /[A-Za-z\d.]/.test(plain[next.from - 1] ?? '')
  ) {
    tokens[tokens.length - 1] = { ...last, to: next.to, odd: true }
    return
  }
  if (last && next.kind === 'item' && next.said !== 'number' && next.said !== 'count') {
    const whole = numbered(tokens, plain, next)
    if (whole) return void tokens.splice(-whole.words, whole.words, whole.token)
  }
  tokens.push(next)
}

/** `8 发展党员`, `8. 发展党员`, `(8) 发展党员`: one item, named with its number. A number after a verb stays a number. */
function numbered(
  tokens: readonly Token[],
  plain: string,
  next: Token & { kind: 'item' },
): { token: Token; words: number } | undefined {
  const last = tokens.at(-1)
  const marked = last !== undefined && /^[.、:)]$/.test(plain.slice(last.from, last.to))
  const at = tokens.length - (marked ? 2 : 1)
  const [verb, before] = [tokens[at - 1], tokens[at]]
  const item =
    before?.kind === 'number' && !before.num.points
      ? before.num.value
      : before?.kind === 'item'
        ? before.item
        : undefined
  if (!before || item !== next.item || (before.kind === 'number' && verb && bringing.includes(verb.kind)))
    return undefined
  const bracket = marked && last?.kind === 'close' && verb?.kind === 'open' ? 1 : 0
  const { from, gap, tab } = bracket && verb ? verb : before
  const said = next.said === 'part' ? 'label' : next.said
  return { token: { ...next, from, gap, tab, said }, words: tokens.length - at + bracket }
}
const bringing: readonly Token['kind'][] = ['lose', 'less', 'more', 'get', 'to', 'each', 'full', 'maximum', 'item']
