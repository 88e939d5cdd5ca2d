import { z } from 'zod'
import { table } from '../../store/table.ts'
import { channelNames } from '../messages/message.ts'

/** What may be typed instead of tapping the card shown last: a label or, in numbered text, its number. */
const Choice = z.strictObject({
  text: z.string(),
  button: z.string(),
  picked: z.record(z.string(), z.array(z.string())),
})
export type Choice = z.infer<typeof Choice>

/** Where a person is in the conversation. Drafts and records are elsewhere: losing a session loses no word. */
export const Session = z.strictObject({
  channel: z.enum(channelNames),
  /** Numbered text instead of cards, for good (文字 / 卡片). */
  text: z.boolean(),
  /** What was asked last: the conversation, and where it is in its own terms. */
  focus: z.strictObject({ conversation: z.string(), state: z.unknown(), ownWords: z.boolean() }).exactOptional(),
  /** What was said to another form while own words were open: kept until it is clear whose it is. */
  aside: z.strictObject({ word: z.string(), argument: z.string(), text: z.string() }).exactOptional(),
  /** The period of grading of which this is, where it was said and is not the one that is open. */
  period: z.number().exactOptional(),
  choices: z.array(Choice),
  /** Whether the choices were shown with numbers. */
  numbered: z.boolean(),
  /** ISO date of the last greeting. */
  greeted: z.string().exactOptional(),
  /** Channels on which this person has written, of those that let us push only then (`Can.push`). */
  wrote: z.array(z.enum(channelNames)).exactOptional(),
  /** How often this person wrote or tapped in each month (`2022-04`): counts alone, for the dashboard. */
  acts: z.record(z.string(), z.number()).exactOptional(),
  /** Last sequence number in the outbox: keeps a person's messages in order whichever instance answers. */
  last: z.string(),
})
export type Session = z.infer<typeof Session>

export const sessions = table('session', Session)
