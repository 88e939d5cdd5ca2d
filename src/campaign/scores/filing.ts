/** The way of a submitted card into the file: 审定 by the plan's levels and 公示 if the plan has them, then 备案. */
import { Temporal } from 'temporal-polyfill'
import { dayWords } from '../calendar/ladder.ts'
import { type Approval, type Approver, approvalWords } from './approval.ts'
import { bandIn, lacking, totalIn } from './results.ts'
import { type Bands, rankOf } from './rubric.ts'
import { publish, type Scorecard } from './scorecard.ts'

/** The first level that has not decided on a card yet. */
export const awaitedOf = (card: Scorecard, approvers: readonly Approver[]): Approver | undefined =>
  approvers.find(({ name }) => !(card.approved ?? []).some((one) => one.name === name))

/** Whether a card waits for a level: it is submitted, has its total, and the levels before have decided. */
export const awaits = (card: Scorecard | undefined, approver: Approver, approvers: readonly Approver[]): boolean =>
  card?.state === 'submitted' && totalIn(card) !== undefined && awaitedOf(card, approvers)?.name === approver.name

/**
 * Why a card is not filed yet, as a sentence without its end. Undefined if it may be filed, or if it is not waiting. `hasNotice`: the plan
 * publishes results first.
 */
export function notYet(
  card: Scorecard | undefined,
  { approvers, hasNotice, today }: { approvers: readonly Approver[]; hasNotice: boolean; today: Temporal.PlainDate },
): string | undefined {
  if (card?.state !== 'submitted') return undefined
  if (totalIn(card) === undefined) return `${lacking(card)}，还不能备案`
  const awaited = awaitedOf(card, approvers)
  if (awaited) return `还没有经${awaited.name}审定，审定后再${hasNotice ? '公示、' : ''}备案`
  if (!hasNotice) return undefined
  if (!card.notice) return '还没有公示，请先回复“公示”'
  const until = Temporal.PlainDate.from(card.notice.until)
  return Temporal.PlainDate.compare(until, today) < 0 ? undefined : `公示到${dayWords(until)}，期满后备案`
}

const publishedWords = (card: Scorecard): string =>
  card.notice ? `已公示到${dayWords(Temporal.PlainDate.from(card.notice.until))}` : '不在待审中'

/** The card published until the end of a day, or the reason why it is not. People are ids, `at` is an ISO instant. */
export function published(
  card: Scorecard | undefined,
  { approvers, by, at, until }: { approvers: readonly Approver[]; by: string; at: string; until: Temporal.PlainDate },
): Scorecard | string {
  if (!card) return '还没有评分'
  if (totalIn(card) === undefined) return lacking(card)
  const awaited = card.state === 'submitted' ? awaitedOf(card, approvers) : undefined
  if (awaited) return `还没有经${awaited.name}审定，审定后再公示`
  return publish(card, { version: card.version, by, at, until: until.toString() }) ?? publishedWords(card)
}

/**
 * One level's decision, before it is recorded. `band` and `reason` are given if the level changes the proposed band. `on` is an ISO date.
 * `cap` is the best band that vetoes allow, if any holds.
 */
type Deciding = {
  approver: Approver
  approvers: readonly Approver[]
  bands: Bands
  cap: string | undefined
  band?: string
  reason: string
  by: string
  at: string
  on: string
}

/**
 * Records a level's decision on a card. Returns the card with it, or the reason why it is not recorded. A level may correct its own decision
 * until the next level decides or the result is published.
 */
export function approve(card: Scorecard | undefined, deciding: Deciding): Scorecard | string {
  const { approver, approvers, bands, cap, band, reason, by, at, on } = deciding
  const { name } = approver
  if (!card) return '还没有评分'
  if (card.state !== 'submitted') return card.state === 'filed' ? '已备案，确需修改请先重开' : '已退回，等重新提交'
  if (totalIn(card) === undefined) return `${lacking(card)}，还不能审定`
  const decided = card.approved ?? []
  const before = approvers.slice(
    0,
    approvers.findIndex((one) => one.name === name),
  )
  const missing = before.find((one) => !decided.some((two) => two.name === one.name))
  if (missing) return `还没有经${missing.name}审定，审定后再请${name}审定`
  const earlier = decided.filter((one) => before.some((two) => two.name === one.name))
  const own = decided.find((one) => one.name === name)
  const proposed = bandIn({ ...card, approved: earlier }, bands)
  const changes = band !== undefined && band !== proposed
  if (own && (band === undefined || band === own.band)) return `已审定：${approvalWords(own)}`
  if (own && (card.notice || decided.at(-1) !== own))
    return `${card.notice ? publishedWords(card) : `已审定：${approvalWords(own)}`}，要改请先退回`
  if (changes && cap !== undefined && rankOf(band, bands) < rankOf(cap, bands))
    return `有一票否决，最高${cap}，不能改定为${band}`
  if (changes && !reason) return `改定为${band}要写明理由`
  const next: Approval = { name, by, at, on, band: band ?? proposed, ...(changes ? { reason } : {}) }
  return { ...card, approved: [...earlier, next] }
}

export const filedWord = '已备案'
const states = { none: '未评', returned: '已退回', submitted: '待审核', filed: filedWord } as const

/** Where a card stands, in a word: `未评`, `待党委审定`, `已备案`. */
export function stateWords(card: Scorecard | undefined, approvers: readonly Approver[]): string {
  const awaited = card?.state === 'submitted' ? awaitedOf(card, approvers) : undefined
  return awaited ? `待${awaited.name}审定` : states[card?.state ?? 'none']
}
