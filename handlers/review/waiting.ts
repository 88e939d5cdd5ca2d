import { type UnitQueue, waitingByUnit } from '../../src/bot/records/review-queue.ts'
import { hintsFor } from '../../src/bot/scorecards/results.ts'
import { allCards, earlierOf, gradedName, selfScoreOf } from '../../src/bot/scorecards/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import type { Branch } from '../../src/campaign/roster/roster.ts'
import type { Reviewed } from '../../src/campaign/scores/review-words.ts'
import { newestCards } from '../../src/campaign/scores/rounds.ts'
import { stampOfAll } from '../../src/forms/stamp.ts'

/** A submitted card that waits to be filed, with everything beside it. */
export type Waiting = Reviewed & { branch: Branch; name: string }
export type Unit = { id: string; name: string; waiting: Waiting[] }

async function waitingOf(turn: Turn, { branch, card }: UnitQueue['waiting'][number]): Promise<Waiting> {
  const earlier = await earlierOf(turn, { branch, kind: 'deciding' })
  const self = await selfScoreOf(turn, { branch, kind: 'deciding' })
  const hints = await hintsFor(turn, branch, { scores: card.scores, self })
  const beside = { ...(self ? { self } : {}), ...(earlier ? { earlier } : {}) }
  return { branch, name: gradedName(turn, branch), card, hints, ...beside }
}

/** The waiting cards by general branch, in the roster's order. Units where nothing waits are left out. */
export async function unitsWaiting(turn: Turn): Promise<Unit[]> {
  const newest = newestCards(await allCards(turn))
  const units: Unit[] = []
  for (const { id, name, waiting } of waitingByUnit(turn.roster, (branch) => newest.get(branch.id))) {
    const all: Waiting[] = []
    for (const one of waiting) all.push(await waitingOf(turn, one))
    units.push({ id, name, waiting: all })
  }
  return units
}

/** One stamp for a table. A change of any of its cards makes the table outdated. */
export const stampOf = (unit: Unit): string =>
  stampOfAll(unit.waiting.map(({ branch, card }) => `${branch.id} ${card.version}`))
