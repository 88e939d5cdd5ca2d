import { z } from 'zod'
import { table } from '../../store/table.ts'
import { Choice } from '../messages/card-text.ts'
import { channelNames } from '../messages/message.ts'

/** Where a person is in the conversation. Drafts and records are elsewhere: losing a session loses no word. */
export const Session = z.strictObject({
  channel: z.enum(channelNames),
  /** The person wants numbered text instead of cards, permanently (文字 / 卡片). */
  text: z.boolean(),
  /** What was asked last: the conversation, and its own state. */
  focus: z.strictObject({ conversation: z.string(), state: z.unknown(), ownWords: z.boolean() }).exactOptional(),
  /** A text for another form that came while the person's own words were open. It is kept until it is clear whose it is. */
  aside: z.strictObject({ word: z.string(), argument: z.string(), text: z.string() }).exactOptional(),
  /** The period of grading that was named, if it is not the open one. */
  period: z.number().exactOptional(),
  choices: z.array(Choice),
  /** Whether the choices were shown with numbers. */
  numbered: z.boolean(),
  /** The ISO date of the last greeting. */
  greeted: z.string().exactOptional(),
  /** The channels on which this person has written, of those that let us push only after that (`Can.push`). */
  wrote: z.array(z.enum(channelNames)).exactOptional(),
  /** How often this person wrote or tapped in each month (`2022-04`): only counts, for the dashboard. */
  acts: z.record(z.string(), z.number()).exactOptional(),
  /** The last sequence number in the outbox. It keeps a person's messages in order, whichever instance answers. */
  last: z.string(),
})
export type Session = z.infer<typeof Session>

export const sessions = table('session', Session)
