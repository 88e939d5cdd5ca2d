import type { Turn } from '../../bot/turn/turn.ts'
import { cut } from '../../campaign/cut.ts'
import { once } from '../../campaign/once.ts'
import { inWords } from '../../campaign/plan/worded.ts'
import { namedOf, shortName } from '../../campaign/roster/branch-names.ts'
import type { Named } from '../../campaign/roster/names.ts'
import type { Roster } from '../../campaign/roster/roster.ts'
import { choose } from '../choose.ts'
import { submitOrEdit } from '../confirmation.ts'
import { fitted } from '../fitted.ts'
import { stampOf } from '../stamp.ts'
import { focusOf, openIn, setFocus } from './focus.ts'
import type { Missing, OfBranch, Open, SeveralForm } from './form.ts'
import { showItem, showItems } from './items.ts'

/** The names by which subjects are recognised in what a person types. */
export const namesOf = (turn: Turn, subjects: readonly OfBranch[]): readonly Named[] => namesIn(turn.roster)(subjects)
const namesIn = once((roster: Roster) =>
  once((subjects: readonly OfBranch[]): readonly Named[] =>
    subjects.map(({ branch, id }) => ({ ...namedOf(roster, branch), id })),
  ),
)

/** The next step: what is missing, or the confirmation of all that is open. */
export async function proceed<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn): Promise<void> {
  const open = await openIn(form, turn)
  const missing = form.missing(turn, open)
  if (missing) return ask(form, turn, missing)
  const [only, ...more] = open
  if (!only) return chooseAmong(form, turn)
  if (more.length > 0) return confirmSeveral(form, turn, open)
  const asking = submitOrEdit(form, only.subject.id, only.draft.stamp)
  turn.show({ ...(await form.confirms(turn, only)), ask: asking })
}

async function ask<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, missing: Missing<F, S>): Promise<void> {
  const { one } = missing
  if ('all' in missing) return showItems(form, turn, { one })
  if ('item' in missing) return showItem(form, turn, { one, item: missing.item })
  if (missing.why !== undefined) setFocus(turn, form, { ...focusOf(turn, form), evidenceFor: missing.why })
  turn.say(missing.say)
}

const longestText = 160
/** One line for each branch, and one 提交. */
async function confirmSeveral<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  open: readonly Open<F, S>[],
): Promise<void> {
  const { at: _, ...focus } = focusOf(turn, form)
  setFocus(turn, form, focus)
  const lines: string[] = []
  const briefly: string[] = []
  const marks: string[] = []
  for (const one of open) {
    const { line, brief, mark } = await form.lines(turn, one)
    lines.push(`${shortName(one.subject.label)} ${line}`)
    briefly.push(`${shortName(one.subject.label)} ${brief}`)
    if (mark) marks.push(mark)
  }
  const brief = briefly.join('\n')
  const instead = Array.from(brief).length <= longestText ? brief : `共${open.length}个支部，各行见上一条。`
  const [mark] = marks
  turn.show({
    title: `${open.length}个支部${form.word}`,
    ...(mark ? { desc: mark } : {}),
    text: fitted(turn, lines.join('\n'), { most: longestText, instead }),
    ask: submitOrEdit(form, '', stampOf(open.map(({ draft }) => draft.stamp))),
    words: `确认无误请回复“提交”，要改请回复“修改”或“支部名 ${inWords(form.correction, turn.campaign)}”。`,
  })
}

/** Opens a subject: with its draft, or else with what was submitted, or else empty. */
export async function openOne<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, subject: S): Promise<void> {
  const closed = await form.closed(turn, subject)
  if (closed !== undefined) return turn.say(closed)
  const isOpen = (await form.open(turn, subject)) !== undefined
  setFocus(turn, form, { subjects: [subject.id] })
  if (!isOpen) await form.begins(turn, subject)
  const isFresh = !isOpen && (await form.stateOf(turn, subject)) === undefined
  const draft = isFresh ? await form.open(turn, subject) : undefined
  await (draft ? showItems(form, turn, { one: { subject, draft } }) : proceed(form, turn))
}

/** Sorts subjects by what they need. `filled`: their drafts differ from what was submitted. */
export async function sorted<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, subjects: readonly S[]) {
  const by: { [need in 'open' | 'returned' | 'done' | 'filled']: S[] } = {
    open: [],
    returned: [],
    done: [],
    filled: [],
  }
  for (const subject of subjects) {
    const state = await form.stateOf(turn, subject)
    by[state === undefined ? 'open' : state === 'returned' ? 'returned' : 'done'].push(subject)
    const draft = await form.open(turn, subject)
    if (draft && (await form.isNews(turn, { subject, draft }))) by.filled.push(subject)
  }
  return by
}

/** Asks which branch, with counts. Waiting things are said first. */
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
/** The buttons hold only names: short ones, unless those would be equal. */
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
  choose(turn, title, {
    options,
    offered: {
      handler: form.name,
      action,
      what: '支部',
      ...(rows.length === 0 ? {} : subjects.length > fitsRows ? { desc } : { rows }),
    },
  })
}
