import { asksFields, daysOf, type Fields, Filled, nothingFilled, showsFields } from './fields.ts'
import type { Form, Subject } from './form.ts'
import { readFields, rewritten } from './reading.ts'

type Made = 'draft' | 'nothing' | 'read' | 'asks' | 'shows' | 'parts'

/** The parts of a form that has only fields, except its subject and its submission. `what` names what is asked for, `2季度季报`. */
export const ofFields = <S extends Subject>(
  fields: (subject: S) => Fields,
  what: (subject: S) => string,
): Pick<Form<Filled, S>, Made> => ({
  draft: Filled,
  nothing: nothingFilled,
  read: (turn, text, { subject, before, part }) =>
    part === undefined
      ? readFields(text, fields(subject), { before, days: daysOf(turn) })
      : rewritten(text.trim(), part, { fields: fields(subject), on: { before, days: daysOf(turn) } }),
  asks: (_, filled, subject) => asksFields(what(subject), fields(subject), filled),
  shows: (_, filled, subject) => showsFields(fields(subject), filled),
  parts: (_, subject) => Object.entries(fields(subject)).map(([id, { label }]) => ({ id, label })),
})
