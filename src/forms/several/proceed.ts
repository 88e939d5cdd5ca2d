import type { Turn } from '../../bot/turn/turn.ts'
import { once } from '../../campaign/once.ts'
import { cut } from '../../campaign/reading/trim.ts'
import { namedOf, shortName } from '../../campaign/roster/branch-names.ts'
import type { Named } from '../../campaign/roster/names.ts'
import type { Roster } from '../../campaign/roster/roster.ts'
import { choose } from '../choose.ts'
import { stampOf } from '../stamp.ts'
import { focusOf, openIn, setFocus } from './focus.ts'
import type { OfBranch, SeveralForm } from './form.ts'

/** Subjects as their branches are recognised in what a person types. */
export const namesOf = (turn: Turn, subjects: readonly OfBranch[]): readonly Named[] => namesIn(turn.roster)(subjects)
const namesIn = once((roster: Roster) =>
  once((subjects: readonly OfBranch[]): readonly Named[] =>
    subjects.map(({ branch, id }) => ({ ...namedOf(roster, branch), id })),
  ),
)

/** What comes next: what is missing, or the confirmation of all that is open. */
export async function proceed<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn): Promise<void> {
  const open = await openIn(form, turn)
  const asked = await form.asks(turn, open)
  if (typeof asked === 'number') setFocus(turn, form, { ...focusOf(turn, form), evidenceFor: asked })
  if (asked !== false) return
  if (open.length === 0) return chooseAmong(form, turn)
  if (open.length > 1) {
    const { at: _, ...focus } = focusOf(turn, form)
    setFocus(turn, form, focus)
  }
  await form.confirms(turn, open, stampOf(open.map(({ draft }) => draft.stamp)))
}

/** Opens one: its draft is taken up, else what was submitted is shown to be changed, else all is open. */
export async function openOne<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, subject: S): Promise<void> {
  const closed = await form.closed(turn, subject)
  if (closed !== undefined) return turn.say(closed)
  const isOpen = (await form.open(turn, subject)) !== undefined
  setFocus(turn, form, { subjects: [subject.id] })
  const isKnown = isOpen || (await form.begins(turn, subject))
  const draft = isKnown ? undefined : await form.open(turn, subject)
  await (draft ? form.edits(turn, { subject, draft }) : proceed(form, turn))
}

/** Subjects by what they need; `filled`: whose draft says something that was not submitted. */
export async function sorted<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, subjects: readonly S[]) {
  const by: { [state in 'open' | 'returned' | 'done' | 'filled']: S[] } = {
    open: [],
    returned: [],
    done: [],
    filled: [],
  }
  for (const subject of subjects) {
    const { state, filled } = await form.stateOf(turn, subject)
    by[state].push(subject)
    if (filled) by.filled.push(subject)
  }
  return by
}

/** Which branch: with counts, and what still waits in front. */
export async function chooseAmong<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { among = form.subjects(turn), title = `请选择要${form.word}的支部` } = {},
): Promise<void> {
  const { open, returned, done, filled } = await sorted(form, turn, among)
  const rows = [
    { name: `未${form.word}`, value: `${open.length}个` },
    ...(filled.length > 0 ? [{ name: '已填未提交', value: `${filled.length}张` }] : []),
    ...(returned.length > 0 ? [{ name: '退回待改', value: `${returned.length}个` }] : []),
    { name: `已${form.word}`, value: `${done.length}个` },
  ]
  offer(form, turn, { subjects: [...returned, ...open, ...done], title, action: 'open', rows })
}

const fitsRows = 10
const fitsShort = 20
/** Nothing but names on the buttons: short ones, but where they would be the same. */
export function offer<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  offered: { subjects: readonly S[]; title: string; action: string; rows?: { name: string; value: string }[] },
): void {
  const { subjects, title, action, rows = [] } = offered
  const length = subjects.length <= 6 ? 10 : subjects.length <= fitsRows ? 16 : 17
  const short = subjects.map(({ label }) => cut(shortName(label), length))
  const options = subjects.map(({ id, label }, i) => {
    const isTwice = short.filter((other) => other === short[i]).length > 1
    return { id, text: isTwice || subjects.length > fitsShort ? label : (short[i] ?? label) }
  })
  const desc = rows.map(({ name, value }) => `${name} ${value}`).join('，')
  choose(turn, title, options, {
    handler: form.name,
    action,
    what: '支部',
    ...(rows.length === 0 ? {} : subjects.length > fitsRows ? { desc } : { rows }),
  })
}
