import { buttonKey } from '../../bot/turn/handler.ts'
import type { Turn } from '../../bot/turn/turn.ts'
import { cut } from '../../campaign/cut.ts'
import { linesOf, longestLine, uncertain } from '../../campaign/reading/pieces.ts'
import { shortName } from '../../campaign/roster/branch-names.ts'
import { splitBranch } from '../../campaign/roster/names.ts'
import { find, focusOf, openIn, setFocus, spokenOf } from './focus.ts'
import type { OfBranch, SeveralForm } from './form.ts'
import { showItems } from './items.ts'
import { chooseAmong, namesOf, offer, openOne, proceed } from './proceed.ts'
import { begin, take, takePending, whichBranch } from './take.ts'

/** Takes a text that answers a reminder without the word. */
export async function claims<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  text: string,
): Promise<boolean> {
  const subjects = form.subjects(turn)
  const [first = ''] = linesOf(text)
  const begun = splitBranch(first, namesOf(turn, subjects))
  const named = begun?.match.kind === 'one' ? find(form, turn, begun.match.id) : undefined
  const tells = subjects.length === 0 ? undefined : form.tells(turn, named, begun?.rest ?? first)
  if (tells === 'beside') {
    const which = shortName((named ?? subjects[0])?.label ?? '')
    turn.say(
      `“${cut(text.trim(), 40)}”要和${form.what}放在一起，还没有记下。请先回复“${form.word} ${which}”这样的一句，再发一次。`,
    )
    return true
  }
  if (tells !== 'all') return false
  if (begun || subjects.length === 1) await begin(form, turn, text)
  else {
    setFocus(turn, form, { subjects: [] })
    await askWhose(form, turn, { text, spoken: [] })
  }
  return true
}

/** Takes a text while some subjects are open or were just submitted: a change, the next step, or another branch's line. */
export async function change<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  text: string,
): Promise<boolean> {
  const spoken = spokenOf(form, turn)
  const own = namesOf(turn, form.subjects(turn))
  const begun = splitBranch(text, own)
  const named = begun?.match.kind === 'one' ? find(form, turn, begun.match.id) : undefined
  if (named && begun) return changeNamed(form, turn, { subject: named, rest: begun.rest, spoken })
  if (begun?.match.kind === 'several' && spoken.length === 0) {
    await whichBranch(form, turn, { ...uncertain([text], own), pieces: [] })
    return true
  }
  const target = spoken.length === 1 ? spoken[0] : await evident(form, turn, spoken)
  const [told, ...more] =
    text.length > longestLine ? [] : form.subjects(turn).filter(({ branch }) => text.includes(branch.name))
  if (told && more.length === 0 && told.id !== target?.id)
    return changeNamed(form, turn, { subject: told, rest: text, spoken })
  return target ? changeOne(form, turn, { subject: target, text }) : askWhose(form, turn, { text, spoken })
}

/** Nobody knows which branch the text is about: one of those spoken of, or any if there is none. The text waits for the answer. */
async function askWhose<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { text, spoken }: { text: string; spoken: readonly S[] },
): Promise<boolean> {
  const tells = form.tells(turn, spoken[0], text)
  if (tells === undefined || (tells === 'beside' && spoken.length === 0)) return false
  setFocus(turn, form, { ...focusOf(turn, form), pending: text })
  const title = `这是哪个支部的${form.what}`
  if (spoken.length > 0) offer(form, turn, { subjects: spoken, title, action: 'change' })
  else await chooseAmong(form, turn, { title })
  return true
}

async function changeNamed<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { subject, rest, spoken }: { subject: S; rest: string; spoken: readonly S[] },
): Promise<boolean> {
  if (!rest.trim()) {
    const draft = await form.open(turn, subject)
    const { pending } = focusOf(turn, form)
    // A part of an offered name means what a tap on it means.
    if (pending !== undefined && offersChange(turn, form)) return changeOne(form, turn, { subject, text: pending })
    if (await takePending(form, turn, subject)) return true
    // One of several that are confirmed together shall be changed. The next text is about it.
    if (draft && spoken.length > 1) {
      setFocus(turn, form, { ...focusOf(turn, form), at: subject.id })
      await showItems(form, turn, { one: { subject, draft } })
    } else await openOne(form, turn, subject)
    return true
  }
  const tells = form.tells(turn, subject, rest)
  if (spoken.includes(subject) || tells === 'beside') return changeOne(form, turn, { subject, text: rest })
  if (tells === undefined) return false
  await take(form, turn, { pieces: [{ id: subject.id, text: rest }] })
  return true
}

const offersChange = (turn: Turn, { name }: { name: string }): boolean =>
  turn.session.choices.some(({ button }) => button.startsWith(buttonKey(name, 'change', '')))

/** Of several, the one whose item was asked or which is shown, or the only one with something missing. */
async function evident<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  spoken: readonly S[],
): Promise<S | undefined> {
  const { asked, at } = focusOf(turn, form)
  const id = asked?.subject ?? at
  if (id !== undefined) return spoken.find((subject) => subject.id === id)
  const [only, ...more] = (await openIn(form, turn)).filter(({ draft }) => !form.isComplete(draft.fields))
  return more.length === 0 ? only?.subject : undefined
}

/** Takes a text about a subject that is open or was submitted. False: it is about something else. */
export async function changeOne<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { subject, text }: { subject: S; text: string },
): Promise<boolean> {
  const { pending: _pending, asked, ...focus } = focusOf(turn, form)
  const item = asked?.subject === subject.id ? asked.item : undefined
  const changed = await form.changes(turn, subject, { text, item })
  if (!changed) return false
  if (changed.refused !== undefined) {
    turn.say(changed.refused)
    return true
  }
  const next = changed.item === undefined ? {} : { asked: { subject: subject.id, item: changed.item } }
  setFocus(turn, form, { ...focus, ...next })
  if (changed.say === undefined) await proceed(form, turn)
  else turn.say(changed.say)
  return true
}

/**
 * Takes the text dictated directly after the word, `said`, without a blank. It is taken only if it certainly begins with one of the
 * person's own branches.
 */
export async function dictates<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  said: string | undefined,
): Promise<boolean> {
  const [first = ''] = linesOf(said ?? '')
  const begun = splitBranch(first, namesOf(turn, form.subjects(turn)))
  const subject = begun?.match.kind === 'one' ? find(form, turn, begun.match.id) : undefined
  if (said === undefined || !begun || !subject) return false
  if (begun.rest.trim() && form.tells(turn, subject, begun.rest) === undefined) return false
  await begin(form, turn, said)
  return true
}
