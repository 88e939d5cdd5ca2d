/** Applies a text to a scorecard that is being filled in. */
import { evidenceWanted } from '../scores/checklist-words.ts'
import { inputsOf } from '../scores/inputs.ts'
import { isComplete, type Rubric } from '../scores/rubric.ts'
import { type Given, type Known, type ScorecardDraft, type Taken } from '../scores/scorecard-draft.ts'
import { namesInput, readInputs } from './read-appraisal.ts'
import { readEvidence, withoutEvidence } from './read-evidence.ts'
import { type Beside, type Reading, readCard, readChange } from './read-scores.ts'
import { readVetoes, type VetoesSaid } from './read-vetoes.ts'

const unknownVeto = (said: string, { vetoes = [] }: Rubric): string =>
  `“${said}”不是一票否决的情形，这条还没有记下，请改好再发一次。可以写：${vetoes.map(({ name }) => `否决 ${name}`).join('、')}。`
const asked = ({ item, sentence }: { item?: number; sentence: string }): Pick<Taken, 'say' | 'item'> => ({
  say: sentence,
  ...(item === undefined ? {} : { item }),
})

/** How much a text tells of a card. `beside`: words that are kept beside one and are never reckoned. */
export function toldOf(text: string, rubric: Rubric): 'all' | 'some' | 'beside' | undefined {
  if (namesInput(text) || readInputs(text)) return 'beside'
  const reading = readCard(text, rubric)
  if (reading.kind === 'other') return undefined
  return reading.kind === 'scores' && isComplete(reading.scores) ? 'all' : 'some'
}

type Whole = { rubric: Rubric; beside: Beside; record?: Known | undefined }

/**
 * A whole card as it is typed; of a submitted one (`record`) some items are a correction, which needs no word about the rest: its vetoes
 * and the words about other items stay.
 */
export function wholeCard(text: string, { rubric, beside, record }: Whole): Taken {
  const said = readVetoes(text, rubric)
  if (said.unknown !== undefined) return { say: unknownVeto(said.unknown, rubric) }
  const whole = readCard(said.rest, rubric, beside)
  if (record && !(whole.kind === 'scores' && isComplete(whole.scores))) {
    const correction = readChange(said.rest, rubric, { ...beside, draft: record.scores })
    if (correction.kind === 'scores')
      return {
        given: {
          scores: correction.scores,
          reasons: reasonsAfter(correction, record),
          vetoes: vetoesAfter(said, record),
        },
      }
  }
  if (whole.kind === 'other')
    return { say: `“${text.trim().slice(0, 40)}”没有读懂。请发各项得分，如“除3扣1，其余满分”。` }
  const given = { scores: whole.scores, reasons: Object.fromEntries(whole.reasons ?? []), vetoes: said.held }
  return { given, ...(whole.kind === 'unread' ? asked(whole) : {}) }
}

/** The words about items whose scores stand, and what is said of others. */
function reasonsAfter(
  reading: Exclude<Reading, { kind: 'other' }>,
  { scores, reasons = {} }: Known,
): Record<string, string> {
  const stands = ([item]: [string, string]): boolean => reading.scores[Number(item) - 1] === scores[Number(item) - 1]
  return {
    ...Object.fromEntries(Object.entries(reasons).filter(stands)),
    ...Object.fromEntries(reading.reasons ?? []),
  }
}

const vetoesAfter = ({ held, dropped }: VetoesSaid, { vetoes = [] }: Known): string[] =>
  [...new Set([...vetoes, ...held])].filter((name) => !dropped.includes(name))

type Changing = { rubric: Rubric; beside: Beside; asked: number | undefined; isFiled: boolean; takesInputs: boolean }

/**
 * The changes that a text makes to an open or submitted card: inputs beside the scores, vetoes, scores. `asked` is the item that was asked
 * for. Undefined if the text is about something else.
 */
export function changed(text: string, known: Known, on: Changing): Taken | undefined {
  const { rubric } = on
  const { scores, todo = [] } = known
  const inputs = on.takesInputs && !on.isFiled ? readInputs(text) : undefined
  const kept = { scores, todo: [...todo], ...inputsOf(known), reasons: known.reasons }
  const still = on.asked === undefined ? {} : { item: on.asked }
  if (inputs) return { given: { ...kept, vetoes: known.vetoes, ...inputs }, ...still }
  const said = readVetoes(text, rubric)
  if (said.unknown !== undefined) return { say: unknownVeto(said.unknown, rubric) }
  const vetoes = vetoesAfter(said, known)
  if (said.rest !== text && !said.rest && !on.isFiled) return { given: { ...kept, vetoes }, ...still }
  const reading = readChange(said.rest, rubric, { ...on.beside, draft: scores, asked: todo[0] ?? on.asked })
  if (reading.kind === 'other') return undefined
  const named = reading.kind === 'scores' ? reading.named : []
  const given = {
    scores: reading.scores,
    reasons: reasonsAfter(reading, known),
    vetoes,
    todo: todo.filter((item) => !named.includes(item) && reading.scores[item - 1] === null),
  }
  return { given, ...(reading.kind === 'unread' ? asked(reading) : {}) }
}

/**
 * Keeps evidence beside scores: `第3项依据：…`, or words alone if one item was asked for. Undefined if the plan wants none or the text is
 * something else.
 */
export function withEvidence(
  text: string,
  { scores, todo, reasons = {}, ...draft }: ScorecardDraft,
  { rubric, askedFor }: { rubric: Rubric; askedFor: number | undefined },
): Given | undefined {
  const [open] = withoutEvidence(rubric, scores, reasons)
  if (!rubric.evidence || (open === undefined && !/[:：]/.test(text))) return undefined
  const said = readEvidence(text, rubric) ?? (open === askedFor ? justWords(text, open) : undefined)
  return said && { scores, todo, ...inputsOf(draft), reasons: { ...reasons, ...Object.fromEntries(said) } }
}
/** Words without a number are no score; they answer the last question. */
const justWords = (text: string, item: number | undefined): Map<number, string> | undefined =>
  item !== undefined && !/[\d扣加减满]/.test(text) && Array.from(text.trim()).length >= 2
    ? new Map([[item, text.trim()]])
    : undefined

/** The evidence that the plan wants and that is missing, or undefined if none is. `why` is the item to ask about. */
export function missingEvidence(
  { scores, reasons }: ScorecardDraft,
  rubric: Rubric,
  whose: string,
): { why: number; say: string } | undefined {
  const wanting = withoutEvidence(rubric, scores, reasons)
  const [why] = wanting
  return why === undefined ? undefined : { why, say: `${whose}${evidenceWanted(wanting, scores, rubric)}` }
}
