import { resultFor } from '../../src/bot/scorecards/results.ts'
import { selfScoreOf } from '../../src/bot/scorecards/rounds.ts'
import { department, secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import type { Beside } from '../../src/campaign/reading/read-scores.ts'
import { isExplanation } from '../../src/campaign/reading/said-of-scores.ts'
import { changed, missingEvidence, toldOf, wholeCard, withEvidence } from '../../src/campaign/reading/scorecard-said.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { allItems, correctionOf, exampleOf, lack, missingScores } from '../../src/campaign/scores/checklist-words.ts'
import { inputsOf } from '../../src/campaign/scores/inputs.ts'
import { sentenceOf } from '../../src/campaign/scores/results.ts'
import { bandOf, fullMarks, isComplete } from '../../src/campaign/scores/rubric.ts'
import {
  isWhole,
  type Known,
  nothingYet,
  ScorecardDraft,
  type Taken,
  withForm,
  withItem,
  withTicks,
} from '../../src/campaign/scores/scorecard-draft.ts'
import type { Asked, SeveralForm } from '../../src/forms/several/form.ts'
import { confirms, lines, preview } from './confirmation.ts'
import { closedFor, draftOf, keep, name, recordOf, rubricFor, type ScorecardSubject, subjectsOf } from './subject.ts'
import { explains, submits, submittedWords, told } from './submit.ts'

/** J1, J2: the scores of a branch, by a line of text or a few taps. */
export const scorecardForm: SeveralForm<ScorecardDraft, ScorecardSubject> = {
  name,
  word: '评分',
  what: '分数',
  by: [...secretaries, ...department],
  sample: ({ rubric }) => exampleOf(rubric),
  correction: ({ rubric }) => correctionOf(rubric),
  draft: ScorecardDraft,
  subjects: subjectsOf,
  open: draftOf,
  stateOf: async (turn, subject) => (await recordOf(turn, subject))?.state,
  closed: closedFor,
  tells(turn, subject, text) {
    const meant = subject ?? subjectsOf(turn)[0]
    return meant && toldOf(text, rubricFor(turn, meant))
  },
  async takes(turn, subject, text) {
    const beside = await besideOf(turn, subject)
    const record = await recordOf(turn, subject)
    return kept(turn, subject, wholeCard(text, { rubric: rubricFor(turn, subject), beside, record }))
  },
  async changes(turn, subject, { text, item }) {
    const record = await recordOf(turn, subject)
    const known: Known | undefined = (await draftOf(turn, subject))?.fields ?? record
    if (!known) return undefined
    const taken = changed(text, known, {
      rubric: rubricFor(turn, subject),
      beside: await besideOf(turn, subject),
      asked: item,
      isFiled: record?.state === 'filed',
      takesInputs: subject.kind === 'deciding',
    })
    const refused = taken && (await closedFor(turn, subject))
    return refused === undefined ? taken && kept(turn, subject, taken) : { refused }
  },
  async words(turn, { subject, draft }, { text, item }) {
    const given = withEvidence(text, draft.fields, { rubric: rubricFor(turn, subject), askedFor: item })
    if (given) await keep(turn, subject, { given })
    return given !== undefined
  },
  async takesFields(turn, subject, values) {
    const before = (await draftOf(turn, subject))?.fields.scores
    const taken = withForm(values, before, rubricFor(turn, subject))
    return kept(turn, subject, taken.say === undefined ? taken : { ...taken, say: `${subject.label}${taken.say}` })
  },
  async takesTicks(turn, { subject }, ids) {
    await keep(turn, subject, {
      given: withTicks(ids, (await ticksOf(turn, subject)).ticked, rubricFor(turn, subject)),
    })
  },
  async takesItem(turn, { subject, draft }, { number, id }) {
    const picked = { number, score: Number(id.replace(/^s/, '') || Number.NaN) }
    const given = withItem(draft.fields, picked, rubricFor(turn, subject))
    if (given) await keep(turn, subject, { given })
  },
  async fills(turn, subject, text) {
    const { given, say } = wholeCard(text, { rubric: rubricFor(turn, subject), beside: {} })
    if (!given || say !== undefined) return { say: say ?? '' }
    const { scores, vetoes } = given
    if (!isComplete(scores)) return { say: lack(rubricFor(turn, subject)) }
    await keep(turn, subject, { given, anew: true })
    const result = await resultFor(turn, { ...subject, scores, vetoes })
    return { lines: [`${sentenceOf({ scores, result }, turn.campaign.bands)}。`] }
  },
  async begins(turn, subject) {
    const record = await recordOf(turn, subject)
    const known = record && { ...inputsOf(record), reasons: record.reasons, vetoes: record.vetoes }
    await keep(turn, subject, { given: { scores: record?.scores ?? nothingYet(rubricFor(turn, subject)), ...known } })
  },
  async items(turn, { subject, draft }) {
    const { label: whose, kind } = subject
    const ticks = { scores: draft.fields.scores, ...(await ticksOf(turn, subject)) }
    return allItems(ticks, rubricFor(turn, subject), { whose, short: shortName(whose), kind, campaign: turn.campaign })
  },
  missing(turn, open) {
    for (const missingIn of [missingScores, missingEvidence])
      for (const one of open) {
        const missing = missingIn(one.draft.fields, rubricFor(turn, one.subject), one.subject.label)
        if (missing) return { one, ...missing }
      }
    return undefined
  },
  async isNews(turn, { subject, draft: { fields } }) {
    return isWhole(fields) && (await recordOf(turn, subject))?.scores.join() !== fields.scores.join()
  },
  isComplete: ({ scores }) => isComplete(scores),
  confirms,
  lines,
  preview,
  submits,
  told,
  submittedWords,
  isExplanation,
  explains,
}

async function kept(turn: Turn, subject: ScorecardSubject, { given, ...asked }: Taken): Promise<Asked> {
  if (given) await keep(turn, subject, { given })
  return asked
}

/** What a text about a branch's scores may refer to. */
async function besideOf(turn: Turn, subject: ScorecardSubject): Promise<Beside> {
  const self = await selfScoreOf(turn, subject)
  const last = (await recordOf(turn, subject))?.scores
  return { bandOf: (total) => bandOf(total, turn.campaign.bands), ...(self ? { self } : {}), ...(last ? { last } : {}) }
}

/** What a tick means: full marks, or the self-score's value if there is one. */
async function ticksOf(turn: Turn, subject: ScorecardSubject) {
  const self = await selfScoreOf(turn, subject)
  return { ticked: self ?? fullMarks(rubricFor(turn, subject)), bySelf: self !== undefined }
}
