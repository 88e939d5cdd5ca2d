import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { table } from '../../store/table.ts'
import { channelNames, Message, ReplyHandle } from './message.ts'

/** Why a message goes out. `answer`: a person just said something. `notice`: another person did something. Schedules start the rest. */
export const kinds = ['answer', 'prompt', 'reminder', 'escalation', 'bulletin', 'notice'] as const
export type Kind = (typeof kinds)[number]

/** How long an answer may travel in the answer of its callback before it goes as a message of its own. */
export const heldMs = 6_000

/** One message that waits to be sent. Its key is lane and id, so a lane's rows sort in the order of sending. */
export const OutboxRow = z.strictObject({
  id: z.string(),
  /** The id of the person or group. A lane is sent in order, one message at a time. */
  lane: z.string(),
  to: z.enum(['person', 'group', 'stranger']),
  /** For a stranger: the account to answer. People and groups are looked up in the roster. */
  account: z.string().exactOptional(),
  channel: z.enum(channelNames),
  kind: z.enum(kinds),
  about: z.array(z.string()),
  message: Message,
  handle: ReplyHandle.exactOptional(),
  inPlace: z.boolean(),
  /** The message is unique by itself, so the platform's duplicate check may be on. */
  unique: z.boolean(),
  /** In milliseconds since 1970 on the real clock: when it was written, and before when it must not be tried. */
  queued: z.number(),
  notBefore: z.number().exactOptional(),
  /** The message travels in the answer of its callback. Until this time (same clock) delivery leaves it and those behind it alone. */
  heldUntil: z.number().exactOptional(),
  /**
   * For messages that schedules started: what is due, and the day on which it is said (ISO date). Or the moment for which a person asked
   * (ISO instant).
   */
  push: z
    .strictObject({ date: z.string(), ledger: z.array(z.array(z.string())), asked: z.string().exactOptional() })
    .exactOptional(),
  /** How often making its document has failed. */
  failures: z.number().exactOptional(),
})
export type OutboxRow = z.infer<typeof OutboxRow>

export const outbox = table('outbox', OutboxRow)

/** The progress of delivery with a row. It is kept beside the row, so that the row stays byte for byte as it was first made. */
export const Progress = z.strictObject({
  sent: z.number(),
  attempts: z.number(),
  attempted: z.boolean(),
  anew: z.boolean(),
  /** For the next request: how often it went out without an answer, and when first (milliseconds since 1970). */
  unanswered: z.strictObject({ times: z.number(), since: z.number() }).exactOptional(),
})
export type Progress = z.infer<typeof Progress>
export const progress = table('outbox-progress', Progress)

/** A message that could not be delivered, for the administrator, with the platform's code. */
const DeadLetter = z.strictObject({ row: OutboxRow, code: z.string(), at: z.number() })
export const deadLetters = table('dead-letter', DeadLetter)

/** By person: the beginnings of messages of which nobody knows whether they arrived. They are told with the next answer. */
export const doubtful = table('doubtful', z.strictObject({ begin: z.array(z.string()) }))

const width = 15
const dayMs = 86_400_000

/** An id that tells the day and nothing else: not the moment, nor which row came before it. */
export const drawnId = (instance: string, now = Date.now()): string =>
  `${String(startOfDay(now)).padStart(width, '0')}-${String(randomInt(1_000_000)).padStart(6, '0')}-${instance}`
export const startOfDay = (now = Date.now()): number => now - (now % dayMs)

let counter = 0
/** A sequence number after `last`, in the order of time. `instance` keeps those of several instances apart. */
export function nextId(last: string, instance: string, now = Date.now()): string {
  const before = Number(last.slice(0, width)) || 0
  counter = (counter + 1) % 1_000_000
  const time = Math.max(now, before + (now <= before ? 1 : 0))
  return `${String(time).padStart(width, '0')}-${String(counter).padStart(6, '0')}-${instance}`
}
