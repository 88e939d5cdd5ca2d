import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Inbound, ReplyHandle, Said } from '../../bot/messages/message.ts'
import { isMeantFor, submitted } from './form-card.ts'
import type { DingtalkSettings } from './settings.ts'

const Content = z.looseObject({
  recognition: z.string().exactOptional(),
  downloadCode: z.string().exactOptional(),
  fileName: z.string().exactOptional(),
  richText: z
    .array(z.looseObject({ type: z.string().exactOptional(), text: z.string().exactOptional() }))
    .exactOptional(),
})
const RobotMessage = z.looseObject({
  msgId: z.string().min(1),
  msgtype: z.string(),
  conversationType: z.enum(['1', '2']),
  conversationId: z.string().min(1),
  conversationTitle: z.string().exactOptional(),
  senderId: z.string().min(1),
  senderStaffId: z.string().nullish(),
  sessionWebhook: z.string().nullish(),
  sessionWebhookExpiredTime: z.coerce.number().nullish(),
  text: z.looseObject({ content: z.string() }).nullish(),
  content: Content.nullish(),
  /** Both spellings are documented. */
  errorCode: z.coerce.number().nullish(),
  errCode: z.coerce.number().nullish(),
})
type RobotMessage = z.infer<typeof RobotMessage>

/**
 * A robot message as it is pushed (body of HTTP, data of a Stream frame). Undefined: it is none. People outside the organisation, and
 * everybody before the app is published, have no staff id; they are known by their encrypted id, which no roster holds.
 */
export function readRobotMessage(data: unknown, settings: DingtalkSettings): Inbound | undefined {
  const read = RobotMessage.safeParse(data)
  if (!read.success) return undefined
  const message = read.data
  const inGroup = message.conversationType === '2'
  const handle = handleOf(message, inGroup, settings)
  return {
    channel: 'dingtalk',
    account: message.senderStaffId || message.senderId,
    once: message.msgId,
    ...(inGroup ? { group: message.conversationId } : {}),
    ...(inGroup && message.conversationTitle ? { groupName: message.conversationTitle } : {}),
    ...(handle ? { handle } : {}),
    what: saidOf(message, inGroup),
  }
}

/** How to answer where it was said. A webhook that is not DingTalk's is not used: the signature does not cover the body. */
function handleOf(message: RobotMessage, inGroup: boolean, { oapiBase }: DingtalkSettings): ReplyHandle | undefined {
  const { sessionWebhook, sessionWebhookExpiredTime: until } = message
  const origin = sessionWebhook && URL.canParse(sessionWebhook) ? new URL(sessionWebhook).origin : undefined
  const usable = sessionWebhook && until && origin === new URL(oapiBase).origin
  const handle = {
    ...(usable ? { sessionWebhook, until } : {}),
    ...(inGroup ? { group: message.conversationId } : {}),
  }
  return Object.keys(handle).length > 0 ? handle : undefined
}

function saidOf(message: RobotMessage, inGroup: boolean): Said {
  const { msgtype, text, content } = message
  if ((message.errorCode ?? message.errCode) === 20001) return { kind: 'over-quota' }
  if (msgtype === 'text' && text) return { kind: 'text', text: text.content.trim() }
  if (msgtype === 'richText' && content?.richText) {
    const typed = richTextOf(content.richText, inGroup)
    return typed ? { kind: 'text', text: typed } : { kind: 'unreadable', what: 'picture' }
  }
  if (msgtype === 'audio' && content?.recognition?.trim()) return { kind: 'text', text: content.recognition.trim() }
  if (msgtype === 'file' && content?.downloadCode)
    return { kind: 'file', name: content.fileName ?? '', token: content.downloadCode }
  return { kind: 'unreadable', what: msgtype }
}

/** The words of a text with pictures. In a group the first item may be the mention of the robot. */
function richTextOf(items: readonly { type?: string; text?: string }[], inGroup: boolean): string {
  const words = items
    .filter((item) => item.type === undefined || item.type === 'text')
    .flatMap((item) => (item.text === undefined ? [] : [item.text]))
  if (inGroup && /^\s*@\S+\s*$/.test(words[0] ?? '')) words.shift()
  return words.join('').trim()
}

const CardAction = z.looseObject({
  outTrackId: z.string().min(1),
  userId: z.string().min(1),
  /** The same JSON text; some captures have only one of the two. */
  content: z.string().exactOptional(),
  value: z.string().exactOptional(),
})

/** A submit of one of our form cards; or why it is nothing to act on. */
export type CardAction = { inbound: Inbound } | { ignored: string }

/**
 * A card callback. Undefined: it is none. Its identity is its content: a double tap, a second device or a repeat say the same of the
 * same card, and that counts once.
 */
export function readCardAction(data: unknown, settings: DingtalkSettings): CardAction | undefined {
  const read = CardAction.safeParse(data)
  const content = read.success ? (parsed(read.data.content) ?? parsed(read.data.value)) : undefined
  if (!read.success || content === undefined) return undefined
  const { outTrackId, userId } = read.data
  const form = submitted(content)
  if (!form) return { ignored: 'a card action that is no submit of a form' }
  if (!isMeantFor(settings, outTrackId, userId, form.button))
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
