import type { Branch } from '../../campaign/roster/roster.ts'
import { overLimit } from '../../campaign/scores/limits.ts'
import { bandIn, totalIn } from '../../campaign/scores/results.ts'
import type { Reviewed } from '../../campaign/scores/review-words.ts'
import { newestCards } from '../../campaign/scores/rounds.ts'
import { isDone } from '../../campaign/scores/scorecard.ts'
import { type UnitQueue, waitingByUnit } from '../records/review-queue.ts'
import type { Turn } from '../turn/turn.ts'
import { hintsFor } from './results.ts'
import { allCards, earlierOf, gradedName, selfScoreOf } from './rounds.ts'

/** A submitted card that waits for a decision, with everything beside it. `version` is the card's. */
export type WaitingCard = Reviewed & { branch: Branch; name: string; version: number }

async function waitingOf(turn: Turn, { branch, card }: UnitQueue['waiting'][number]): Promise<WaitingCard> {
  const earlier = await earlierOf(turn, { branch, kind: 'deciding' })
  const self = await selfScoreOf(turn, { branch, kind: 'deciding' })
  const hints = await hintsFor(turn, branch, { scores: card.scores, self })
  const beside = { ...(self ? { self } : {}), ...(earlier ? { earlier } : {}) }
  return { branch, name: gradedName(turn, branch), version: card.version, card, hints, ...beside }
}

/** The waiting cards by general branch, in the roster's order. Units where nothing waits are left out. */
export async function unitsWaiting(turn: Turn): Promise<{ id: string; name: string; waiting: WaitingCard[] }[]> {
  const newest = newestCards(await allCards(turn))
  const units: { id: string; name: string; waiting: WaitingCard[] }[] = []
  for (const { id, name, waiting } of waitingByUnit(turn.roster, (branch) => newest.get(branch.id))) {
    const all: WaitingCard[] = []
    for (const one of waiting) all.push(await waitingOf(turn, one))
    units.push({ id, name, waiting: all })
  }
  return units
}

/** The counts of bands that the plan does not allow, never names: `五星 3/8，上限2个`. */
export async function limitWords(turn: Turn): Promise<string[]> {
  const { limits, bands } = turn.campaign
  if (limits.length === 0) return []
  const newest = newestCards(await allCards(turn))
  const given = turn.roster.branches.flatMap((branch) => {
    const card = newest.get(branch.id)
    return card && isDone(card) && totalIn(card) !== undefined ? [bandIn(card, bands)] : []
  })
  return overLimit(limits, given, { all: turn.roster.branches.length, bands })
}
