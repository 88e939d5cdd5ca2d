import { nameOfScorecard, type Snapshot } from '../bot/pushes/schedule.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { rubricFor } from '../campaign/plan/rubrics.ts'
import type { Branch } from '../campaign/roster/roster.ts'
import { ownTotal, resultOf } from '../campaign/scores/results.ts'
import type { Scores } from '../campaign/scores/rubric.ts'
import { recounted, type ScoreKind } from '../campaign/scores/scorecard.ts'
import type { Records } from './rehearsal.ts'

/** The points that an invented panel gives everybody. */
const panel = 90

type Given = { branch: Branch; kind: ScoreKind; scores: Scores }

/** The result of a card in a rehearsal, under a plan that reckons with more than the card's sum. */
export function scriptedResult(
  campaign: Campaign,
  { scorecards }: Pick<Snapshot, 'scorecards'>,
  { branch, kind, scores }: Given,
) {
  const { rubrics, bands } = campaign
  const rubric = rubricFor(rubrics, branch)
  if (kind === 'self') return undefined
  const self = scorecards.get(nameOfScorecard(campaign, branch.id, 'self'))
  const own = self ? { self: ownTotal(rubric, self.scores).total } : {}
  return resultOf(rubric, bands, { scores, beside: { ...own, panel } })
}

/** After a self-score, settles the deciding card that waits for it. */
export function scriptedRecount(campaign: Campaign, records: Records, branch: Branch): void {
  const name = nameOfScorecard(campaign, branch.id, 'deciding')
  const card = records.scorecards.get(name)
  const result = card && scriptedResult(campaign, records, { branch, kind: 'deciding', scores: card.scores })
  const next = recounted(card, result)
  if (next) records.scorecards.set(name, next)
}
