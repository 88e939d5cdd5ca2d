import type { Button } from '../bot/messages/message.ts'
import { buttonKey } from '../bot/turn/handler.ts'
import type { Turn } from '../bot/turn/turn.ts'
import type { Form, Subject } from './form.ts'

/** The longest content that a card holds, in characters; what is longer stands in a text before it. */
const fits = 150

/** What a card is about: its title, and the subject where the title does not say it. */
export function headOf<F, S extends Subject>(form: Form<F, S>, subject: S): { title: string; desc?: string } {
  const title = form.title(subject)
  return subject.label === title ? { title } : { title, desc: subject.label }
}

/** What it is for, every word that was given, 提交 and 修改. `note`: what was left out of the last text. */
export async function confirmation<F, S extends Subject>(
  turn: Turn,
  form: Form<F, S>,
  subject: S,
  { fields, stamp, note }: { fields: F; stamp: string; note: string | undefined },
): Promise<void> {
  const head = headOf(form, subject)
  const whole = (await form.shows(turn, fields, subject)).join('\n')
  const long = Array.from(whole).length > fits
  if (long) turn.say([...Object.values(head), whole].join('\n'))
  const gist = form.gist?.(turn, fields, subject) ?? []
  const remarks = [await form.note?.(turn, fields, subject), note].filter((line) => line !== undefined)
  const buttons: Button[] = [
    { text: '提交', key: buttonKey(form.name, 'submit', subject.id, stamp), style: 'primary' },
    { text: '修改', key: buttonKey(form.name, 'edit', subject.id) },
  ]
  turn.show({
    ...head,
    text: [...remarks, ...(long ? ['全文见上一条。', ...gist] : [whole])].join('\n'),
    ask: { kind: 'buttons', buttons },
    words: '确认无误请回复“提交”；还有要补充的直接发来即可。',
  })
}
