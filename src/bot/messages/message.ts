/**
 * Incoming and outgoing messages, in words that are the same for all platforms. The outbox stores outgoing ones, so their types are
 * schemas.
 */
import { z } from 'zod'

export const channelNames = ['wecom', 'aibot', 'dingtalk'] as const
export type ChannelName = (typeof channelNames)[number]

/** JSON data that only the platform understands: what it needs to answer in place (a response code, a session webhook …). */
const Json = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export const ReplyHandle = Json
export type ReplyHandle = z.infer<typeof ReplyHandle>

export type Inbound = {
  channel: ChannelName
  /** The sender's account as the platform wrote it. */
  account: string
  /** The identity of this message for de-duplication, unique within the channel. */
  once: string
  /**
   * Set if `once` names content and not an event (DingTalk's cards). A message is a repeat if it equals the last one taken under this name.
   */
  lastOf?: string
  /** Set if it was said in a group: the platform's id of the group, and its name if the platform tells it. */
  group?: string
  groupName?: string
  handle?: ReplyHandle
  /** The platform hides who this is. A code from the roster's keeper tells. */
  hidden?: true
  /** The platform takes the first answer only in the answer of this callback (card updates of 智能机器人 and DingTalk). */
  answerInPlace?: boolean
  what: Said
}

export type Said =
  | { kind: 'text'; text: string }
  /** A button of a card: its key, and the picks by question key. */
  | { kind: 'tap'; button: string; picked: { [question: string]: string[] } }
  /** A form card was submitted. `card` is the card's id. The values are as the client sent them. */
  | { kind: 'form'; card: string; button: string; values: { [field: string]: unknown } }
  /** A person opened the conversation. */
  | { kind: 'opened' }
  | { kind: 'file'; name: string; token: string }
  /** Voice that the channel did not turn into text, pictures, unknown kinds. */
  | { kind: 'unreadable'; what: string }
  /** The platform withheld the text because the month's quota is used up. */
  | { kind: 'over-quota' }

const Button = z.strictObject({
  text: z.string(),
  key: z.string(),
  style: z.enum(['primary', 'danger']).exactOptional(),
})
export type Button = z.infer<typeof Button>

const Option = z.strictObject({ id: z.string(), text: z.string() })
export type Option = z.infer<typeof Option>

const FormField = z.strictObject({
  name: z.string(),
  label: z.string(),
  type: z.enum(['number', 'text', 'choice']),
  value: z.union([z.string(), z.number()]).exactOptional(),
  options: z.array(Option).exactOptional(),
  required: z.boolean().exactOptional(),
})
export type FormField = z.infer<typeof FormField>

/** The question of a card. The limits are the narrowest of all channels: 6 buttons, 10 options of a selection, 20 of a list. */
const Ask = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('buttons'),
    buttons: z.array(Button),
    selection: z
      .strictObject({
        question: z.string(),
        title: z.string(),
        options: z.array(Option),
        selected: z.string().exactOptional(),
      })
      .exactOptional(),
  }),
  /** Several of up to 20. */
  z.strictObject({
    kind: z.literal('checklist'),
    question: z.string(),
    options: z.array(Option.extend({ ticked: z.boolean() })),
    submit: Button,
  }),
  /** One of up to 20. */
  z.strictObject({ kind: z.literal('list'), question: z.string(), options: z.array(Option), submit: Button }),
  /** All fields at once, if the channel has forms (`Can.forms`). */
  z.strictObject({ kind: z.literal('form'), fields: z.array(FormField), submit: Button }),
])
export type Ask = z.infer<typeof Ask>

/**
 * One card. `title` ≤ 16 characters; `desc` below it ≤ 44 (160 for a checklist or list); at most six `rows`, names ≤ 5 and values ≤ 30
 * characters (advice, not cut); `text` ≤ 160 characters.
 * `words`: how to answer by typing, for people who see no card. `closed`: the card takes no taps any more and shows this word on a grey
 * button. `link`: a page that the card opens in place of a question.
 */
const Card = z.strictObject({
  title: z.string(),
  desc: z.string().exactOptional(),
  rows: z.array(z.strictObject({ name: z.string(), value: z.string() })).exactOptional(),
  text: z.string().exactOptional(),
  ask: Ask.exactOptional(),
  link: z.strictObject({ text: z.string(), url: z.string() }).exactOptional(),
  words: z.string().exactOptional(),
  closed: z.string().exactOptional(),
})
export type Card = z.infer<typeof Card>

/** A document that delivery makes. It holds what to render, as JSON data; `document` names the renderer. */
const DocumentOrder = z.strictObject({ document: z.string(), with: Json })
export type DocumentOrder = z.infer<typeof DocumentOrder>

/** `mention` holds the accounts to mention, in groups. */
export const Message = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string(), mention: z.array(z.string()).exactOptional() }),
  z.strictObject({ kind: z.literal('card'), card: Card }),
  z.strictObject({ kind: z.literal('file'), order: DocumentOrder }),
])
export type Message = z.infer<typeof Message>

/**
 * The abilities of a channel. Handlers choose by them, never by the channel's name. `push`: it can write to people who did not just ask;
 * `after-word`: only to those who have written here before.
 */
export type Can = { cards: boolean; forms: boolean; files: boolean; push: boolean | 'after-word' }
