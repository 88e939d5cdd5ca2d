import { rubricOf } from '../../src/bot/scorecards/results.ts'
import { cardOf, gradedName, roundOf } from '../../src/bot/scorecards/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { once } from '../../src/campaign/once.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { keyIn } from '../../src/campaign/plan/periods.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import type { Person, Roster } from '../../src/campaign/roster/roster.ts'
import type { Rubric } from '../../src/campaign/scores/rubric.ts'
import { type Scorecard, type ScoreKind, scoredBy } from '../../src/campaign/scores/scorecard.ts'
import { drafted, type Given, ScorecardDraft } from '../../src/campaign/scores/scorecard-draft.ts'
import { keepDraft, type Opened, openDraft } from '../../src/forms/drafts.ts'
import type { OfBranch, Open } from '../../src/forms/several/form.ts'

/** One branch and the kind of score that is given. */
export type ScorecardSubject = OfBranch & { kind: ScoreKind }
export type OpenScorecard = Open<ScorecardDraft, ScorecardSubject>

/** The name in the keys of handler, drafts and buttons. */
export const name = 'score'
const form = { name, schema: ScorecardDraft }

/** The subjects that this person may fill in, in the turn's period. */
export const subjectsOf = ({
  campaign,
  roster,
  who,
}: Pick<Turn, 'campaign' | 'roster' | 'who'>): readonly ScorecardSubject[] => subjectsIn(roster)(campaign)(who)
const subjectsIn = once((roster: Roster) =>
  once((campaign: Campaign) =>
    once((who: Person): readonly ScorecardSubject[] =>
      scoredBy(roster, who).map(({ branch, kind }) => ({
        id: keyIn(campaign, `${branch.id}~${kind}`),
        label: gradedName({ campaign, roster }, branch),
        branch,
        kind,
        isReviewed: kind === 'deciding',
      })),
    ),
  ),
)

export const rubricFor = (turn: Turn, { branch }: Pick<ScorecardSubject, 'branch'>): Rubric => rubricOf(turn, branch)

/** The record of the present round. */
export const recordOf = (turn: Turn, { branch, kind }: ScorecardSubject): Promise<Scorecard | undefined> =>
  cardOf(turn, branch, kind)
const roundFor = async (turn: Turn, { branch, kind }: ScorecardSubject): Promise<number> =>
  kind === 'deciding' ? roundOf(turn, branch) : 1

/** The draft of the present round. A draft left over from an earlier round does not count. */
export async function draftOf(turn: Turn, subject: ScorecardSubject): Promise<Opened<ScorecardDraft> | undefined> {
  const draft = await openDraft(turn, form, subject.id)
  return draft && (draft.fields.round ?? 1) === (await roundFor(turn, subject)) ? draft : undefined
}

/** Adds to what is known. `anew`: of somebody else's words, which replace it. */
type Adding = { given: Given; anew?: boolean | undefined }
export async function keep(turn: Turn, subject: ScorecardSubject, { given, anew = false }: Adding): Promise<void> {
  const before = anew ? undefined : (await draftOf(turn, subject))?.fields
  await keepDraft(turn, form, { subject: subject.id, fields: drafted(before, given, await roundFor(turn, subject)) })
}

/** Why this score takes no change any more: a filed card must be reopened first, and then takes no self-score (decision 4). */
export async function closedFor(turn: Turn, { branch, kind, label }: ScorecardSubject): Promise<string | undefined> {
  const deciding = await cardOf(turn, branch, 'deciding')
  if (kind === 'self')
    return deciding?.state === 'filed' || (await roundOf(turn, branch)) > 1
      ? turn.worded`${label}的党总支评分已备案，不再收支部自评，没有改动。`
      : undefined
  return deciding?.state === 'filed'
    ? turn.worded`${label}的评分已备案，不能直接修改。确需修改请联系组织部重开（组织部回复“重开 ${shortName(label)} 原因”）。`
    : undefined
}
