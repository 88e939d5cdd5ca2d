/** What comes in and what goes out, in words that know no platform. */

export const channelNames = ['wecom', 'aibot', 'dingtalk'] as const
export type ChannelName = (typeof channelNames)[number]

/** JSON data that only the platform understands: what it needs to answer in place (a response code, a session webhook …). */
export type ReplyHandle = { [name: string]: string | number | boolean }

export type Inbound = {
  channel: ChannelName
  /** The sender's account as the platform wrote it. */
  account: string
  /** Identity of this message for de-duplication, unique within the channel. */
  once: string
  /** Set where `once` names content, not an event (DingTalk's cards): a repeat is what equals the last one taken of this. */
  lastOf?: string
  /** Set where it was said in a group: the platform's id of it, and its name where the platform tells it. */
  group?: string
  groupName?: string
  handle?: ReplyHandle
  /** The platform hides who this is; a code from the roster's keeper tells. */
  hidden?: true
  /** The platform takes the first answer only in the answer of this callback (card updates of 智能机器人 and DingTalk). */
  answerInPlace?: boolean
  what: Said
}

export type Said =
  | { kind: 'text'; text: string }
  /** A button of a card: its key, and what was picked by question key. */
  | { kind: 'tap'; button: string; picked: { [question: string]: string[] } }
  /** A form card was submitted. `card`: the card's id; values as the client sent them. */
  | { kind: 'form'; card: string; button: string; values: { [field: string]: unknown } }
  /** The conversation was opened. */
  | { kind: 'opened' }
  | { kind: 'file'; name: string; token: string }
  /** Voice that the channel did not turn into text, pictures, unknown kinds. */
  | { kind: 'unreadable'; what: string }
  /** The platform withheld the text because the month's quota is used up. */
  | { kind: 'over-quota' }

export type Button = { text: string; key: string; style?: 'primary' | 'danger' }
export type Option = { id: string; text: string }
export type FormField = {
  name: string
  label: string
  type: 'number' | 'text' | 'choice'
  value?: string | number
  options?: Option[]
  required?: boolean
}

/** What a card asks. Limits are the narrowest of all channels: 6 buttons, 10 options of a selection, 20 of a list. */
export type Ask =
  | {
      kind: 'buttons'
      buttons: Button[]
      selection?: { question: string; title: string; options: Option[]; selected?: string }
    }
  /** Several of up to 20. */
  | { kind: 'checklist'; question: string; options: (Option & { ticked: boolean })[]; submit: Button }
  /** One of up to 20. */
  | { kind: 'list'; question: string; options: Option[]; submit: Button }
  /** Fields all at once, where the channel has forms (`Can.forms`). */
  | { kind: 'form'; fields: FormField[]; submit: Button }

/**
 * One card. `title` ≤ 16 characters; `desc` below it ≤ 44 (160 for a checklist or list); at most six `rows`, names ≤ 5 and values ≤ 30
 * characters (advice, not cut); `text` ≤ 160 characters.
 * `words`: how to answer by typing, for who sees no card. `closed`: it takes no taps any more and shows this word on a grey button. `link`:
 * a page that the card opens, instead of asking.
 */
export type Card = {
  title: string
  desc?: string
  rows?: { name: string; value: string }[]
  text?: string
  ask?: Ask
  link?: { text: string; url: string }
  words?: string
  closed?: string
}

/** A document that delivery makes: what to render, as JSON data; the renderer is found by `document`. */
export type DocumentOrder = { document: string; with: { [name: string]: string | number | boolean } }

export type Message =
  | { kind: 'text'; text: string /** accounts to mention, in groups */; mention?: string[] }
  | { kind: 'card'; card: Card }
  | { kind: 'file'; order: DocumentOrder }

/**
 * What a channel can do; handlers choose by it, never by its name. `push`: write to people who did not just ask; `after-word`: only to
 * those who have written here before.
 */
export type Can = { cards: boolean; forms: boolean; files: boolean; push: boolean | 'after-word' }
