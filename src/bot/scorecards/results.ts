import { rubricFor } from '../../campaign/plan/rubrics.ts'
import type { Branch } from '../../campaign/roster/roster.ts'
import { type Hint, hintsOf } from '../../campaign/scores/hints.ts'
import { type Beside, ownTotal, type Result, resultOf } from '../../campaign/scores/results.ts'
import type { Rubric, Scores } from '../../campaign/scores/rubric.ts'
import { recounted, type ScoreKind } from '../../campaign/scores/scorecard.ts'
import { panels, scorecards } from '../records/records.ts'
import type { Turn } from '../turn/turn.ts'
import { cardOf, changeCard, ofBranch } from './rounds.ts'

/** The rubric for a branch's kind. */
export const rubricOf = ({ campaign }: Pick<Turn, 'campaign'>, branch: Pick<Branch, 'kind'>): Rubric =>
  rubricFor(campaign.rubrics, branch)

/** What others gave a branch, as far as it exists. */
async function besideOf(turn: Turn, branch: Branch): Promise<Beside> {
  const self = await cardOf(turn, branch, 'self')
  const panel = await turn.read(panels, ...ofBranch(turn, branch))
  const own = self && self.state !== 'returned' ? ownTotal(rubricOf(turn, branch), self.scores).total : undefined
  return {
    ...(own === undefined ? {} : { self: own }),
    ...(panel === undefined ? {} : { panel: panel.mean }),
  }
}

type Given = { branch: Branch; kind: ScoreKind; scores: Scores; vetoes?: readonly string[] | undefined }

/** The result of a card, if it is more than the sum of its items. A self-score that only counts for another result has no band. */
export async function resultFor(turn: Turn, { branch, kind, scores, vetoes = [] }: Given): Promise<Result | undefined> {
  const rubric = rubricOf(turn, branch)
  const { bands } = turn.campaign
  if (kind === 'deciding') return resultOf(rubric, bands, { scores, vetoes, beside: await besideOf(turn, branch) })
  const { result: rule, ...alone } = rubric
  const whole = resultOf(alone, bands, { scores, vetoes })
  if (!rule || rule.shares.length === 0) return whole
  return { total: ownTotal(rubric, scores).total, band: '', how: whole?.how ?? '', lacks: [] }
}

/** Reckons the open deciding card anew, after the self-score or the panel's marks changed. */
export async function recount(turn: Turn, branch: Branch): Promise<void> {
  const card = await cardOf(turn, branch, 'deciding')
  if (!card) return
  const result = await resultFor(turn, { branch, kind: 'deciding', scores: card.scores, vetoes: card.vetoes })
  const next = recounted(card, result)
  if (next) await changeCard(turn, { branch, kind: 'deciding' }, { card: next, what: '重新计算' })
}

/** What looks unusual about a score, beside the self-score and last year's. */
export async function hintsFor(
  turn: Turn,
  branch: Branch,
  { scores, self }: { scores: Scores; self: Scores | undefined },
): Promise<Hint[]> {
  const year = /^\d{4}$/.test(turn.campaign.id) ? String(Number(turn.campaign.id) - 1) : undefined
  const last = year === undefined ? undefined : await turn.read(scorecards, year, branch.id, 'deciding')
  return hintsOf(scores, self, { lastYear: last?.scores, rubric: rubricOf(turn, branch) })
}
