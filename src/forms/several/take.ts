import type { Turn } from '../../bot/turn/turn.ts'
import { linesOf, type Piece, piecesOf, type Uncertain } from '../../campaign/reading/pieces.ts'
import { namesOf as namesInCollege } from '../../campaign/roster/branch-names.ts'
import { splitBranch } from '../../campaign/roster/names.ts'
import { find, focusOf, setFocus } from './focus.ts'
import type { OfBranch, SeveralForm } from './form.ts'
import { chooseAmong, namesOf, openOne, proceed } from './proceed.ts'

/** Reads `<word>`, `<word> <支部>`, `<word> <支部> <text>`, or several lines of the last form. */
export async function begin<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  argument: string,
): Promise<void> {
  const subjects = form.subjects(turn)
  const [only] = subjects
  if (!only) return turn.say(`目前没有需要您${form.word}的支部。`)
  setFocus(turn, form, { subjects: [] })
  if (!argument) return subjects.length === 1 ? openOne(form, turn, only) : chooseAmong(form, turn)
  const isNameless = splitBranch(argument, namesInCollege(turn.roster)) === undefined
  // A person who fills in only one need not name it.
  if (subjects.length === 1 && isNameless && form.tells(turn, only, argument) !== undefined)
    return take(form, turn, { pieces: [{ id: only.id, text: argument }] })
  await takeLines(form, turn, { lines: linesOf(argument) })
}

/** `earlier` are subjects that were taken before the bot asked which branch is meant. */
async function takeLines<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { lines, begun, earlier = [] }: { lines: readonly string[]; begun?: Piece; earlier?: readonly string[] },
): Promise<void> {
  const own = namesOf(turn, form.subjects(turn))
  const known = { own, all: namesInCollege(turn.roster), ...(begun ? { begun } : {}) }
  const { pieces, stop } = piecesOf(lines, known)
  if (stop === undefined) return take(form, turn, { pieces, earlier })
  if (stop !== 'not-own') return whichBranch(form, turn, { ...stop, pieces, earlier })
  const names = form.subjects(turn).map(({ label }) => label)
  turn.say(`无权给这个支部${form.word}。您可以${form.word}的支部：${names.join('、')}。`)
  if (pieces.length > 0) await take(form, turn, { pieces, earlier })
}

type Taking = { pieces: readonly Piece[]; earlier?: readonly string[] }

/** Offers the near branches, while the text after the name waits. Earlier pieces are kept. */
export async function whichBranch<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { near, pending, pieces, earlier = [] }: Taking & Uncertain,
): Promise<void> {
  const { subjects } = await keepAll(form, turn, pieces)
  setFocus(turn, form, { subjects: [...new Set([...earlier, ...subjects])], pending })
  const all = form.subjects(turn)
  await (near.length > 0
    ? chooseAmong(form, turn, { among: all.filter(({ id }) => near.includes(id)), title: '是哪个支部' })
    : chooseAmong(form, turn, { title: '没有找到这个支部，请选择' }))
}

/** Takes a text that waited for its branch. False: none waited. */
export async function takePending<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { id }: S,
): Promise<boolean> {
  const { pending, subjects } = focusOf(turn, form)
  if (pending === undefined) return false
  const [text = '', ...lines] = pending.split('\n')
  await takeLines(form, turn, { lines, begun: { id, text }, earlier: subjects })
  return true
}

/** Each piece replaces the draft of its branch. What was read is kept, and the rest is asked back. */
async function keepAll<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, pieces: readonly Piece[]) {
  const subjects: string[] = []
  const problems: { subject: S; item?: number; say: string }[] = []
  const refused: string[] = []
  for (const { id, text } of pieces) {
    const subject = find(form, turn, id)
    if (!subject || subjects.includes(id)) continue
    const closed = await form.closed(turn, subject)
    if (closed !== undefined) {
      refused.push(closed)
      continue
    }
    subjects.push(id)
    const isTwice = pieces.some((one) => one.id === id && one.text.trim() !== text.trim())
    const twice = { say: `${subject.label}写了两次，都还没有记下。请只发要用的一行。` }
    const { say, ...asked } = isTwice ? twice : await form.takes(turn, subject, text)
    if (say !== undefined) problems.push({ subject, say, ...asked })
  }
  return { subjects, problems, refused }
}

/** Takes the text about each branch. What cannot be read is asked back, the first piece first. */
export async function take<F, S extends OfBranch>(
  form: SeveralForm<F, S>,
  turn: Turn,
  { pieces, earlier = [] }: Taking,
): Promise<void> {
  const [only] = pieces
  const bare =
    pieces.length === 1 && earlier.length === 0 && !only?.text.trim() ? find(form, turn, only?.id ?? '') : undefined
  if (bare) return openOne(form, turn, bare)
  const { subjects: taken, problems, refused } = await keepAll(form, turn, pieces)
  const subjects = [...new Set([...earlier, ...taken])]
  if (refused.length > 0) turn.say(refused.join('\n'))
  if (subjects.length === 0) return
  const [problem] = problems
  const asked = problem?.item === undefined ? {} : { asked: { subject: problem.subject.id, item: problem.item } }
  setFocus(turn, form, { subjects, ...asked })
  if (!problem) return proceed(form, turn)
  turn.say(subjects.length > 1 ? `${problem.subject.label}：${problem.say}` : problem.say)
}
