import { z } from 'zod'
import type { Inbound, ReplyHandle, Said } from '../../../bot/messages/message.ts'

/** The kind of answer that the platform takes for a callback: a message, a change of the card, or a welcome (wecom.md §14.3). */
export type Slot = 'message' | 'tap' | 'welcome'
/**
 * The meaning of a callback. `stream`: WeCom asks for the next state of that answer. `ignored`: the reason why the bot does not act on it.
 */
export type Callback = { inbound: Inbound; slot: Slot } | { stream: string } | { ignored: string } | 'malformed'

/** A response_url lives for an hour (P-101138). We do not use it in its last moments. */
const responseUrlMs = 3_600_000 - 60_000

const filled = z.string().min(1)
/** A part that we can do without. If its form is not the documented one, we treat it as missing. */
const optional = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined)
/** P-100719, P-101027. The same by URL and by long connection. */
const Head = z.looseObject({
  msgid: filled,
  /** Only a group states its type; everything else is a single chat. */
  chattype: z.enum(['single', 'group']).catch('single'),
  chatid: optional(filled),
  from: z.looseObject({ userid: filled }),
  response_url: optional(z.url({ protocol: /^https?$/ })),
  msgtype: filled,
})
/** Events without a sender. */
const Senderless = z.looseObject({
  from: optional(z.looseObject({ userid: z.literal('').optional() })),
  msgtype: z.literal('event'),
})
type Head = z.infer<typeof Head>
const Text = z.looseObject({ content: z.string() })
const Media = z.looseObject({ url: z.url({ protocol: /^https?$/ }), aeskey: optional(filled) })
const Messages = {
  text: z.looseObject({ text: Text }),
  voice: z.looseObject({ voice: Text }),
  mixed: z.looseObject({
    mixed: z.looseObject({ msg_item: z.array(z.looseObject({ text: optional(Text) }).catch({ text: undefined })) }),
  }),
  file: z.looseObject({ file: Media }),
  stream: z.looseObject({ stream: z.looseObject({ id: filled }) }),
}
const Event = z.looseObject({ event: z.looseObject({ eventtype: filled }) })
/** The platform may leave out an empty list. */
const OptionIds = optional(z.looseObject({ option_id: z.array(z.string()).default([]) }))
const SelectedItem = z.looseObject({ question_key: filled, option_ids: OptionIds })
const SelectedItems = optional(z.looseObject({ selected_item: z.array(SelectedItem).default([]) }))
const Tap = z.looseObject({
  event: z.looseObject({
    template_card_event: z.looseObject({ event_key: filled, task_id: filled, selected_items: SelectedItems }),
  }),
})

/** The type of an event, whatever else the body holds, or undefined if it is none. */
export const eventTypeOf = (body: unknown): string | undefined => Event.safeParse(body).data?.event.eventtype

/**
 * Reads the plain JSON of a callback. `account` is the userid as the platform wrote it; it may be encrypted.
 * `reqId` is the frame's id if the callback came by the long connection. There, answers to messages have time; only the others must use the
 * callback's own answer.
 */
export function readCallback(
  body: unknown,
  { now = Date.now(), reqId }: { now?: number; reqId?: string } = {},
): Callback {
  const read = Head.safeParse(body)
  if (!read.success) return Senderless.safeParse(body).success ? { ignored: 'no sender' } : 'malformed'
  if (read.data.chattype === 'group' && read.data.chatid === undefined) return 'malformed'
  const head = read.data
  if (head.msgtype === 'stream') {
    const stream = Messages.stream.safeParse(body)
    return stream.success ? { stream: stream.data.stream.id } : 'malformed'
  }
  if (head.msgtype === 'event') return readEvent(body, head, now)
  const inbound = inboundOf(head, saidOf(body, head), {
    ...waysBack(head, now),
    wrote: true,
    ...(reqId === undefined ? {} : { reqId }),
  })
  return { slot: 'message', inbound: reqId === undefined ? { ...inbound, answerInPlace: true } : inbound }
}

function readEvent(body: unknown, head: Head, now: number): Callback {
  const type = eventTypeOf(body)
  if (type === undefined) return 'malformed'
  if (type === 'enter_chat') {
    const inbound = inboundOf(head, { kind: 'opened' }, waysBack(head, now))
    return { slot: 'welcome', inbound: { ...inbound, answerInPlace: true } }
  }
  // Feedback on an answer, and events that we do not know: nobody spoke.
  if (type !== 'template_card_event') return { ignored: type === 'feedback_event' ? 'feedback' : 'no conversation' }
  const tap = Tap.safeParse(body)
  if (!tap.success) return 'malformed'
  const { event_key: button, task_id: taskId, selected_items: selected } = tap.data.event.template_card_event
  const picked = Object.fromEntries(
    (selected?.selected_item ?? []).map((item) => [item.question_key, item.option_ids?.option_id ?? []]),
  )
  const inbound = inboundOf(head, { kind: 'tap', button, picked }, { ...waysBack(head, now), wrote: true, taskId })
  return { slot: 'tap', inbound: { ...inbound, answerInPlace: true } }
}

function inboundOf(head: Head, what: Said, handle: ReplyHandle): Inbound {
  return {
    channel: 'aibot',
    account: head.from.userid,
    once: head.msgid,
    ...(head.chattype === 'group' && head.chatid !== undefined ? { group: head.chatid } : {}),
    handle,
    what,
  }
}

/** The ways to answer: the chat of the message, and in URL mode the address for one message. */
function waysBack({ chattype, chatid, from, response_url: responseUrl }: Head, now: number): ReplyHandle {
  const inGroup = chattype === 'group' && chatid !== undefined
  return {
    chat: inGroup ? chatid : from.userid,
    inGroup,
    ...(responseUrl === undefined ? {} : { responseUrl, until: now + responseUrlMs }),
  }
}

function saidOf(body: unknown, { msgtype }: Head): Said {
  const typed = (text: string): Said => ({ kind: 'text', text })
  if (msgtype === 'text') {
    const read = Messages.text.safeParse(body)
    return read.success ? typed(read.data.text.content) : { kind: 'unreadable', what: 'text' }
  }
  if (msgtype === 'voice') {
    const content = Messages.voice.safeParse(body).data?.voice.content ?? ''
    return content.trim() === '' ? { kind: 'unreadable', what: 'voice' } : typed(content)
  }
  if (msgtype === 'mixed') {
    const items = Messages.mixed.safeParse(body).data?.mixed.msg_item ?? []
    const words = typed(items.flatMap(({ text }) => text?.content ?? []).join('\n'))
    return words.kind === 'text' && words.text.trim() !== '' ? words : { kind: 'unreadable', what: 'image' }
  }
  if (msgtype === 'file') {
    const read = Messages.file.safeParse(body)
    if (!read.success) return { kind: 'unreadable', what: 'file' }
    const { url, aeskey } = read.data.file
    return { kind: 'file', name: '', token: JSON.stringify({ url, ...(aeskey ? { aeskey } : {}) }) }
  }
  return { kind: 'unreadable', what: msgtype }
}
