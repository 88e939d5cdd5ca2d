import type { Ask } from '../bot/messages/message.ts'
import { buttonKey } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import { fitted } from './fitted.ts'
import type { Form, Subject } from './form.ts'

/** The subject of a card: its title, and the subject's label if the title does not hold it. */
export function headOf<F, S extends Subject>(form: Form<F, S>, subject: S): { title: string; desc?: string } {
  const title = form.title(subject)
  return subject.label === title ? { title } : { title, desc: subject.label }
}

/** The buttons 提交 and 修改. `id` is that of one subject; empty if several are confirmed together. */
export const submitOrEdit = ({ name }: { name: string }, id: string, stamp: string): Ask => ({
  kind: 'buttons',
  buttons: [
    { text: '提交', key: buttonKey(name, 'submit', id, stamp), style: 'primary' },
    { text: '修改', key: buttonKey(name, 'edit', id, stamp) },
  ],
})

/** The card with the subject, every given word, 提交 and 修改. `note` says what was left out of the last text. */
export async function confirmation<F, S extends Subject>(
  turn: Turn,
  form: Form<F, S>,
  { subject, fields, stamp, note }: { subject: S; fields: F; stamp: string; note: string | undefined },
): Promise<void> {
  const head = headOf(form, subject)
  const whole = (await form.shows(turn, fields, subject)).join('\n')
  const gist = form.gist?.(turn, fields, subject) ?? []
  const text = fitted(turn, whole, {
    head: Object.values(head),
    instead: ['全文见上一条。', ...gist].join('\n'),
  })
  const remarks = [await form.note?.(turn, fields, subject), note].filter((line) => line !== undefined)
  turn.show({
    ...head,
    text: [...remarks, text].join('\n'),
    ask: submitOrEdit(form, subject.id, stamp),
    words: '确认无误请回复“提交”；还有要补充的直接发来即可。',
  })
}
