import { buttonKey } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { shortName } from '../../campaign/roster/branch-names.ts'
import { splitBranch } from '../../campaign/roster/names.ts'
import { find, focusOf, setFocus } from './focus.ts'
import type { OfBranch, SeveralForm } from './form.ts'
import { namesOf, openOne } from './proceed.ts'

/**
 * Keeps an explanation of a subject that was submitted or sent back. `is` says whether a text is one; the default is the form's. If there
 * are several subjects, it belongs to the one spoken of, else to the one sent back; otherwise the person is asked.
 */
export async function takeExplanation<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { text, is = form.isExplanation }: { text: string; is?: (text: string) => boolean },
): Promise<boolean> {
  const begun = splitBranch(text, namesOf(turn, form.subjects(turn)))
  const named = begun?.match.kind === 'one' ? begun : undefined
  const said = named?.rest ?? text
  if (!is(said)) return false
  const all = await explainable(form, turn)
  const spoken = focusOf(turn, form).subjects
  const id = named?.match.kind === 'one' ? named.match.id : undefined
  const fits = [
    all.filter(({ subject }) => spoken.length === 1 && spoken.includes(subject.id)),
    all.filter(({ returned }) => returned),
    all,
  ]
  const [only, ...more] =
    id === undefined ? (fits.find((some) => some.length > 0) ?? []) : all.filter(({ subject }) => subject.id === id)
  if (!only) return false
  if (more.length === 0) await keep(form, turn, { subject: only.subject, text: said })
  else {
    setFocus(turn, form, { ...focusOf(turn, form), explanation: text })
    turn.offer(
      `这句说明是对哪个支部的${form.word}说的？`,
      [only, ...more].map(({ subject }) => ({
        text: shortName(subject.label),
        key: buttonKey(form.name, 'explain', subject.id),
      })),
    )
  }
  return true
}

/** The branch for which an explanation waits, by a tap or by its number. False: none waits. */
export async function explainTapped<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  subject: S,
): Promise<boolean> {
  const { explanation, ...focus } = focusOf(turn, form)
  if (explanation === undefined) return false
  setFocus(turn, form, focus)
  await keep(form, turn, { subject, text: explanation })
  return true
}

/** The reviewed subjects that were submitted and are not filed yet. `returned`: it was sent back. */
async function explainable<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn) {
  const all: { subject: S; returned: boolean }[] = []
  for (const subject of form.subjects(turn).filter(({ isReviewed }) => isReviewed)) {
    const state = await form.stateOf(turn, subject)
    if (state === 'submitted' || state === 'returned') all.push({ subject, returned: state === 'returned' })
  }
  return all
}

/** A subject that was sent back is shown again and is submitted anew with the explanation. */
async function keep<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { subject, text }: { subject: S; text: string },
): Promise<void> {
  const { label } = subject
  const state = await form.stateOf(turn, subject)
  if (state === undefined || state === 'filed') return turn.say(`${label}的${form.word}已备案，说明没有记下。`)
  const returned = state === 'returned'
  await form.explains(turn, subject, { text, tells: !returned })
  if (!returned) return turn.say(turn.worded`已记下对${label}的说明，已转组织部。`)
  turn.say(turn.worded`已记下对${label}的说明，会随${form.word}一起给组织部。请核对后重新提交：`)
  await openOne(form, turn, subject)
}

/** Takes the words about what looked unusual in the last submission. False: none are awaited. */
export async function takeRemark<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  text: string,
): Promise<boolean> {
  const { reasonFor = [], ...focus } = focusOf(turn, form)
  let isTaken = false
  for (const id of reasonFor) {
    const subject = find(form, turn, id)
    if (!subject || (await form.stateOf(turn, subject)) !== 'submitted') continue
    await form.explains(turn, subject, { text, tells: false })
    isTaken = true
  }
  if (!isTaken) return false
  setFocus(turn, form, focus)
  turn.say(turn.worded`已记下您的说明，会随${form.word}一起给组织部。`)
  return true
}
