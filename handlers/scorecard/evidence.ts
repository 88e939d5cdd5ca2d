import { rubricOf } from '../../src/bot/records/results.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { readEvidence, withoutEvidence } from '../../src/campaign/reading/read-evidence.ts'
import { inputsOf } from '../../src/campaign/scores/inputs.ts'
import { keep } from './sheet.ts'
import { focusOf, openSheets, proceed, setFocus } from './show.ts'

/** `第3项依据：…`, or just the words where one item was asked for; kept beside its score. Only where the plan wants evidence. */
export async function takeEvidence(turn: Turn, text: string): Promise<boolean> {
  for (const { sheet, draft } of await openSheets(turn)) {
    const rubric = rubricOf(turn, sheet.branch)
    const { scores, todo, reasons = {} } = draft.fields
    const [asked] = withoutEvidence(rubric, scores, reasons)
    if (!rubric.evidence || (asked === undefined && !/[:：]/.test(text))) continue
    const said = readEvidence(text, rubric) ?? justWords(turn, text, asked)
    if (!said) continue
    await keep(turn, sheet, scores, {
      todo,
      inputs: inputsOf(draft.fields),
      reasons: { ...reasons, ...Object.fromEntries(said) },
    })
    const { evidenceFor: _, ...focus } = focusOf(turn)
    setFocus(turn, focus)
    await proceed(turn)
    return true
  }
  return false
}

/** No number in it, so it is no score; it answers what was asked last. */
function justWords(turn: Turn, text: string, asked: number | undefined): Map<number, string> | undefined {
  const isAsked = asked !== undefined && focusOf(turn).evidenceFor === asked
  return isAsked && !/[\d扣加减满]/.test(text) && Array.from(text.trim()).length >= 2
    ? new Map([[asked, text.trim()]])
    : undefined
}
