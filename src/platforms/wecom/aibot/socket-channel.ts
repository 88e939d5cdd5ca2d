import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Channel, Outcome, Pace, Parcel, RenderedFile, Request } from '../../../bot/messages/channel.ts'
import type { Can } from '../../../bot/messages/message.ts'
import { splitText } from '../texts.ts'
import type { Accounts } from './accounts.ts'
import { answeredAlready, cannotBeAnswered, notSubscribed, outcomeOf } from './codes.ts'
import type { Ack } from './frames.ts'
import type { LongConnection } from './long-connection.ts'
import { chatPaces, uploadPaces } from './paces.ts'
import { inWords, longestContent, markdown, newCard, templateCard } from './replies.ts'

const Handle = z.object({
  chat: z.string().exactOptional(),
  inGroup: z.boolean().exactOptional(),
  reqId: z.string().exactOptional(),
  wrote: z.boolean().exactOptional(),
})
const Begun = z.object({ upload_id: z.string().min(1) })
const Uploaded = z.object({ media_id: z.string().min(1) })
/** The size of a piece before Base64 (P-101463). Files have more than 5 bytes and at most 20 MiB, as elsewhere. */
const chunkBytes = 512 * 1024
const fileBytes = { more: 5, most: 20 * 1024 * 1024 }

/** 智能机器人 by long connection. It can also send files, and push to everybody who has written to it. */
export class AibotSocketChannel implements Channel {
  readonly name = 'aibot'
  readonly can: Can = { cards: true, forms: false, files: true, push: 'after-word' }
  readonly #connection: LongConnection
  readonly #accounts: Accounts
  /**
   * Answers without a confirmation, by the id of what they answer. If the gateway says later that it was answered already, they arrived.
   */
  readonly #uncertain = new Map<string, string>()

  constructor(connection: LongConnection, accounts: Accounts) {
    this.#connection = connection
    this.#accounts = accounts
  }

  ready(): boolean {
    return this.#connection.connected || this.#connection.refused !== undefined
  }

  requests({ id, message }: Parcel): Request[] {
    if (message.kind === 'file') {
      const { order } = message
      return [{ call: 'file', body: '{"msgtype":"file"}', file: { name: order.document, order } }]
    }
    const { text, template } = message.kind === 'card' ? newCard(message.card, id) : { text: inWords(message) }
    const bodies = [...splitText(text, longestContent).map(markdown), ...(template ? [templateCard(template)] : [])]
    return bodies.map((body) => ({ call: 'message', body: JSON.stringify(body) }))
  }

  paces(parcel: Parcel): Pace[] {
    return parcel.message.kind === 'file' ? [...chatPaces(parcel), ...uploadPaces()] : chatPaces(parcel)
  }

  async send(request: Request, parcel: Parcel, file?: RenderedFile): Promise<Outcome> {
    const { refused } = this.#connection
    if (refused) return { kind: 'configuration', ...refused }
    const body = request.file ? await this.#withFile(request.body, file) : request.body
    if (typeof body !== 'string') return body
    const { reqId, wrote = false, ...handle } = Handle.parse(parcel.handle ?? {})
    const answered = reqId === undefined ? undefined : await this.#answer(reqId, body)
    if (answered) return this.#outcome(answered, true)
    const chat = await this.#chatOf(parcel, handle)
    if (chat === undefined) return { kind: 'unreachable', code: 'no-chat' }
    return this.#outcome(await this.#connection.ask('aibot_send_msg', addressed(body, chat)), wrote)
  }

  /** Answers a message. Undefined if it cannot be answered any more, or not a second time. */
  async #answer(reqId: string, body: string): Promise<Ack | undefined> {
    const ack = await this.#connection.ask('aibot_respond_msg', body, reqId)
    const before = this.#uncertain.get(reqId)
    if (ack.kind === 'lost') {
      if (ack.ambiguous) this.#uncertain.set(reqId, body)
      return ack
    }
    this.#uncertain.delete(reqId)
    if (ack.errcode === answeredAlready && before === body) return { ...ack, errcode: 0 }
    return cannotBeAnswered.has(ack.errcode) ? undefined : ack
  }

  async #chatOf(
    { to }: Parcel,
    { chat, inGroup = false }: Pick<z.infer<typeof Handle>, 'chat' | 'inGroup'>,
  ): Promise<Chat | undefined> {
    if ('group' in to) return to.group.key === '' ? undefined : { id: to.group.key, inGroup: true }
    return { id: chat ?? (await this.#accounts.chatOf(to.account)), inGroup }
  }

  #outcome(ack: Ack, wrote: boolean): Outcome {
    if (ack.kind === 'lost')
      return { kind: 'again', ms: 1000, ambiguous: ack.ambiguous, unanswered: ack.ambiguous, code: ack.code }
    if (ack.errcode === notSubscribed) this.#connection.renew()
    return outcomeOf(ack.errcode, wrote)
  }

  /** Uploads a file for this one message, piece by piece (P-101463). */
  async #withFile(body: string, file: RenderedFile | undefined): Promise<string | Outcome> {
    if (!file) return { kind: 'refused', code: 'no-file' }
    const { name: filename, data } = file
    if (data.length <= fileBytes.more || data.length > fileBytes.most) return { kind: 'refused', code: 'file-size' }
    const chunks = Math.ceil(data.length / chunkBytes)
    const md5 = createHash('md5').update(data).digest('hex')
    const order = { type: 'file', filename, total_size: data.length, total_chunks: chunks, md5 }
    const begun = await this.#step('init', order)
    const uploadId = begun.kind === 'ack' ? Begun.safeParse(begun.body).data?.upload_id : undefined
    if (uploadId === undefined) return this.#uploadFailed(begun)
    for (let i = 0; i < chunks; i++) {
      const piece = Buffer.from(data.subarray(i * chunkBytes, (i + 1) * chunkBytes)).toString('base64')
      const sent = await this.#step('chunk', { upload_id: uploadId, chunk_index: i, base64_data: piece })
      if (sent.kind === 'lost' || sent.errcode !== 0) return this.#uploadFailed(sent)
    }
    const finished = await this.#step('finish', { upload_id: uploadId })
    const mediaId = finished.kind === 'ack' ? Uploaded.safeParse(finished.body).data?.media_id : undefined
    if (mediaId === undefined) return this.#uploadFailed(finished)
    return `${body.slice(0, -1)},"file":${JSON.stringify({ media_id: mediaId })}}`
  }

  #step(step: 'init' | 'chunk' | 'finish', body: object): Promise<Ack> {
    return this.#connection.ask(`aibot_upload_media_${step}`, JSON.stringify(body))
  }

  /** No message was sent yet, so the result is not ambiguous. */
  #uploadFailed(ack: Ack): Outcome {
    const outcome = this.#outcome(ack, true)
    if (outcome.kind === 'again') return { ...outcome, ambiguous: false, unanswered: false }
    return outcome.kind === 'sent' ? { kind: 'refused', code: 'unexpected-answer' } : outcome
  }
}

type Chat = { id: string; inGroup: boolean }
const addressed = (body: string, { id, inGroup }: Chat): string =>
  `${JSON.stringify({ chatid: id, chat_type: inGroup ? 2 : 1 }).slice(0, -1)},${body.slice(1)}`
