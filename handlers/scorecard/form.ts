import { resultFor } from '../../src/bot/records/results.ts'
import { selfScoreOf } from '../../src/bot/records/rounds.ts'
import type { Tap } from '../../src/bot/turn/handler.ts'
import { department, secretaries } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { withoutEvidence } from '../../src/campaign/reading/read-evidence.ts'
import { type Beside, readCard } from '../../src/campaign/reading/read-scores.ts'
import { isExplanation } from '../../src/campaign/reading/said-of-scores.ts'
import { changed, isReady, wholeCard, withEvidence } from '../../src/campaign/reading/scorecard-said.ts'
import { evidenceWanted, itemLines, whatIsOpen } from '../../src/campaign/scores/checklist-words.ts'
import { inputsOf } from '../../src/campaign/scores/inputs.ts'
import { kindWords, soFar } from '../../src/campaign/scores/result-words.ts'
import { sentenceOf } from '../../src/campaign/scores/results.ts'
import { bandOf, isComplete, itemsOf } from '../../src/campaign/scores/rubric.ts'
import {
  isWhole,
  type Known,
  ScorecardDraft,
  type Taken,
  withForm,
  withItem,
  withTicks,
} from '../../src/campaign/scores/scorecard-draft.ts'
import type { Asked, SeveralForm } from '../../src/forms/several/form.ts'
import * as cards from './cards.ts'
import { confirms } from './confirmation.ts'
import {
  closedFor,
  draftOf,
  keep,
  name,
  nothingYet,
  type OpenScorecard,
  recordOf,
  rubricFor,
  type ScorecardSubject,
  subjectsOf,
  tickedScores,
} from './subject.ts'
import { explains, submits, submittedWords } from './submit.ts'

/** J1, J2: the scores of a branch, by a line of text or a few taps. */
export const scorecardForm: SeveralForm<ScorecardDraft, ScorecardSubject> = {
  name,
  word: '评分',
  what: '分数',
  by: [...secretaries, ...department],
  sample: '除3扣1，其余满分',
  draft: ScorecardDraft,
  subjects: subjectsOf,
  open: draftOf,
  closed: closedFor,
  tells(turn, subject, text) {
    const [first] = subjectsOf(turn)
    const meant = subject ?? first
    const reading = meant && readCard(text, rubricFor(turn, meant))
    if (!reading || reading.kind === 'other') return undefined
    return reading.kind === 'scores' && isComplete(reading.scores) ? 'all' : 'some'
  },
  takes: async (turn, subject, text) =>
    kept(turn, subject, wholeCard(text, rubricFor(turn, subject), await besideOf(turn, subject))),
  async changes(turn, subject, { text, item }) {
    const record = await recordOf(turn, subject)
    const known: Known | undefined = (await draftOf(turn, subject))?.fields ?? record
    const taken =
      known &&
      changed(text, known, {
        rubric: rubricFor(turn, subject),
        beside: await besideOf(turn, subject),
        asked: item,
        isFiled: record?.state === 'filed',
        takesInputs: subject.kind === 'deciding',
      })
    if (!taken) return undefined
    const refused = await closedFor(turn, subject)
    return refused === undefined ? kept(turn, subject, taken) : { refused }
  },
  async words(turn, { subject, draft }, { text, item }) {
    const given = withEvidence(text, draft.fields, { rubric: rubricFor(turn, subject), askedFor: item })
    if (given) await keep(turn, subject, given)
    return given !== undefined
  },
  async begins(turn, subject) {
    const record = await recordOf(turn, subject)
    const known = record && { ...inputsOf(record), reasons: record.reasons, vetoes: record.vetoes }
    await keep(turn, subject, { scores: record?.scores ?? nothingYet(turn, subject), ...known })
    return record !== undefined
  },
  edits: showChecklist,
  isComplete: ({ scores }) => isComplete(scores),
  isReady: (turn, { subject, draft }) => isReady(draft.fields, rubricFor(turn, subject)),
  asks,
  confirms,
  async preview(turn, subject, draft) {
    const shown: Known | undefined = draft?.fields ?? (await recordOf(turn, subject))
    if (!shown) return undefined
    const { scores, reasons, vetoes } = shown
    const result = isComplete(scores) ? await resultFor(turn, { ...subject, scores, vetoes }) : undefined
    const lines = itemLines(scores, rubricFor(turn, subject), reasons)
    const { bands } = turn.campaign
    return [`${subject.label} · ${kindWords[subject.kind]}`, ...lines, soFar(scores, result, bands)].join('\n')
  },
  submits,
  async submitted(turn, subject) {
    const record = await recordOf(turn, subject)
    return record && { title: '已提交', text: submittedWords(turn, subject, record), closed: '已提交' }
  },
  async stateOf(turn, subject) {
    const record = await recordOf(turn, subject)
    const draft = (await draftOf(turn, subject))?.fields
    return {
      state: record ? (record.state === 'returned' ? 'returned' : 'done') : 'open',
      filled: draft !== undefined && isWhole(draft) && record?.scores.join() !== draft.scores.join(),
    }
  },
  async fills(turn, subject, text) {
    const reading = readCard(text, rubricFor(turn, subject))
    if (reading.kind === 'other') return undefined
    if (reading.kind === 'unread') return { say: reading.sentence }
    const { scores } = reading
    if (!isComplete(scores)) return { say: `${scores.length}项没有写全，请写全后再发，如“除3扣1，其余满分”。` }
    await keep(turn, subject, { scores }, { anew: true })
    const result = await resultFor(turn, { ...subject, scores })
    return { lines: [`${sentenceOf({ scores, result }, turn.campaign.bands)}。`] }
  },
  taps,
  async takesForm(turn, subject, values) {
    const before = (await draftOf(turn, subject))?.fields.scores
    const taken = withForm(values, before, rubricFor(turn, subject))
    return kept(turn, subject, taken.say === undefined ? taken : { ...taken, say: `${subject.label}${taken.say}` })
  },
  isExplanation,
  async explainable(turn) {
    const open = []
    for (const subject of subjectsOf(turn).filter(({ kind }) => kind === 'deciding')) {
      const state = (await recordOf(turn, subject))?.state
      if (state === 'submitted' || state === 'returned') open.push({ subject, returned: state === 'returned' })
    }
    return open
  },
  explains,
}

async function kept(turn: Turn, subject: ScorecardSubject, { given, ...asked }: Taken): Promise<Asked> {
  if (given) await keep(turn, subject, given)
  return asked
}

/** What a text about a branch's scores may refer to. */
async function besideOf(turn: Turn, subject: ScorecardSubject): Promise<Beside> {
  const self = await selfScoreOf(turn, subject)
  const last = (await recordOf(turn, subject))?.scores
  return { ...(self ? { self } : {}), ...(last ? { last } : {}), bandOf: (total) => bandOf(total, turn.campaign.bands) }
}

const shownOf = async (turn: Turn, { subject, draft }: OpenScorecard): Promise<cards.Shown> => ({
  subject,
  stamp: draft.stamp,
  scores: draft.fields.scores,
  ticked: await tickedScores(turn, subject),
  bySelf: (await selfScoreOf(turn, subject)) !== undefined,
  rubric: rubricFor(turn, subject),
})

/** Options of a checklist (src/bot/messages/message.ts). */
const mostTicks = 20
/** All items at once, as a form where the channel has forms; a rubric too long for a card is answered in words. `note`: said first. */
async function showChecklist(turn: Turn, open: OpenScorecard, note = ''): Promise<void> {
  const shown = await shownOf(turn, open)
  if (turn.can.forms) return turn.show(cards.form(shown))
  if (turn.can.cards && shown.scores.length <= mostTicks) return turn.show(cards.checklist(shown, note))
  turn.session.choices = []
  turn.say(cards.inWords(shown))
}

/** The first item that was unticked, all of them, or the next; then words about why, where the plan wants some. */
async function asks(turn: Turn, open: readonly OpenScorecard[]): Promise<boolean | number> {
  const missing = open.find(({ draft }) => !isWhole(draft.fields))
  if (missing) {
    const { subject, draft } = missing
    const rubric = rubricFor(turn, subject)
    const { scores, todo } = draft.fields
    const item = itemsOf(rubric).find(({ number }) => number === todo[0])
    if (item) turn.show(cards.itemCard(await shownOf(turn, missing), item, todo.length))
    else if (scores.every((score) => score === null)) await showChecklist(turn, missing)
    else turn.say(`${subject.label}：${whatIsOpen(scores, rubric)}`)
    return true
  }
  for (const { subject, draft } of open) {
    const rubric = rubricFor(turn, subject)
    const wanting = withoutEvidence(rubric, draft.fields.scores, draft.fields.reasons)
    const [item] = wanting
    if (item === undefined) continue
    turn.say(`${subject.label}${evidenceWanted(wanting, draft.fields.scores, rubric)}`)
    return item
  }
  return false
}

/** Ticks, and a score picked for one item. */
async function taps(turn: Turn, one: OpenScorecard, { action, args, picked }: Tap): Promise<boolean | undefined> {
  const { subject, draft } = one
  const rubric = rubricFor(turn, subject)
  if (action === 'item') {
    const chosen = args[3] === 'picked' ? picked['score']?.[0]?.slice(1) : args[3]
    const given = withItem(draft.fields, { number: Number(args[2]), score: Number(chosen) }, rubric)
    if (given) await keep(turn, subject, given)
    return true
  }
  if (action !== 'ticked') return undefined
  const ticks = picked[cards.ticksQuestion] ?? []
  // A submission with nothing ticked may arrive without its items: never taken for eighteen zeros.
  if (ticks.length === 0)
    await showChecklist(turn, one, '没有收到打勾的项，没有改动。各项都不是时请直接发全部分数，如“4 4 3 …”。')
  else await keep(turn, subject, withTicks(ticks, await tickedScores(turn, subject), rubric))
  return ticks.length > 0
}
