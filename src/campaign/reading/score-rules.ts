/** How numbers, items, sections and 其余 are written. The rules are tried one after the other at a place of the text. */

import { numeral, numeralChars, numeralsOneByOne, wholeNumeral } from '../numerals.ts'
import { itemsOf, type Rubric } from '../scores/rubric.ts'
import { measures } from './score-lexicon.ts'
import type { Meaning } from './score-tokens.ts'

const whole = `(?:\\d+|[${numeralChars}]+)`
const unit = '(?:小?项目?|小?条|号|题|款)'
/** A whole number in digits or in Chinese. */
export const count = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : wholeNumeral(text))
export type Found = { meaning: Meaning; length: number }
export type Rule = { pattern: RegExp; read: (found: RegExpExecArray, rubric: Rubric) => Meaning | undefined }
const rule = (pattern: string, read: Rule['read']): Rule => ({ pattern: new RegExp(pattern, 'y'), read })
const text = (): Meaning => ({ kind: 'text' })
const odd = (): Meaning => ({ kind: 'text', odd: true })

function itemNumbered(number = ''): Meaning {
  const item = count(number)
  return item === undefined ? odd() : { kind: 'item', item, said: 'number' }
}
function sectionNumbered(ordinal = '', { sections }: Rubric): Meaning {
  const section = count(ordinal)
  return section !== undefined && sections[section - 1] ? { kind: 'section', section: section - 1, part: false } : odd()
}
function arabic([piece, digits = '', decimals, half, points]: RegExpExecArray): Meaning {
  const value = Number(digits) + (decimals === undefined ? 0 : Number(`0.${decimals}`)) + (half === undefined ? 0 : 0.5)
  const padded = digits.length > 1 && digits.startsWith('0')
  const plain = decimals === undefined && half === undefined && points === undefined
  const said = points === undefined && !half ? {} : { points: true }
  return {
    kind: 'number',
    num: { piece, ...(padded ? {} : { value }), ...(plain && digits.length > 1 ? { digits } : {}), ...said },
  }
}
function chinese([piece, run = '', half, points]: RegExpExecArray): Meaning | undefined {
  const value = numeral(run)
  const said = points === undefined && half === undefined ? {} : { points: true }
  if (half !== undefined || points !== undefined)
    return {
      kind: 'number',
      num: { piece, ...(value === undefined ? {} : { value: value + (half ? 0.5 : 0) }), ...said },
    }
  const list = numeralsOneByOne(run)
  if (value === undefined && list === undefined) return odd()
  return {
    kind: 'number',
    num: { piece, ...(value === undefined ? {} : { value }), ...(list && list.length > 1 ? { list } : {}) },
  }
}

/** 分 that belongs to a number, and not to words like 分工 or 分别. */
const points = '分(?!别(?!的)|工|析|类|组|管|享|支|部|党|项|值|之|钟|配|布|部)'
const half = '(?:分|个)半'
const rest = `(?:其余|其他|其它|剩下|剩余|余下|别的|另外(?= *[\\d${numeralChars}])|余(?!下)|后面|前面|其馀|剩的|其它|除此以外|除此之外)`

/** 一人扣0.5, 每缺一次扣1: the text does not say how often. */
const perHead = rule(`(?:每[缺少差迟]?|缺|少)?(?:一|1)?(?:人|次|名|天|篇|起|处|份)(?=[扣减丢])`, () => ({
  kind: 'doubt',
}))

/** 5分的项: all items with this maximum. */
const ofPoints = rule(`(${whole})分的(?:小?项目?|题|指标)`, ([, number = ''], rubric) => {
  const points = count(number)
  return { kind: 'group', items: itemsOf(rubric).flatMap((one) => (one.points === points ? [one.number] : [])) }
})

export const afterDigit: readonly Rule[] = [
  rule('\\d+分制', () => ({ kind: 'noise' })),
  ofPoints,
  rule('0(?=投诉|质询|差错|违纪|事故|缺席|举报|失误)', text),
  rule(`\\d+月\\d+[日号]?`, text),
  rule(`(?:19|20)\\d\\d(?:[-/.年])\\d{1,2}(?:[-/.月])\\d{1,2}日?(?!\\d)`, text),
  rule(`\\d+(?:\\.\\d+)?(?: *[至到-] *\\d+(?:\\.\\d+)?)?(?: *%|${measures})(?!半|分)`, text),
  rule(`\\d+个(?! *[\\d${numeralChars}])`, text),
  rule(`(\\d+) *个(?= *[\\d${numeralChars}])`, ([, number = '']) => ({
    kind: 'number',
    num: { piece: `${number}个`, value: Number(number), list: [] },
  })),
  rule(`(\\d+) *${unit}(?!半)`, ([, number = '']) => ({ kind: 'item', item: Number(number), said: 'count' })),
  rule('\\d+(?:\\.\\d+){2,}', odd),
  rule('(\\d+)。(\\d+)(?![。.]?\\d)(?= (?![一-鿿]))', arabic),
  rule('\\d+(?:。\\d+)+(?!\\d| *[扣项得给减丢失改])', odd),
  rule(`(?:\\d|[${numeralChars}])半(?!分)|\\d+分\\d+(?=[\\s,;、。]|$)`, odd),
  rule(`(\\d+)(?:[.点](\\d+))?( *${half})?(?: *(${points}))?`, arabic),
]
export const afterNumeral: readonly Rule[] = [
  ofPoints,
  rule(`一点(?![${numeralChars}\\d分])`, text),
  perHead,
  rule(`[${numeralChars}]+个?(?:${measures})(?!半|分)`, text),
  rule(`[${numeralChars}]+大项`, odd),
  rule(`([${numeralChars}]+)个(?= *[\\d${numeralChars}])`, ([piece, run = '']) => {
    const value = wholeNumeral(run)
    return value === undefined ? undefined : { kind: 'number', num: { piece, value, list: [] } }
  }),
  rule(`[${numeralChars}]+个`, text),
  rule(`([${numeralChars}]+)${unit}`, ([, run = '']) => {
    const item = run === '两' ? undefined : wholeNumeral(run)
    return item === undefined ? odd() : { kind: 'item', item, said: 'count' }
  }),
  rule(`[${numeralChars}]+分之[${numeralChars}]+`, odd),
  rule(`([${numeralChars}]+(?:点[${numeralChars}]+)*)(${half})?(?:(${points}))?`, chinese),
]
/** 第1O项, 第l6项: letters typed for the digits they look like. */
const lookalikes = (number = ''): string => number.replace(/[Oo]/g, '0').replace(/[lI]/g, '1')
const afterOrdinal: readonly Rule[] = [
  rule(`第 *((?=\\d*[OolI])[\\dOolI]+) *${unit}`, ([, number]) => itemNumbered(lookalikes(number))),
  rule(`第 *(${whole}) *${unit}?(?:起|开始)?(?:往后|往下|及?以后|及?之后)的?(?:各?项)?`, ([, number = ''], rubric) => {
    const first = count(number) ?? 0
    return { kind: 'group', items: itemsOf(rubric).flatMap((one) => (one.number >= first ? [one.number] : [])) }
  }),
  rule(`(?<=[排列居名获拿位])第 *${whole}(?!项|条|题)`, text),
  rule(`第 *(${whole}) *(?:大项|部分|大类|大块|大点|大条|章)`, ([, ordinal], rubric) =>
    sectionNumbered(ordinal, rubric),
  ),
  rule(`第 *(${whole}) *(?:${unit}|点)`, ([, number]) => itemNumbered(number)),
  rule(
    `第 *${whole} *(?:次|季度|党小组|小组|支部|批|轮|名|学期|期|届|周|天|年|月|组|位|阶段|时间|党支部|书记|课堂|线|方|步|类)`,
    text,
  ),
  rule(`第 *(${whole})`, ([, number]) => itemNumbered(number)),
]
const ends: readonly Rule[] = [
  rule(
    `(前|开头|后|最后|最末|末尾|末)面?的? *(${whole}) *个?(?:大项|部分|大类|大块)`,
    ([, where, number = ''], { sections }) => {
      const many = count(number) ?? 0
      const named = where === '前' || where === '开头' ? sections.slice(0, many) : sections.slice(-many)
      return {
        kind: 'group',
        items: many > sections.length ? [] : named.flatMap(({ items }) => items.map((one) => one.number)),
      }
    },
  ),
  rule(
    `(前|开头|后|最后|最末|末尾|末|倒数)面?的? *(${whole}) *个?${unit}?(?:指标)?(?!分|[.\\d点])`,
    ([, where, number = ''], rubric) => {
      const many = count(number)
      if (many === undefined || many < 2) return undefined
      const all = itemsOf(rubric).map((item) => item.number)
      const named = where === '前' || where === '开头' ? all.slice(0, many) : all.slice(-many)
      return { kind: 'group', items: many > all.length ? [] : named }
    },
  ),
  rule(`(?:最后|最末|末|倒数第)一?${unit}|倒数第一${unit}`, (_, rubric) => ({
    kind: 'item',
    item: itemsOf(rubric).length,
    said: 'number',
  })),
  rule(`倒数第 *(${whole}) *${unit}`, ([, number = ''], rubric) => {
    const back = count(number)
    return back === undefined ? undefined : { kind: 'item', item: itemsOf(rubric).length + 1 - back, said: 'number' }
  }),
]
/** 没提到的, 未列出的项 */
const unnamed = '[没未](?:提到?|说到?|写|列出?|点到|提及|列入)的(?:各?项|项目)?'
const rests: readonly Rule[] = [
  rule(
    `${rest}的? *(?:各|几|所有|全部)?的? *(?:(${whole}) *个?(?=${unit})|${whole} *个?(?=大项|部分|方面|板块))?(?:大项|部分|方面|板块|${unit})?(?:各项)?(?:的话|的|则|就|目前)?`,
    ([, number]) => {
      const many = number === undefined ? undefined : count(number)
      return { kind: 'rest', ...(many === undefined ? {} : { count: many }) }
    },
  ),
]
/** 失分项目：, 扣分情况说明：, 扣分项目如下 above the lines: the numbers below are losses. */
const lossHeading = rule('[扣失丢]分(?:项目?|点|情况|明细|说明|如下|清单|统计|的|有|为|是){0,4}(?= ?[:\\n])', () => ({
  kind: 'lose',
}))
const itemLabelled = rule('(?:序号|编号|题号) *(\\d+)', ([, number]) => itemNumbered(number))
export const others: { readonly [first: string]: readonly Rule[] } = {
  第: afterOrdinal,
  前: [...ends, ...rests],
  后: [rule('后(?=得|为|是|剩|还有)', () => ({ kind: 'noise' })), ...ends, ...rests],
  开: ends,
  没: [rule(unnamed, () => ({ kind: 'rest' }))],
  未: [rule(unnamed, () => ({ kind: 'rest' }))],
  最: ends,
  末: ends,
  倒: ends,
  N: [rule('No\\.? *(\\d+)', ([, number]) => itemNumbered(number))],
  n: [rule('no\\.? *(\\d+)', ([, number]) => itemNumbered(number))],
  '#': [rule('# *(\\d+)', ([, number]) => itemNumbered(number))],
  半: [rule('半分', ([piece]) => ({ kind: 'number', num: { piece, value: 0.5, points: true } }))],
  '-': [rule('->', () => ({ kind: 'to' })), rule('-{1,3}(?= {0,3}[\\d第])', () => ({ kind: 'range' }))],
  '—': [rule('[—–]+', () => ({ kind: 'range' }))],
  '–': [rule('[—–]+', () => ({ kind: 'range' }))],
  比: [rule('比(?= *(?:第|\\d))', () => ({ kind: 'doubt' }))],
  每: [perHead],
  缺: [perHead],
  按: [rule(`按(?= *(?:\\d|[${numeralChars}]+分))`, () => ({ kind: 'get' }))],
  减: [rule('减(?=半分)', () => ({ kind: 'less' }))],
  扣: [lossHeading],
  失: [lossHeading],
  丢: [lossHeading],
  序: [itemLabelled],
  编: [itemLabelled],
  题: [itemLabelled],
  不: [rule('不(?=[,。])', () => ({ kind: 'slip' }))],
  满: [rule(`满 *(?:\\d+|[${numeralChars}]+)(?:${measures})`, text)],
  算: [rule('(?<=分)算(?=[ ,;。、]|$)', () => ({ kind: 'noise' }))],
  计: [rule('(?<=分)计(?=[ ,;。、]|$)', () => ({ kind: 'noise' }))],
  提: [rule(`提到(?= *[\\d${numeralChars}])`, () => ({ kind: 'to' }))],
  '+': [rule('\\+', () => ({ kind: 'plus' }))],
  '.': [rule('\\.\\d+', odd)],
  备: [
    rule('备注[:：][^\\n]{0,300}', ([note], { bands }) =>
      bands.some((band) => note.slice(0, 106).includes(band)) ? { kind: 'noise' } : undefined,
    ),
  ],
  附: [rule('附件 {0,3}\\d{0,3} {0,3}[:：]?', () => ({ kind: 'noise' }))],
}
/** 除这两项以外: the items that were named. */
const asides: readonly Rule[] = [
  rule(`除(?:了|去)?(?:这|上述|以上|前述|上面)(?:几|${whole})?个?(?:项|条)?(?:[以之]?外)?`, () => ({ kind: 'noise' })),
]
for (const first of '其剩别另余除') Object.assign(others, { [first]: [...asides, ...rests] })
