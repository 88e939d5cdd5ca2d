import { numeral, numeralChars } from '../numerals.ts'
import { normalize } from '../roster/names.ts'

export type Bound = { points: number; included: boolean }
/** An absent bound means no limit on that side. */
export type Range = { from?: Bound; to?: Bound }

const number = `(?:\\d+(?:\\.\\d+)?|[${numeralChars}]+(?:点[${numeralChars}])?)`
const unit = '\\s*(?:分|个)?\\s*'
/** `（不含）` and `（含本数）` refer to the number before them. A remark that names its number is read in `noted`. */
const note = (name: string): string => `(?:\\((?:(?<${name}>不?)(?:含|包括|包含)(?:本数)?|[^)]*)\\))?\\s*`
/** A number and the remark directly after it: `85分`, `85（不含）分`. */
const points = (name: string): string => `(?<${name}>${number})${note(`${name}1`)}${unit}${note(`${name}2`)}`

type Side = 'from' | 'to'
type Found = Bound & { side: Side }
type Groups = Record<string, string | undefined>
type Form = { pattern: RegExp; bounds: (groups: Groups) => Found[] }

const valueOf = (text: string): number => (/^\d/.test(text) ? Number(text) : (numeral(text) ?? Number.NaN))
const bound = (groups: Groups, name: string, { side, included }: { side: Side; included: boolean }): Found => {
  const not = groups[`${name}1`] ?? groups[`${name}2`] ?? groups[`${name}3`]
  return { side, points: valueOf(groups[name] ?? ''), included: not === undefined ? included : not === '' }
}
const form = (pattern: string, bounds: Form['bounds']): Form => ({ pattern: new RegExp(pattern, 'y'), bounds })
const before = (side: Side, included: boolean, words: string): Form =>
  form(`(?:${words})\\s*${points('a')}`, (groups) => [bound(groups, 'a', { side, included })])
const behind = (side: Side, words: string): Form =>
  form(`${points('a')}(?:${words})${note('a3')}`, (groups) => [bound(groups, 'a', { side, included: true })])

/** 以上, 以下, 以内 and 至 include the number itself; 低于, 不满, 高于 and 超过 do not. The negated words come first. */
const forms: readonly Form[] = [
  form(`${points('a')}(?:至|到|[-~–—]+)\\s*${points('b')}`, (groups) => [
    bound(groups, 'a', { side: 'from', included: true }),
    bound(groups, 'b', { side: 'to', included: true }),
  ]),
  before('to', true, '不高于|不超过|不大于|不多于|至多|最多|小于等于|小于或等于|≤|<='),
  before('from', true, '不低于|不少于|不小于|至少|最少|大于等于|大于或等于|≥|>='),
  before('to', false, '低于|不足|不满|未满|不到|未到|未达到?|小于|少于|<'),
  before('from', false, '高于|超过|大于|多于|>'),
  before('from', true, '达到|满'),
  behind('from', '(?:及|或)?(?:其)?以上|起'),
  behind('to', '(?:及|或)?(?:其)?以[下内]'),
]

/**
 * The range that words give by the usual reading of 以上, 以下, 至, 低于 …, with `（不含）`, `不含85分`, `（含本数）`. Undefined if they give none or several.
 */
export function readRange(words: string): Range | undefined {
  const text = normalize(words)
  const found = boundsIn(text)
  const from = found.filter(({ side }) => side === 'from')
  const to = found.filter(({ side }) => side === 'to')
  if (found.length === 0 || from.length > 1 || to.length > 1 || found.some((one) => Number.isNaN(one.points)))
    return undefined
  const [lower, upper] = [from[0], to[0]].map((one) => one && { points: one.points, included: noted(text, one) })
  return { ...(lower ? { from: lower } : {}), ...(upper ? { to: upper } : {}) }
}

function boundsIn(text: string): Found[] {
  for (let at = 0; at < text.length; at++)
    for (const { pattern, bounds } of forms) {
      pattern.lastIndex = at
      const groups = pattern.exec(text)?.groups
      if (groups) return [...bounds(groups), ...boundsIn(text.slice(pattern.lastIndex))]
    }
  return []
}

/** Whether a remark elsewhere in the words includes this number: `65至85分，不含85分`. */
function noted(text: string, { points: value, included }: Bound): boolean {
  const remarks = text.matchAll(new RegExp(`(?<not>不?)(?:含|包括|包含)(?<of>${number})`, 'g'))
  for (const { groups } of remarks) if (groups && valueOf(groups['of'] ?? '') === value) return groups['not'] === ''
  return included
}

export const isIn = (total: number, { from, to }: Range): boolean =>
  (from === undefined || total > from.points || (from.included && total === from.points)) &&
  (to === undefined || total < to.points || (to.included && total === to.points))
