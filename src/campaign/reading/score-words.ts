/** The words of a text about scores. Nothing is dropped: what fits no word is `junk`. */

import { itemsOf, type Rubric } from '../scores/rubric.ts'
import { normalize } from './names.ts'
import { numeral, numeralChars, numeralsOneByOne, wholeNumeral } from './numerals.ts'

/** A number as typed. `digits`, `list`: what it may also mean, one score a character. No `value`: something unreadable in a number's place. */
export type Num = { piece: string; value?: number; digits?: string; list?: number[] }

type Plain =
  /** 扣 · 得, 改成 · 满分 · 各, 都 · 分别 · 全部 · 除 · 外 · 从 */
  | 'lose'
  | 'get'
  | 'full'
  | 'each'
  | 'respectively'
  | 'all'
  | 'except'
  | 'outside'
  | 'from'
  /** : · = · 总分 · 合计 · 至 · 和 */
  | 'colon'
  | 'equals'
  | 'total'
  | 'sum'
  | 'to'
  | 'and'
  /** ends a clause · 、 · leftovers */
  | 'stop'
  | 'pause'
  | 'junk'
type Meaning =
  | { kind: Plain }
  | { kind: 'number'; num: Num }
  /** `explicit`: said with 项 or by its label, so that a number right behind it is its score. */
  | { kind: 'item'; item: number; explicit: boolean }
  | { kind: 'section'; section: number }
  /** 其余, 其余15项 */
  | { kind: 'rest'; count?: number }
  /** 前16项, 后2项 */
  | { kind: 'end'; end: 'first' | 'last'; count: number }
export type Token = Meaning & { from: number; to: number }

const whole = `(?:\\d+|[${numeralChars}]+)`
const unit = '(?:小?项目?|条|号|题)'
const count = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : /^\d+$/.test(text) ? Number(text) : wholeNumeral(text)
const escaped = (text: string): string => text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&')

type Rule = { pattern: RegExp; read: (found: RegExpExecArray) => Meaning | 'blank' | undefined }
const word = (kind: Plain, pattern: string): Rule => ({ pattern: new RegExp(pattern, 'y'), read: () => ({ kind }) })
const rule = (pattern: string, read: Rule['read']): Rule => ({ pattern: new RegExp(pattern, 'y'), read })

function arabic([piece, digits = '', decimals, half]: RegExpExecArray): Meaning {
  const plain = decimals === undefined && half === undefined
  const value = Number(digits) + (decimals === undefined ? 0 : Number(`0.${decimals}`)) + (half === undefined ? 0 : 0.5)
  const padded = digits.length > 1 && digits.startsWith('0')
  return {
    kind: 'number',
    num: { piece, ...(padded ? {} : { value }), ...(plain && digits.length > 1 ? { digits } : {}) },
  }
}

function chinese([piece, run = '', half]: RegExpExecArray): Meaning | undefined {
  const value = numeral(run)
  if (half !== undefined)
    return value === undefined ? undefined : { kind: 'number', num: { piece, value: value + 0.5 } }
  const list = numeralsOneByOne(run)
  if (value === undefined && list === undefined) return undefined
  return {
    kind: 'number',
    num: { piece, ...(value === undefined ? {} : { value }), ...(list && list.length > 1 ? { list } : {}) },
  }
}

const item = (text: string | undefined, explicit: boolean): Meaning | undefined => {
  const number = count(text)
  return number === undefined ? undefined : { kind: 'item', item: number, explicit }
}

const rules: readonly Rule[] = [
  rule('[\\u200B-\\u200D\\u2060\\uFEFF ]+', () => 'blank'),
  rule('[①-⑳]', ([char]) => ({ kind: 'item', item: char.charCodeAt(0) - 0x245f, explicit: true })),
  rule(`第 *(${whole}) *(${unit})?`, ([, number, said]) => item(number, said !== undefined)),
  rule(`(前|后|最后)面?的? *(${whole}) *个?${unit}`, ([, where, number]) => {
    const many = count(number)
    return many === undefined ? undefined : { kind: 'end', end: where === '前' ? 'first' : 'last', count: many }
  }),
  rule(
    `(?:其余|其他|其它|剩下|剩余|余下|余|别的|另外)的? *(?:各|几|所有|全部)?的? *(?:(${whole}) *个?(?=${unit}))?${unit}?(?:的|则|就|目前)?`,
    ([, number]) => {
      const many = count(number)
      return { kind: 'rest', ...(many === undefined ? {} : { count: many }) }
    },
  ),
  word('full', '(?:满分?|不(?:扣|丢|失|减)分?|没有?扣分?|未扣分?|无扣分)'),
  word('respectively', '分别'),
  word('all', '(?:全都|全部|所有|各个?|每一?)的? *(?:项目?|条|指标|评分项)(?!目)|全部|所有|全都|通通|统统'),
  word('each', '各自|各|都|均|皆|一律|每|全'),
  word('total', '总得分|总分数?|总计|总共'),
  word('sum', '合计|共计|小计|一共|共'),
  rule(`(?![一两] *项)(${whole}) *${unit}`, ([, number]) => item(number, true)),
  word('to', '至|到|(?<=[\\d项条] *)[-~–—]+(?= *\\d)'),
  word('junk', "\\d+(?:\\.\\d+){2,}|\\d+[。·'’]\\d+|[-+−]\\d+(?:\\.\\d+)?|\\.\\d+|一半"),
  /** `4(5)`: a score, its maximum or a correction. */
  word('junk', `\\( *(?:\\d+(?:\\.\\d+)?|[${numeralChars}]+) *分? *\\)`),
  /** `4半`, `4分5`: perhaps 4.5. */
  word(
    'junk',
    `(?:\\d|[${numeralChars}])半(?!分)|(?:\\d+|[${numeralChars}]) *分(?:\\d+|[${numeralChars}])(?=[\\s,;、。]|$)`,
  ),
  rule('(\\d+)(?:[.点](\\d+)|(½| *(?:分|个)半))?(?: *分(?!半|别))?', arabic),
  rule(`([${numeralChars}]+(?:点[${numeralChars}]+)*)(?:( *(?:分|个)半))?(?: *分(?!半|别))?`, chinese),
  rule('半分?', ([piece]) => ({ kind: 'number', num: { piece, value: 0.5 } })),
  word('lose', '(?:只|仅|应该?|要|得)?(?:扣[分了掉去除]?|减[去掉]?|丢[了掉]?|失)分?'),
  word(
    'get',
    '(?:应该?|应当|该|只|仅|才|就)*(?:改[成为到作]?|[调换]成?为?|更正为|修改[为成]|变[成为]|得分|得|给到?|打[成了]?|评[为成]?|记[为作]?|计|为|是|写成|[=-]>|→)分?',
  ),
  word('except', '除[了去开掉]?|只有|仅有'),
  word('outside', '之外|以外|外'),
  word('from', '从|由|原来'),
  word('and', '和|跟|与|及|以及|还有'),
  word('colon', '[:]'),
  word('equals', '='),
  word('stop', '[,;。\\n!|]+|\\.(?=\\s|$)'),
  word('pause', '、'),
  rule(
    '请?(?:您|领导)?(?:审核|审阅|核对|查收|过目|确认)|但是?|不过|其中|\\.{2,}|您好|你好|谢谢您?|麻烦您?了?|辛苦您?了?|请|帮我|我|的|了|吧|啊|呢|哦|嗯|把|将|那么?|再?[是为]?(?:得分|分数|打分|评分|自评|成绩)(?:结果|情况)?(?:如下)?|情况|如下|一下|分|["“”‘’()（）【】\\[\\]…]',
    () => 'blank',
  ),
]

const ordinals = '一二三四五六七八九十'

type Named = { name: string; pattern: string; meaning: Meaning }
/** The words of this rubric: its sections and items as they are called, alone or behind their number (`3 <label>`). */
function namesOf(rubric: Rubric): Rule[] {
  const items = itemsOf(rubric)
  const sections = rubric.sections.flatMap(({ name }, section): Named[] =>
    partsOf(name)
      .filter((part) => rubric.sections.every((other, i) => i === section || !other.name.includes(part)))
      .map((part) => ({
        name: part,
        pattern: `(?:(?:${section + 1}|${ordinals[section] ?? '#'})[、.] *)?${escaped(part)}`,
        meaning: { kind: 'section', section },
      })),
  )
  const labels = items
    .filter(({ label }) => items.filter((other) => other.label === label).length === 1)
    .filter(({ label }) => rubric.sections.every(({ name }) => name !== label))
    .map(
      ({ label, number }): Named => ({
        name: label,
        pattern: `(?:第? *${number} *${unit}? *[、.:]? *)?${escaped(normalize(label))}`,
        meaning: { kind: 'item', item: number, explicit: true },
      }),
    )
  const every = rule(
    `(?<![\\d、,和与及第到至~-] *)(?:全部|所有|一共|总共|共|这|全)?的? *${items.length} *个?${unit}(?:指标)? *(?=(?:全|都|均|皆|一律|各|每)+部?[是为得给打]*(?:满|不|没))`,
    () => ({ kind: 'all' }),
  )
  const named = [...labels, ...sections].sort((a, b) => b.name.length - a.name.length)
  return [every, ...named.map(({ pattern, meaning }) => rule(pattern, () => meaning))]
}

/** A name and its parts of two characters and more. */
function partsOf(name: string): string[] {
  const parts: string[] = []
  for (let from = 0; from < name.length; from++)
    for (let to = from + 2; to <= name.length; to++) parts.push(name.slice(from, to))
  return parts
}

const rulesOf = new WeakMap<Rubric, readonly Rule[]>()

/** Splits a normalized text into its words; leftovers that stand together are one piece. */
export function scoreWords(text: string, rubric: Rubric): Token[] {
  const own = rulesOf.get(rubric) ?? [...namesOf(rubric), ...rules]
  rulesOf.set(rubric, own)
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const { meaning, to } = wordAt(text, at, own)
    const last = tokens.at(-1)
    if (meaning !== 'blank') {
      const token = { ...meaning, from: at, to }
      if (last && growsTogether(text, last, token)) tokens[tokens.length - 1] = { kind: 'junk', from: last.from, to }
      else tokens.push(token)
    }
    at = to
  }
  return tokens
}

/** `1O`, `4五` and `3名` are no numbers with something behind them; `5分4分` are two. */
function growsTogether(text: string, last: Token, next: Token): boolean {
  if (last.to !== next.from) return false
  if (last.kind === 'junk') return next.kind === 'junk' || next.kind === 'number'
  if (last.kind !== 'number') return false
  return next.kind === 'junk' || (next.kind === 'number' && !text.slice(last.from, last.to).endsWith('分'))
}

function wordAt(text: string, at: number, own: readonly Rule[]): { meaning: Meaning | 'blank'; to: number } {
  for (const { pattern, read } of own) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    const meaning = found?.[0] ? read(found) : undefined
    if (found && meaning) return { meaning, to: at + found[0].length }
  }
  return { meaning: { kind: 'junk' }, to: at + 1 }
}
