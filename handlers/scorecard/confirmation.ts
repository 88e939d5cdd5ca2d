import type { Card } from '../../src/bot/messages/message.ts'
import { resultFor } from '../../src/bot/scorecards/results.ts'
import { earlierOf, selfScoreOf } from '../../src/bot/scorecards/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { correctionOf, itemLines } from '../../src/campaign/scores/checklist-words.ts'
import { inputsOf } from '../../src/campaign/scores/inputs.ts'
import {
  type Complete,
  kindWords,
  lineOf,
  notesOf,
  rule,
  sectionRows,
  soFar,
  sumRow,
} from '../../src/campaign/scores/result-words.ts'
import { bandIn, borderIn, totalIn } from '../../src/campaign/scores/results.ts'
import { bandOf, grainOf, isComplete } from '../../src/campaign/scores/rubric.ts'
import type { Known } from '../../src/campaign/scores/scorecard-draft.ts'
import { fitted } from '../../src/forms/fitted.ts'
import { type OpenScorecard, recordOf, rubricFor, type ScorecardSubject } from './subject.ts'

/** A filled-in card with everything that is shown of it. */
async function completeOf(turn: Turn, { subject, draft }: OpenScorecard): Promise<Complete> {
  const scores = draft.fields.scores.map((score) => score ?? 0)
  return {
    scores,
    rubric: rubricFor(turn, subject),
    inputs: inputsOf(draft.fields),
    self: await selfScoreOf(turn, subject),
    record: await recordOf(turn, subject),
    earlier: await earlierOf(turn, subject),
    result: await resultFor(turn, { scores, vetoes: draft.fields.vetoes, ...subject }),
  }
}

/** How many rows a card has room for beside the sum, and how many characters beside the rule. */
const longest = { rows: 5, notes: 90 }

/**
 * One row for each section, then total and band, the rule, the items below full marks and the notes. What is too long for the card goes
 * into a text before it.
 */
export async function confirms(turn: Turn, one: OpenScorecard): Promise<Card> {
  const { label, kind } = one.subject
  const { bands } = turn.campaign
  const card = await completeOf(turn, one)
  const { scores, self, rubric, earlier, result } = card
  const title = `${label} · ${earlier ? '复评' : kindWords(kind, turn.campaign)}`
  const rows = sectionRows(rubric, scores, self)
  const fits = rows.length <= longest.rows
  const total = totalIn(card)
  const text = [
    ...(fits ? [] : rows.map(({ name, value }) => `${name} ${value}`)),
    total !== undefined && bandIn(card, bands) === bandOf(total, bands) ? rule(total, bands, grainOf(rubric)) : '',
    result?.how ?? '',
    fitted(turn, notesOf(card, bands).join('\n'), { most: longest.notes, head: [title], instead: '' }),
  ]
  return {
    title,
    rows: [...(fits ? rows : []), sumRow(card, bands, self)],
    text: text.filter(Boolean).join('\n'),
    words: `确认无误请回复“提交”，要改请回复“修改”或“${correctionOf(rubric)}”这样的话。`,
  }
}

/** The line of one of several that are confirmed together. */
export async function lines(turn: Turn, one: OpenScorecard): Promise<{ line: string; brief: string; mark: string }> {
  const { bands } = turn.campaign
  const card = await completeOf(turn, one)
  const mark = borderIn(card, bands) ? '有临界分，请核实。' : ''
  return { line: lineOf(card, bands), brief: lineOf(card, bands, { brief: true }), mark }
}

/** The present state: one line for each item, and the result. */
export async function preview(
  turn: Turn,
  subject: ScorecardSubject,
  draft?: OpenScorecard['draft'],
): Promise<string | undefined> {
  const shown: Known | undefined = draft?.fields ?? (await recordOf(turn, subject))
  if (!shown) return undefined
  const { scores, reasons, vetoes } = shown
  const result = isComplete(scores) ? await resultFor(turn, { ...subject, scores, vetoes }) : undefined
  return [
    `${subject.label} · ${kindWords(subject.kind, turn.campaign)}`,
    ...itemLines(scores, rubricFor(turn, subject), reasons),
    soFar(scores, result, turn.campaign.bands),
  ].join('\n')
}
