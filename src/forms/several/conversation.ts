import { buttonKey, type Handler, type Tap } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { cut } from '../../campaign/cut.ts'
import { chosenId } from '../choose.ts'
import { type FormWord, formWord } from '../drafts.ts'
import { stampOf } from '../stamp.ts'
import { nothingNew, steer } from '../steering.ts'
import { change, changeOne } from './change.ts'
import { explainTapped, takeExplanation, takeRemark } from './explain.ts'
import { find, focusOf, openIn, setFocus, speakOf, spokenOf } from './focus.ts'
import type { OfBranch, Open, SeveralForm } from './form.ts'
import { itemTapped, showItems } from './items.ts'
import { offer, openOne, proceed } from './proceed.ts'
import { submitAll } from './submit.ts'
import { takePending } from './take.ts'

/** Handles texts while this conversation has the focus, and taps on its cards. */
export const several = <F, S extends OfBranch>(
  form: SeveralForm<F, S>,
): Required<Pick<Handler, 'answers' | 'taps' | 'submitsForm'>> => ({
  answers: (turn, text) => answers(form, turn, text),
  taps: (turn, tap) => taps(form, turn, tap),
  submitsForm: (turn, button, values) => submitsForm(form, turn, { button, values }),
})

async function answers<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, text: string): Promise<boolean> {
  const word = formWord(text)
  if (word === undefined)
    return (
      (await takeWords(form, turn, text)) ||
      (await takeExplanation(form, turn, { text })) ||
      (await change(form, turn, text)) ||
      takeRemark(form, turn, text)
    )
  const { pending, ...focus } = focusOf(turn, form)
  if (pending !== undefined && word === 'submit') {
    turn.say(whosePending(pending))
    return true
  }
  const [first, ...more] = await openIn(form, turn)
  if (pending !== undefined && word === 'cancel') {
    setFocus(turn, form, focus)
    turn.say(`已取消，刚才的${form.what}没有记下。`)
    if (first) await proceed(form, turn)
    return true
  }
  if (!first) return afterwards(form, turn, word)
  const open: Some<F, S> = [first, ...more]
  await steer(turn, word, {
    draft: { name: form.name, schema: form.draft },
    ids: [first.subject.id, ...more.map(({ subject }) => subject.id)],
    left: `${open.map(({ subject }) => subject.label).join('、')}这次填的${form.what}`,
    preview: () => previewOf(form, turn, open),
    edit: () => edit(form, turn, open),
    submit: () => (form.missing(turn, open) ? proceed(form, turn) : submitAll(form, turn, open)),
    proceed: () => proceed(form, turn),
  })
  return true
}

type Some<F, S> = readonly [Open<F, S>, ...Open<F, S>[]]

/** Takes the words that were asked for about an item. */
async function takeWords<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, text: string): Promise<boolean> {
  const { evidenceFor, ...focus } = focusOf(turn, form)
  for (const one of await openIn(form, turn))
    if (await form.words(turn, one, { text, item: evidenceFor })) {
      setFocus(turn, form, focus)
      await proceed(form, turn)
      return true
    }
  return false
}

/** A piece that waits for its branch must be settled before a submission. */
const whosePending = (words: string): string =>
  `“${cut(words.trim(), 40)}”还不知道是哪个支部的，没有提交。请先回复支部名；不要这一句了请回复“取消”。`

async function previewOf<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  open: Some<F, S>,
): Promise<string> {
  const texts: string[] = []
  for (const { subject, draft } of open) texts.push((await form.preview(turn, subject, draft)) ?? '')
  return texts.join('\n\n')
}

/** The steering words once everything spoken of is submitted. */
async function afterwards<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  word: FormWord,
): Promise<boolean> {
  const [subject, ...more] = spokenOf(form, turn)
  const shown = subject && (await form.preview(turn, subject))
  if (!subject || shown === undefined) return false
  if (word === 'submit') turn.say((await form.closed(turn, subject)) ?? nothingNew)
  else if (word === 'preview') turn.say(shown)
  else if (word === 'edit' && more.length === 0) await openOne(form, turn, subject)
  else if (word === 'edit') whichToEdit(form, turn, [subject, ...more])
  else return false
  return true
}

const whichToEdit = <F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, subjects: readonly S[]): void =>
  offer(form, turn, { subjects, title: '改哪个支部', action: 'edit' })

async function edit<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, open: Some<F, S>): Promise<void> {
  const [first] = open
  if (open.length === 1) await showItems(form, turn, { one: first })
  else
    whichToEdit(
      form,
      turn,
      open.map(({ subject }) => subject),
    )
}

async function taps<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, tap: Tap): Promise<void> {
  const { action, args } = tap
  const [id = '', stamp = ''] = args
  const subject = find(form, turn, id || (action === 'submit' ? '' : chosenId(tap)))
  if (action === 'submit') return submitTapped(form, turn, { subject, stamp })
  if (action === 'edit' && !id && chosenId(tap) === '') return editTapped(form, turn)
  if (!subject) return turn.say(`这个支部目前不由您${form.word}。发“${form.word}”看您可以${form.word}的支部。`)
  if (action === 'explain' && (await explainTapped(form, turn, subject))) return
  if (action === 'open') return (await takePending(form, turn, subject)) ? undefined : openOne(form, turn, subject)
  const { pending, subjects } = focusOf(turn, form)
  if (action === 'change') {
    const isTaken = pending !== undefined && (await changeOne(form, turn, { subject, text: pending }))
    return isTaken ? undefined : outdated(form, turn, subject)
  }
  const draft = await form.open(turn, subject)
  if (action === 'edit' && !draft) return openOne(form, turn, subject)
  if (action === 'edit' && draft) {
    setFocus(turn, form, { subjects: subjects.includes(subject.id) ? subjects : [subject.id], at: subject.id })
    return showItems(form, turn, { one: { subject, draft } })
  }
  if (!draft || draft.stamp !== stamp) return outdated(form, turn, subject)
  speakOf(turn, form, subject.id)
  const isTaken = await itemTapped(form, turn, { one: { subject, draft }, tap })
  if (isTaken === undefined) return outdated(form, turn, subject)
  if (isTaken) await proceed(form, turn)
}

/** A tap on an outdated card changes nothing. The answer is the current state. */
async function outdated<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, subject: S): Promise<void> {
  if (await form.open(turn, subject)) {
    setFocus(turn, form, { subjects: [subject.id] })
    return proceed(form, turn)
  }
  if ((await form.stateOf(turn, subject)) === undefined) return openOne(form, turn, subject)
  turn.show({ title: '已提交', text: await form.submittedWords(turn, subject), closed: '已提交' })
}

const nothingOpen = { title: '已提交', text: '没有未提交的改动。', closed: '已提交' }

async function submitTapped<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { subject, stamp }: { subject: S | undefined; stamp: string },
): Promise<void> {
  if (subject) speakOf(turn, form, subject.id)
  const open = await openIn(form, turn)
  const { pending } = focusOf(turn, form)
  if (pending !== undefined && open.length > 0) return turn.say(whosePending(pending))
  const isShown = stampOf(open.map(({ draft }) => draft.stamp)) === stamp
  if (open.length > 0) return isShown ? submitAll(form, turn, open) : proceed(form, turn)
  if (subject) return outdated(form, turn, subject)
  turn.show(nothingOpen)
}

/** 修改 on a confirmation of several asks first which one. */
async function editTapped<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn): Promise<void> {
  const [first, ...more] = await openIn(form, turn)
  if (first) await edit(form, turn, [first, ...more])
  else turn.show(nothingOpen)
}

/** Takes all fields at once, if the channel has forms. */
async function submitsForm<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { button, values }: { button: string; values: { [field: string]: unknown } },
): Promise<boolean> {
  const lead = buttonKey(form.name, 'form', '')
  const subject = button.startsWith(lead) ? find(form, turn, button.slice(lead.length)) : undefined
  if (!subject) return false
  const { say, item } = await form.takesFields(turn, subject, values)
  const { subjects } = focusOf(turn, form)
  const spoken = subjects.includes(subject.id) ? subjects : [subject.id]
  setFocus(turn, form, { subjects: spoken, ...(item === undefined ? {} : { asked: { subject: subject.id, item } }) })
  if (say === undefined) await proceed(form, turn)
  else turn.say(say)
  return true
}
