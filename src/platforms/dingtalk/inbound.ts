import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Inbound, ReplyHandle, Said } from '../../bot/messages/message.ts'
import { isMeantFor, submitted } from './form-card.ts'
import type { DingtalkSettings } from './settings.ts'

/** A part that we can do without. If its form is not the documented one, we treat it as missing. */
const optional = <T>(schema: z.ZodType<T>) => schema.optional().catch(undefined)
const text = optional(z.string())

const RichItem = z.looseObject({ type: text, text })
const Content = z.looseObject({
  recognition: text,
  downloadCode: text,
  fileName: text,
  richText: optional(z.array(RichItem.catch({ type: undefined, text: undefined }))),
})
const RobotMessage = z.looseObject({
  msgId: z.string().min(1),
  msgtype: z.string(),
  /** Only a group states its type; everything else is a single chat. */
  conversationType: z.coerce.string().catch('1'),
  conversationId: text,
  conversationTitle: text,
  senderId: text,
  senderStaffId: text,
  sessionWebhook: text,
  sessionWebhookExpiredTime: optional(z.coerce.number()),
  text: optional(z.looseObject({ content: text })),
  content: optional(Content),
  /** DingTalk documents both spellings. */
  errorCode: optional(z.coerce.number()),
  errCode: optional(z.coerce.number()),
})
type RobotMessage = z.infer<typeof RobotMessage>

/**
 * Reads a robot message (the body of an HTTP request, the data of a Stream frame). Undefined if it is none.
 * People outside the organisation have no staff id, and before the app is published nobody has one. We know them by their encrypted id,
 * which no roster holds.
 */
export function readRobotMessage(data: unknown, settings: DingtalkSettings): Inbound | undefined {
  const read = RobotMessage.safeParse(data)
  if (!read.success) return undefined
  const message = read.data
  const account = message.senderStaffId || message.senderId
  const group = message.conversationType === '2' ? message.conversationId : undefined
  if (!account || (message.conversationType === '2' && !group)) return undefined
  const handle = handleOf(message, group, settings)
  return {
    channel: 'dingtalk',
    account,
    once: message.msgId,
    ...(group ? { group } : {}),
    ...(group && message.conversationTitle ? { groupName: message.conversationTitle } : {}),
    ...(handle ? { handle } : {}),
    what: saidOf(message),
  }
}

/**
 * The way to answer in the same chat. We use a webhook only if its address is DingTalk's, because the signature does not cover the body.
 */
function handleOf(
  message: RobotMessage,
  group: string | undefined,
  { oapiBase }: DingtalkSettings,
): ReplyHandle | undefined {
  const { sessionWebhook, sessionWebhookExpiredTime: until } = message
  const origin = sessionWebhook && URL.canParse(sessionWebhook) ? new URL(sessionWebhook).origin : undefined
  const usable = sessionWebhook && until && origin === new URL(oapiBase).origin
  const handle = {
    ...(usable ? { sessionWebhook, until } : {}),
    ...(group ? { group } : {}),
  }
  return Object.keys(handle).length > 0 ? handle : undefined
}

function saidOf(message: RobotMessage): Said {
  const { msgtype, text, content } = message
  if ((message.errorCode ?? message.errCode) === 20001) return { kind: 'over-quota' }
  if (msgtype === 'text' && text?.content !== undefined) return { kind: 'text', text: text.content.trim() }
  if (msgtype === 'richText' && content?.richText) {
    const typed = richTextOf(content.richText)
    return typed ? { kind: 'text', text: typed } : { kind: 'unreadable', what: 'picture' }
  }
  if (msgtype === 'audio' && content?.recognition?.trim()) return { kind: 'text', text: content.recognition.trim() }
  if (msgtype === 'file' && content?.downloadCode)
    return { kind: 'file', name: content.fileName ?? '', token: content.downloadCode }
  return { kind: 'unreadable', what: msgtype }
}

/** The words of a text with pictures. A mention is an item of its own, or stands before the words in the same item. */
function richTextOf(items: readonly z.infer<typeof RichItem>[]): string {
  const words = items.flatMap(({ type = 'text', text = '' }) => (type === 'text' ? [text] : []))
  return words
    .map((text) => (text.trimStart().startsWith('@') ? `${text} ` : text))
    .join('')
    .trim()
}

const CardAction = z.looseObject({
  outTrackId: z.string().min(1),
  userId: z.string().min(1),
  /** Both fields hold the same JSON text, but some captured callbacks have only one of them. */
  content: text,
  value: text,
})

/** A submit of one of our form cards, or the reason why the callback is ignored. */
export type CardAction = { inbound: Inbound } | { ignored: string }

/**
 * Reads a card callback. Undefined if it is none. Its content is its identity: a double tap, a second device and a repeat send the same
 * content for the same card, and that counts once.
 */
export function readCardAction(data: unknown, settings: DingtalkSettings): CardAction | undefined {
  const read = CardAction.safeParse(data)
  const content = read.success ? (parsed(read.data.content) ?? parsed(read.data.value)) : undefined
  if (!read.success || content === undefined) return undefined
  const { outTrackId, userId } = read.data
  const form = submitted(content)
  if (!form) return { ignored: 'a card action that is no submit of a form' }
  if (!isMeantFor(settings, outTrackId, { account: userId, button: form.button }))
    return { ignored: 'a card was submitted by somebody it is not meant for, or is none of ours' }
  const sorted = Object.entries(form.values).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    inbound: {
      channel: 'dingtalk',
      account: userId,
      once: createHash('sha256')
        .update(JSON.stringify([form.button, sorted]))
        .digest('base64url'),
      lastOf: outTrackId,
      answerInPlace: true,
      what: { kind: 'form', card: outTrackId, ...form },
    },
  }
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
