import { z } from 'zod'
import { asText } from '../../bot/messages/card-text.ts'
import type { Channel, Log, Outcome, Pace, Parcel, RenderedFile, Request } from '../../bot/messages/channel.ts'
import type { Message } from '../../bot/messages/message.ts'
import { type Answer, outcomeOf } from './answers.ts'
import type { DingtalkClient } from './client.ts'
import { cardBodies, isForm } from './form-card.ts'
import { FormDelivery } from './form-delivery.ts'
import { type DingtalkSettings, hasForms } from './settings.ts'
import { splitText } from './split-text.ts'

export type ChannelParts = { settings: DingtalkSettings; client: DingtalkClient; log: Log }

/** The most accounts in one `at` (dingtalk.md §6.5). */
const mostMentioned = 50
/** A card has its own id and a message by webhook has `msgUuid`, so DingTalk recognises a repeat at any time. */
const arrivesOnce = Number.POSITIVE_INFINITY
/** We no longer use a session in the last moments of its life. */
const sessionMarginMs = 5_000

const Handle = z.object({
  sessionWebhook: z.string().exactOptional(),
  until: z.number().exactOptional(),
  group: z.string().exactOptional(),
})
const Sent = z.object({
  invalidStaffIdList: z.array(z.string()).nullish(),
  flowControlledStaffIdList: z.array(z.string()).nullish(),
})
const isConversation = (key: string): boolean => key.startsWith('cid')

/** DingTalk's app robot as a channel. It sends text and files, and also forms if a card template is configured. */
export function dingtalkChannel(parts: ChannelParts): Channel {
  return new DingtalkChannel(parts)
}

class DingtalkChannel implements Channel {
  readonly name = 'dingtalk'
  readonly can
  readonly #parts: ChannelParts
  readonly #forms: FormDelivery

  constructor(parts: ChannelParts) {
    this.#parts = parts
    this.can = { cards: false, forms: hasForms(parts.settings), files: true, push: true }
    const say = async (parcel: Parcel, text: string): Promise<Outcome> => {
      for (const piece of splitText(text)) {
        const outcome = await this.#say(parcel, contentOf(piece))
        if (outcome.kind !== 'sent') return outcome
      }
      return { kind: 'sent' }
    }
    this.#forms = new FormDelivery({ ...parts, say })
  }

  requests(parcel: Parcel): Request[] {
    const { message, to } = parcel
    if (message.kind === 'file')
      return [{ call: 'file', body: '{}', file: { name: message.order.document, order: message.order } }]
    if (message.kind === 'card' && isForm(message.card) && this.can.forms && 'account' in to)
      return cardBodies(this.#parts.settings, parcel, { card: message.card, cards: 1 }).map((body) => ({
        call: 'form',
        body,
        arrivesOnce,
      }))
    const pieces = splitText(message.kind === 'text' ? message.text : asText(message.card).text)
    if ('group' in to && !isConversation(to.group.key)) return webhookBodies(parcel.id, pieces, message)
    return pieces.map((piece) => ({ call: 'text', body: contentOf(piece) }))
  }

  paces(parcel: Parcel): Pace[] {
    const { message, to } = parcel
    const perSecond = (api: string): Pace => ({ bucket: `dingtalk ${api}`, count: 15, ms: 1000 })
    if ('group' in to && !isConversation(to.group.key))
      return [{ bucket: `dingtalk webhook ${to.group.key}`, count: 20, ms: 61_000 }]
    if (message.kind === 'file') return [perSecond('upload'), perSecond('send')]
    return [perSecond(message.kind === 'card' ? 'card' : sessionOf(parcel) === undefined ? 'send' : 'session')]
  }

  async send(request: Request, parcel: Parcel, file?: RenderedFile): Promise<Outcome> {
    const { message } = parcel
    if (request.call === 'form' && message.kind === 'card' && isForm(message.card))
      return this.#forms.send(request.body, parcel, message.card)
    if (request.call === 'webhook') return this.#toWebhook(request.body, parcel)
    if (request.call === 'file') return this.#file(parcel, file)
    return this.#say(parcel, request.body)
  }

  /** Sends one text by the session in which the person asked while that session lives, otherwise by the API. */
  async #say(parcel: Parcel, content: string): Promise<Outcome> {
    const session = sessionOf(parcel)
    if (session !== undefined) {
      const answer = await this.#parts.client.toSession(session, `{"msgtype":"text","text":${content}}`)
      if (answer.kind === 'ok') return { kind: 'sent' }
      const outcome = outcomeOf(answer)
      if (outcome.kind === 'again') return outcome
    }
    return this.#byApi(parcel, 'sampleText', content)
  }

  async #byApi(parcel: Parcel, msgKey: string, msgParam: string): Promise<Outcome> {
    const { client, settings } = this.#parts
    const { to } = parcel
    const robotCode = settings.clientId
    const group = 'group' in to ? to.group.key : Handle.parse(parcel.handle ?? {}).group
    if (group !== undefined) {
      const body = JSON.stringify({ robotCode, openConversationId: group, msgKey, msgParam })
      return sentOr(await client.call('/v1.0/robot/groupMessages/send', body))
    }
    if (!('account' in to) || to.account.startsWith('$:')) return { kind: 'unreachable', code: 'no-staff-id' }
    const body = JSON.stringify({ robotCode, userIds: [to.account], msgKey, msgParam })
    const answer = await client.call('/v1.0/robot/oToMessages/batchSend', body)
    return answer.kind === 'ok' ? outcomeOfBatch(answer.body) : outcomeOf(answer)
  }

  async #toWebhook(body: string, { to }: Parcel): Promise<Outcome> {
    if (!('group' in to) || to.group.key === '') return { kind: 'unreachable', code: 'no-webhook' }
    const outcome = sentOr(await this.#parts.client.toWebhook(to.group.key, to.group.secret, body))
    if (outcome.kind === 'unreachable' || outcome.kind === 'refused')
      this.#parts.log.error(
        { channel: 'dingtalk', code: outcome.code },
        '一个钉钉群收不到消息，请核对名册“群”中的标识和加签密钥',
      )
    return outcome
  }

  async #file(parcel: Parcel, file: RenderedFile | undefined): Promise<Outcome> {
    if (!file) return { kind: 'refused', code: 'no-file' }
    if ('group' in parcel.to && !isConversation(parcel.to.group.key))
      return { kind: 'refused', code: 'no-file-by-webhook' }
    const uploaded = await this.#parts.client.upload(file)
    if ('kind' in uploaded) return outcomeOf(uploaded)
    const fileType = file.name.split('.').at(-1) ?? ''
    const param = JSON.stringify({ mediaId: uploaded.mediaId, fileName: file.name, fileType })
    return this.#byApi(parcel, 'sampleFile', param)
  }
}

const contentOf = (text: string): string => JSON.stringify({ content: text })
const sentOr = (answer: Answer): Outcome => (answer.kind === 'ok' ? { kind: 'sent' } : outcomeOf(answer))

/** The webhook of the session in which the person asked, while that session lives. */
function sessionOf({ handle }: Parcel): string | undefined {
  const { sessionWebhook, until = 0 } = Handle.parse(handle ?? {})
  return Date.now() < until - sessionMarginMs ? sessionWebhook : undefined
}

/** HTTP 200 does not mean that a message arrived: two lists in the answer name the receivers who were left out. */
function outcomeOfBatch(body: unknown): Outcome {
  const { invalidStaffIdList: unknown, flowControlledStaffIdList: throttled } = Sent.safeParse(body).data ?? {}
  if (unknown?.length) return { kind: 'unreachable', code: 'invalidStaffId' }
  if (throttled?.length) return { kind: 'again', ms: 1000, ambiguous: false, code: 'flowControlled' }
  return { kind: 'sent' }
}

/**
 * The texts for a group's webhook. The text repeats the mentions, because DingTalk highlights nobody without that. `msgUuid` makes a repeat
 * harmless.
 */
function webhookBodies(id: string, pieces: readonly string[], message: Message): Request[] {
  const mentioned = message.kind === 'text' ? (message.mention ?? []) : []
  const groups = Array.from({ length: Math.ceil(mentioned.length / mostMentioned) }, (_, i) =>
    mentioned.slice(i * mostMentioned, (i + 1) * mostMentioned),
  )
  const names = (accounts: readonly string[]): string => accounts.map((account) => `@${account}`).join(' ')
  const [first = [], ...more] = groups
  const texts: { text: string; at: string[] }[] = [
    ...pieces.slice(0, -1).map((text) => ({ text, at: [] })),
    { text: [pieces.at(-1) ?? '', names(first)].filter(Boolean).join('\n'), at: first },
    ...more.map((at) => ({ text: names(at), at })),
  ]
  return texts.map(({ text, at }, i) => ({
    call: 'webhook',
    body: JSON.stringify({
      msgtype: 'text',
      text: { content: text },
      ...(at.length > 0 ? { at: { atUserIds: at, isAtAll: false } } : {}),
      msgUuid: `${id}-${i}`,
    }),
    arrivesOnce,
  }))
}
