import { z } from 'zod'
import { type Form, keepDraft, type Opened, openDraft } from '../../src/bot/records/drafts.ts'
import { rubricOf } from '../../src/bot/records/results.ts'
import { cardOf, gradedName, roundOf, selfScoreOf } from '../../src/bot/records/rounds.ts'
import { department, secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { once } from '../../src/campaign/once.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { keyIn } from '../../src/campaign/plan/periods.ts'
import { namedOf } from '../../src/campaign/roster/branch-names.ts'
import type { Named } from '../../src/campaign/roster/name-index.ts'
import type { Branch, Person, Post, Roster } from '../../src/campaign/roster/roster.ts'
import { type Inputs, inputFields, inputsOf } from '../../src/campaign/scores/inputs.ts'
import { fullMarks, itemsOf, type PartialScores } from '../../src/campaign/scores/rubric.ts'
import { Reasons, type Scorecard, type ScoreKind, scoredBy } from '../../src/campaign/scores/scorecard.ts'

/** Who gives scores. */
export const scorers: readonly Post[] = [...secretaries, ...department]

/** One branch and which of its two scores is given: what a draft, a card and a record are about. */
export type Sheet = { branch: Branch; kind: ScoreKind; name: string; subject: string }

/** `todo`: numbers of the items that were unticked and are asked one by one. */
const Fields = z.strictObject({
  scores: z.array(z.number().nullable()),
  todo: z.array(z.number()),
  ...inputFields,
  /** Of 复评: 2 and more. */
  round: z.number().exactOptional(),
  /** What was said about single items beside their scores. */
  reasons: Reasons.exactOptional(),
  /** Vetoes that were said to hold. */
  vetoes: z.array(z.string()).exactOptional(),
})
export type Fields = z.infer<typeof Fields>
export const scoreForm: Form<Fields> = { name: 'score', schema: Fields }
export type ScoreDraft = Opened<Fields>

/** The last sheets spoken of; they stay so after their submission, until others are begun. */
export const Focus = z.strictObject({
  subjects: z.array(z.string()),
  /** One item was asked back. */
  asked: z.strictObject({ subject: z.string(), item: z.number() }).exactOptional(),
  /** Of several branches the one whose checklist is shown: what is typed next is about it. */
  at: z.string().exactOptional(),
  /** What was just submitted looks unusual: a word about it is welcome. */
  reasonFor: z.array(z.string()).exactOptional(),
  /** Text that waits for the person to say which branch it is about. */
  pending: z.string().exactOptional(),
  /** The item whose evidence was asked for. */
  evidenceFor: z.number().exactOptional(),
  /** An explanation that waits for its branch. */
  explanation: z.string().exactOptional(),
})
export type Focus = z.infer<typeof Focus>

const joint = '~'
const subjectOf = (campaign: Campaign, branch: Branch, kind: ScoreKind): string =>
  keyIn(campaign, `${branch.id}${joint}${kind}`)

/** The sheets this person may fill. */
export const sheetsOf = ({ campaign, roster, who }: Pick<Turn, 'campaign' | 'roster' | 'who'>): readonly Sheet[] =>
  sheetsIn(roster)(campaign)(who)
const sheetsIn = once((roster: Roster) =>
  once((campaign: Campaign) =>
    once((who: Person): readonly Sheet[] =>
      scoredBy(roster, who).map(({ branch, kind }) => ({
        branch,
        kind,
        name: gradedName({ campaign, roster }, branch),
        subject: subjectOf(campaign, branch, kind),
      })),
    ),
  ),
)
const bySubject = once((sheets: readonly Sheet[]) => new Map(sheets.map((sheet) => [sheet.subject, sheet])))

/** A sheet by its subject, if this person (still) may fill it. */
export function sheetNamed(turn: Turn, subject: string): Sheet | undefined {
  return bySubject(sheetsOf(turn)).get(subject)
}

/** Of the round that runs. */
export const recordOf = (
  turn: Turn,
  { branch, kind }: Pick<Sheet, 'branch' | 'kind'>,
): Promise<Scorecard | undefined> => cardOf(turn, branch, kind)

/** A draft of the round that runs; what was left open of an earlier one is none. */
export async function draftOf(turn: Turn, sheet: Sheet): Promise<ScoreDraft | undefined> {
  const draft = await openDraft(turn, scoreForm, sheet.subject)
  if (!draft || sheet.kind === 'self') return draft
  return (draft.fields.round ?? 1) === (await roundOf(turn, sheet.branch)) ? draft : undefined
}
/** As it stands in a draft; the first has none. */
export const roundField = async (
  turn: Turn,
  { branch, kind }: Pick<Sheet, 'branch' | 'kind'>,
): Promise<{ round?: number }> => {
  const round = kind === 'deciding' ? await roundOf(turn, branch) : 1
  return round === 1 ? {} : { round }
}
type Kept = {
  todo?: number[]
  inputs?: Inputs
  reasons?: Reasons | undefined
  vetoes?: readonly string[] | undefined
}

export async function keep(
  turn: Turn,
  sheet: Sheet,
  scores: PartialScores,
  { todo = [], inputs = {}, reasons, vetoes }: Kept = {},
): Promise<ScoreDraft> {
  const before = (await draftOf(turn, sheet))?.fields
  const all = reasons ?? before?.reasons ?? {}
  const held = vetoes ?? before?.vetoes ?? []
  const said = Object.keys(all).length > 0 ? all : undefined
  const fields = {
    scores: [...scores],
    todo,
    ...inputsOf(before),
    ...inputs,
    ...(await roundField(turn, sheet)),
    ...(said ? { reasons: said } : {}),
    ...(held.length > 0 ? { vetoes: [...held] } : {}),
  }
  return keepDraft(turn, scoreForm, sheet.subject, fields)
}

/** What a tick means: full marks, or as in the self-score where there is one. */
export const tickedScores = async (turn: Turn, sheet: Sheet): Promise<readonly number[]> =>
  (await selfScoreOf(turn, sheet)) ?? fullMarks(rubricOf(turn, sheet.branch))

export const nothingYet = (turn: Turn, { branch }: Sheet): null[] => itemsOf(rubricOf(turn, branch)).map(() => null)

/** Branches as they are recognised in what this person types, by the ids of their sheets. */
export const known = (turn: Turn, sheets: readonly Sheet[]): readonly Named[] => namesIn(turn.roster)(sheets)
const namesIn = once((roster: Roster) =>
  once((sheets: readonly Sheet[]): readonly Named[] =>
    sheets.map(({ branch, subject }) => ({ ...namedOf(roster, branch), id: subject })),
  ),
)
