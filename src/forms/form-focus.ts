import { z } from 'zod'
import type { Turn } from '../bot/turn/turn.ts'
import { focusIn } from './focus.ts'

/**
 * Where a person is: at a subject; rewriting a part (`replace`); asked for a word before the submission (`remark`); or choosing a subject
 * for an earlier text. If none of these is set, the person said the bare word. `done`: it was submitted just now.
 */
const Focus = z.strictObject({
  subject: z.string().exactOptional(),
  replace: z.string().exactOptional(),
  remark: z.literal(true).exactOptional(),
  text: z.string().exactOptional(),
  done: z.literal(true).exactOptional(),
})
export type Focus = z.infer<typeof Focus>

/** Where this person is in the conversation of this name, or undefined if they are in another. */
export const focusOf = (turn: Turn, name: string): Focus | undefined => focusIn(turn, name, Focus)
