import type { z } from 'zod'
import type { Turn } from '../bot/turn/turn.ts'
import { cancelled } from '../bot/turn/words.ts'
import { formWord } from './drafts.ts'

/** Where this person is in the conversation of this name. Undefined if they are in another, or if the stored state has another shape. */
export function focusIn<T>({ session: { focus } }: Turn, conversation: string, schema: z.ZodType<T>): T | undefined {
  const found = focus?.conversation === conversation ? schema.safeParse(focus.state) : undefined
  return found?.success ? found.data : undefined
}

/** Whether the person gives up what waits for their words. Then nothing waits any more, and they are told. */
export function cancels(turn: Turn, text: string): boolean {
  if (formWord(text) !== 'cancel') return false
  turn.rest()
  turn.say(cancelled)
  return true
}
