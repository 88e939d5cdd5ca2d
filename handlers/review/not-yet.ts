import { Temporal } from 'temporal-polyfill'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { lacking, totalIn } from '../../src/campaign/scores/results.ts'
import type { Scorecard } from '../../src/campaign/scores/scorecard.ts'

/** Why a card that waits is not filed yet; undefined where it may be. */
export function notYet(turn: Turn, card: Scorecard | undefined): string | undefined {
  if (card?.state !== 'submitted') return undefined
  if (totalIn(card) === undefined) return `${lacking(card)}，还不能备案`
  if (!turn.campaign.notice) return undefined
  if (!card.notice) return '还没有公示，请先回复“公示”'
  const until = Temporal.PlainDate.from(card.notice.until)
  return Temporal.PlainDate.compare(until, turn.now.toPlainDate()) < 0
    ? undefined
    : `公示到${dayWords(until)}，期满后备案`
}
