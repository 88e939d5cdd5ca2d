import { createHash } from 'node:crypto'
import { hintsFor } from '../../src/bot/records/results.ts'
import { cardOf, earlierOf, gradedName, selfScoreOf } from '../../src/bot/records/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Branch, generalBranchOf } from '../../src/campaign/roster/roster.ts'
import type { Hint } from '../../src/campaign/scores/hints.ts'
import type { Graded } from '../../src/campaign/scores/rounds.ts'
import type { Scorecard } from '../../src/campaign/scores/scorecard.ts'

/** A submitted card that waits to be filed, with what stands beside it. */
export type Waiting = {
  branch: Branch
  name: string
  card: Scorecard
  self?: readonly number[]
  /** The round before, in 复评. */
  earlier?: Graded
  hints: Hint[]
}
/** `id`: of the general branch, or `direct` for the branches directly below the committee. */
export type Unit = { id: string; name: string; waiting: Waiting[] }

/** The unit of the branches directly below the committee. */
export const direct = 'direct'
export const directName = '直属支部'

async function waitingOf(turn: Turn, branch: Branch): Promise<Waiting | undefined> {
  const card = await cardOf(turn, branch, 'deciding')
  if (card?.state !== 'submitted') return undefined
  const earlier = await earlierOf(turn, { branch, kind: 'deciding' })
  const self = await selfScoreOf(turn, { branch, kind: 'deciding' })
  const hints = await hintsFor(turn, branch, card.scores, self)
  return {
    branch,
    name: gradedName(turn, branch),
    card,
    hints,
    ...(self ? { self } : {}),
    ...(earlier ? { earlier } : {}),
  }
}

/** What waits, by general branch in the order of the roster; units where nothing waits are left out. */
export async function unitsWaiting(turn: Turn): Promise<Unit[]> {
  const units = new Map<string, Unit>()
  for (const branch of turn.roster.branches) {
    const waiting = await waitingOf(turn, branch)
    if (!waiting) continue
    const id = branch.generalBranch ?? direct
    const unit = units.get(id) ?? { id, name: generalBranchOf(turn.roster, id)?.name ?? directName, waiting: [] }
    unit.waiting.push(waiting)
    units.set(id, unit)
  }
  return [...units.values()]
}

/** One stamp for a table: a change of any of its cards makes the table outdated. */
export const stampOf = (unit: Unit): string =>
  createHash('sha256')
    .update(unit.waiting.map(({ branch, card }) => `${branch.id} ${card.version}`).join())
    .digest('base64url')
    .slice(0, 12)
