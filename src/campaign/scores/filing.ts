/** The way of a submitted card into the file: 公示 if the plan has it, then 备案. */
import { Temporal } from 'temporal-polyfill'
import { dayWords } from '../calendar/ladder.ts'
import { lacking, totalIn } from './results.ts'
import { publish, type Scorecard } from './scorecard.ts'

/**
 * Why a card is not filed yet, as a sentence without its end. Undefined if it may be filed, or if it is not waiting. `hasNotice`: the plan
 * publishes results first.
 */
export function notYet(
  card: Scorecard | undefined,
  { hasNotice, today }: { hasNotice: boolean; today: Temporal.PlainDate },
): string | undefined {
  if (card?.state !== 'submitted') return undefined
  if (totalIn(card) === undefined) return `${lacking(card)}，还不能备案`
  if (!hasNotice) return undefined
  if (!card.notice) return '还没有公示，请先回复“公示”'
  const until = Temporal.PlainDate.from(card.notice.until)
  return Temporal.PlainDate.compare(until, today) < 0 ? undefined : `公示到${dayWords(until)}，期满后备案`
}

/** The card published until the end of a day, or the reason why it is not. People are ids, `at` is an ISO instant. */
export function published(
  card: Scorecard | undefined,
  { by, at, until }: { by: string; at: string; until: Temporal.PlainDate },
): Scorecard | string {
  if (!card) return '还没有评分'
  if (totalIn(card) === undefined) return lacking(card)
  const next = publish(card, { version: card.version, by, at, until: until.toString() })
  if (next) return next
  return card.notice ? `已公示到${dayWords(Temporal.PlainDate.from(card.notice.until))}` : '不在待审中'
}
