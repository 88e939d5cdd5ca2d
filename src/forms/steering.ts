import type { z } from 'zod'
import type { Turn } from '../bot/turn/turn.ts'
import { dropDraft, type FormWord, stepBack } from './drafts.ts'

/** The text about something that was submitted and has not changed since. */
export const nothingNew = '已提交，没有未提交的改动。'

/** What is open, of one subject or several, and what each word does to it. `left` says what stays unsubmitted after 取消. */
export type Steered = {
  draft: { name: string; schema: z.ZodType<unknown> }
  ids: readonly [string, ...string[]]
  left: string
  preview: () => Promise<string>
  edit: () => Promise<void> | void
  submit: () => Promise<void>
  proceed: () => Promise<void>
}

/** The words by which a person steers what is open in a form. */
export async function steer(
  turn: Turn,
  word: FormWord,
  { draft, ids, left, preview, edit, submit, proceed }: Steered,
): Promise<void> {
  if (word === 'cancel') {
    for (const id of ids) await dropDraft(turn, draft, id)
    turn.rest()
    turn.say(`已取消：${left}没有提交。`)
  } else if (word === 'preview') turn.say(await preview())
  else if (word === 'edit') await edit()
  else if (word === 'submit') await submit()
  else if (await stepBack(turn, draft, ids[0])) await proceed()
  else turn.say('没有上一步。')
}
