import { z } from 'zod'
import { type Approval, approvalWords } from './approval.ts'
import {
  type Band,
  type Bands,
  bandOf,
  boundaryAt,
  exactly,
  isPlain,
  type Rubric,
  rankOf,
  type Scorer,
  type Scores,
  totalOf,
} from './rubric.ts'

/** The totals that count beside the card's own, as far as they are known. */
export type Beside = Readonly<Partial<Record<Exclude<Scorer, 'deciding'>, number>>>

/**
 * The result of a card under a rule that is more than the card's own sum. `total` is missing as long as a scorer is missing. `how` explains
 * it: `自评 92 × 40% ＋ 总支 95 × 60% ＝ 93.8`. `lacks` names the scorers whose marks are missing. The result is kept with the card, so a filed
 * one stays as it was.
 */
export const Result = z.strictObject({
  total: z.number().exactOptional(),
  band: z.string().exactOptional(),
  how: z.string(),
  lacks: z.array(z.enum(['self', 'panel'])),
})
export type Result = z.infer<typeof Result>

const scorerNames: Readonly<Record<Scorer, string>> = { self: '自评', deciding: '总支', panel: '评议' }

/** Rounds half up, so that a half never falls to the worse band. */
export const rounded = (points: number, decimals: number): number => {
  const factor = 10 ** decimals
  return Math.floor(exactly(points * factor) + 0.5) / factor
}

const percent = (share: number): string => `${exactly(share * 100)}%`
const sumOf = (parts: readonly string[]): string => parts.join(' ＋ ')

/**
 * The sum of a card by its rubric: sections by their shares and up to their maximum, never below 0, not rounded. `how` is empty if it is a
 * plain sum.
 */
export function ownTotal(rubric: Rubric, scores: Scores): { total: number; how: string } {
  let at = 0
  const sections = rubric.sections.map(({ name, items, share, most }) => {
    const sum = totalOf(scores.slice(at, (at += items.length)))
    return { name, share, sum: most === undefined ? sum : Math.min(sum, most) }
  })
  const total = Math.max(0, exactly(sections.reduce((all, { sum, share = 1 }) => all + sum * share, 0)))
  if (sections.some(({ share }) => share !== undefined))
    return {
      total,
      how: sumOf(sections.map(({ name, sum, share = 1 }) => `${name} ${sum} × ${percent(share)}`)),
    }
  if (isPlain(rubric)) return { total, how: '' }
  const [first, ...more] = sections
  const parts = more.map(({ name, sum }) => ` ${sum < 0 ? '－' : '＋'} ${name} ${Math.abs(sum)}`)
  return { total, how: first ? `${first.name} ${first.sum}${parts.join('')}` : '' }
}

/** Whether a card's result is the plain sum of its items. */
const isPlainSum = (rubric: Rubric): boolean =>
  isPlain(rubric) &&
  rubric.result === undefined &&
  (rubric.vetoes ?? []).length === 0 &&
  rubric.sections.every(({ share, most }) => share === undefined && most === undefined)

/**
 * The result of a deciding card, or undefined if it is the plain sum of its items. Pure. It never falls when a score rises. It is rounded
 * once, at the end. `vetoes` are the names of those that hold.
 */
export function resultOf(
  rubric: Rubric,
  bands: Bands,
  { scores, vetoes = [], beside = {} }: { scores: Scores; vetoes?: readonly string[]; beside?: Beside },
): Result | undefined {
  if (isPlainSum(rubric)) return undefined
  const own = ownTotal(rubric, scores)
  const { shares = [], decimals } = rubric.result ?? {}
  const round = (points: number): number => (decimals === undefined ? points : rounded(points, decimals))
  const parts = shares.map(({ who, share }) => ({ who, share, total: who === 'deciding' ? own.total : beside[who] }))
  const lacks = parts.flatMap(({ who, total }) => (total === undefined && who !== 'deciding' ? [who] : []))
  const shown = sumOf(
    parts.map(
      ({ who, total, share }) =>
        `${scorerNames[who]} ${total === undefined ? '待定' : rounded(total, 2)} × ${percent(share)}`,
    ),
  )
  if (lacks.length > 0) return { how: shown, lacks }
  const exact =
    parts.length > 0 ? exactly(parts.reduce((sum, { total = 0, share }) => sum + total * share, 0)) : own.total
  const total = round(exact)
  const reached = bandOf(total, bands)
  const held = vetoesOf(rubric, vetoes)
  const cap = capOf(rubric, bands, vetoes)
  const capped = cap === undefined ? reached : worstOf([reached, cap], bands)
  const why = cap === undefined ? '' : `一票否决：${held.map(({ name }) => name).join('、')}，最高${cap}`
  const how = [parts.length > 0 ? shown : '', own.how].find(Boolean) ?? ''
  const inside = parts.length > 0 && own.how ? `；${scorerNames.deciding}：${own.how} ＝ ${own.total}` : ''
  return {
    total,
    band: capped,
    how: [how ? `${how} ＝ ${total}${inside}` : '', why].filter(Boolean).join('；'),
    lacks: [],
  }
}

/** The best band that a card may still get: the worst one that its vetoes allow. Undefined if no veto holds. */
export function capOf(rubric: Rubric, bands: Bands, vetoes: readonly string[] = []): string | undefined {
  const [first, ...more] = vetoesOf(rubric, vetoes).map(({ atMost }) => atMost)
  return first === undefined ? undefined : worstOf([first, ...more], bands)
}

const vetoesOf = ({ vetoes = [] }: Rubric, names: readonly string[]) =>
  vetoes.filter(({ name }) => names.includes(name))

const worstOf = (names: readonly string[], bands: Bands): string =>
  names.reduce((worst, name) => (rankOf(name, bands) > rankOf(worst, bands) ? name : worst))

export type Carded = { scores: Scores; result?: Result | undefined; approved?: readonly Approval[] | undefined }

/** The total of a card, or undefined while some marks are missing. */
export const totalIn = ({ scores, result }: Carded): number | undefined => (result ? result.total : totalOf(scores))
/** The band of a card, as it was decided last; empty while it has no total. */
export function bandIn(card: Carded, bands: Bands): string {
  const total = totalIn(card)
  return card.approved?.at(-1)?.band ?? card.result?.band ?? (total === undefined ? '' : bandOf(total, bands))
}
/** The boundary on which the total lies, unless a veto decides. */
export function borderIn(card: Carded, bands: Bands): Band | undefined {
  const total = totalIn(card)
  const band = bandIn(card, bands)
  return total !== undefined && band === bandOf(total, bands) ? boundaryAt(total, bands) : undefined
}
/** `95 分 先进`, `还缺自评`. */
export function gradeIn(card: Carded, bands: Bands): string {
  const total = totalIn(card)
  return total === undefined ? lacking(card) : `${total} 分 ${bandIn(card, bands)}`.trim()
}
/** A longer explanation stands only on the confirmation. */
const longestHow = 60
/** `总分 95 分，定级：先进`, with the explanation if it is no plain sum, and with what was decided about it. */
export function sentenceOf(card: Carded, bands: Bands): string {
  const total = totalIn(card)
  const band = bandIn(card, bands)
  const short = card.result?.how && card.result.how.length <= longestHow ? [card.result.how] : []
  const said = [...short, ...(card.approved ?? []).map(approvalWords)].join('；')
  const how = said ? `（${said}）` : ''
  return total === undefined
    ? `${lacking(card)}，还没有总分${how}`
    : `总分 ${total} 分${band ? `，定级：${band}` : ''}${how}`
}
/** Why there is no total yet: `还缺自评`. */
export const lacking = ({ result }: Carded): string =>
  `还缺${(result?.lacks ?? []).map((who) => scorerNames[who]).join('、')}`
