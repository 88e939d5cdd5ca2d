import type { Fillable, Filling } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { keepDraft } from './drafts.ts'
import type { Form, Subject } from './form.ts'

/** What a delegate may fill in of a form: a draft of the person who asked. The turn looks in that person's name. */
export const fillable = <F, S extends Subject>(form: Form<F, S>): Fillable => ({
  name: form.name,
  word: form.word,
  by: form.by,
  sample: `${form.word} ${form.sample ?? '…'}`,
  async meant(turn) {
    const said = await form.subject(turn, '')
    if ('say' in said) return undefined
    return 'among' in said ? { id: '', title: form.word } : { id: said.subject.id, title: form.title(said.subject) }
  },
  async isDone(turn, id) {
    const subject = await form.find(turn, id)
    return subject !== undefined && ((await form.isDone?.(turn, subject)) ?? false)
  },
  fill: (turn, text) => fill(turn, form, text),
})

async function fill<F, S extends Subject>(turn: Turn, form: Form<F, S>, text: string): Promise<Filling> {
  const refusal = form.refuses?.(turn, text)
  if (refusal !== undefined) return { say: refusal }
  const said = await form.subject(turn, text)
  if ('say' in said) return said
  if ('among' in said) return { say: `请写明是哪一个：${said.among.map(({ label }) => label).join('、')}。` }
  const { subject, rest } = said
  const closed = await form.closed?.(turn, subject)
  if (closed !== undefined) return { say: closed }
  const { fields, say } = await form.read(turn, rest, { subject, before: form.nothing })
  if (say !== undefined) return { say }
  await keepDraft(turn, { name: form.name, schema: form.draft }, { subject: subject.id, fields })
  const title = form.title(subject)
  return {
    title: subject.label === title ? title : `${subject.label}${title}`,
    lines: [...(await form.shows(turn, fields, subject))],
    how: form.calls ? `${form.word} ${form.calls(subject)}` : form.word,
  }
}
