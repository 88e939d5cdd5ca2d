import { z } from 'zod'
import type { Turn } from '../../bot/turn/turn.ts'
import { focusIn } from '../focus.ts'
import type { OfBranch, Open, SeveralForm } from './form.ts'

/** The last subjects spoken of. They stay after their submission, until others are begun. */
const Focus = z.strictObject({
  subjects: z.array(z.string()),
  /** The item that was asked back. */
  asked: z.strictObject({ subject: z.string(), item: z.number() }).exactOptional(),
  /** Of several, the one that is shown. The next text is about it. */
  at: z.string().exactOptional(),
  /** The submissions that look unusual. Words about them are welcome. */
  reasonFor: z.array(z.string()).exactOptional(),
  /** A text that waits until the person says which branch it is about. */
  pending: z.string().exactOptional(),
  /** The item whose words were asked for. */
  evidenceFor: z.number().exactOptional(),
  /** An explanation that waits for its branch. */
  explanation: z.string().exactOptional(),
})
export type Focus = z.infer<typeof Focus>

type Named = { name: string }
/** What this person last spoke of in the form; nothing if they are in another conversation. */
export const focusOf = (turn: Turn, { name }: Named): Focus => focusIn(turn, name, Focus) ?? { subjects: [] }
export const setFocus = (turn: Turn, { name }: Named, focus: Focus): void => turn.focus(name, focus)
/** Adds a subject to those spoken of, unless it is one of them. */
export function speakOf(turn: Turn, form: Named, id: string): void {
  if (!focusOf(turn, form).subjects.includes(id)) setFocus(turn, form, { subjects: [id] })
}

/** A subject by its id, if this person may (still) fill it in. */
export const find = <F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn, id: string): S | undefined =>
  form.subjects(turn).find((subject) => subject.id === id)
/** The subjects last spoken of that this person may still fill in. */
export const spokenOf = <F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn): S[] =>
  focusOf(turn, form).subjects.flatMap((id) => find(form, turn, id) ?? [])

/** The subjects spoken of that have an open draft. */
export async function openIn<F, S extends OfBranch>(form: SeveralForm<F, S>, turn: Turn): Promise<Open<F, S>[]> {
  const open: Open<F, S>[] = []
  for (const subject of spokenOf(form, turn)) {
    const draft = await form.open(turn, subject)
    if (draft) open.push({ subject, draft })
  }
  return open
}
