import { z } from 'zod'
import { Refusal } from '../../../../src/platforms/simulator/api-call.ts'
import type { ChatId } from '../../../../src/platforms/simulator/chats.ts'
import type { EmulatedAibot } from './emulated-aibot.ts'
import { type CallbackBody, chatOf } from './emulated-callbacks.ts'
import { type Kind, readReply, readUpdate } from './emulated-replies.ts'
import { Uploads } from './emulated-uploads.ts'

type Callback = {
  chat: ChatId
  at: number
  kind: 'message' | 'tap' | 'welcome' | 'other'
  taskId: string
  stream?: string
  replied: number
}
const Push = z.looseObject({ chatid: z.string().min(1), chat_type: z.literal([0, 1, 2]).exactOptional() })
const Event = z.looseObject({
  event: z.looseObject({
    eventtype: z.string(),
    template_card_event: z.looseObject({ task_id: z.string() }).exactOptional(),
  }),
})

const later: readonly Kind[] = ['stream', 'stream_with_template_card', 'template_card', 'markdown', 'file']
const pushes: readonly Kind[] = ['markdown', 'template_card', 'file']
const hour = 3_600_000

/** Handles the bot's frames as the gateway does (wecom.md §15): answers by req_id, pushes, uploads, and their limits. */
export class Commands {
  readonly #aibot: EmulatedAibot
  readonly #life: () => number
  readonly #uploads: Uploads
  readonly #callbacks = new Map<string, Callback>()
  readonly #sent = new Map<ChatId, number[]>()
  /** The most answers to one message. A stream counts as one. */
  repliesPerMessage = 1
  /** Chats from which the bot was removed. */
  readonly closed = new Set<string>()

  constructor(aibot: EmulatedAibot, life: () => number) {
    this.#aibot = aibot
    this.#life = life
    this.#uploads = new Uploads(aibot.screen.files, life)
  }

  /** Notes that a callback went out under this id. */
  delivered(reqId: string, body: CallbackBody): void {
    const event = Event.safeParse(body).data?.event
    const kinds: { [eventtype: string]: Callback['kind'] } = { template_card_event: 'tap', enter_chat: 'welcome' }
    const kind = event ? (kinds[event.eventtype] ?? 'other') : 'message'
    const taskId = event?.template_card_event?.task_id ?? ''
    this.#callbacks.set(reqId, {
      chat: chatOf(this.#aibot.callbacks, body),
      at: this.#life(),
      kind,
      taskId,
      replied: 0,
    })
  }

  /** Carries out one frame. Returns the body of its answer. Throws Refusal. */
  take(cmd: string, reqId: string, body: unknown): object | undefined {
    if (cmd.startsWith('aibot_upload_media_')) return this.#uploads.take(cmd, body)
    if (cmd === 'aibot_send_msg') return this.#push(body)
    if (cmd === 'aibot_respond_msg') return this.#reply(this.#callback(reqId, ['message']), body)
    if (cmd === 'aibot_respond_welcome_msg') return this.#welcome(this.#callback(reqId, ['welcome']), body)
    if (cmd === 'aibot_respond_update_msg') return this.#update(this.#callback(reqId, ['tap']), body)
    throw new Refusal(40008, `unknown command ${cmd}`)
  }

  #callback(reqId: string, kinds: readonly Callback['kind'][]): Callback {
    const callback = this.#callbacks.get(reqId)
    if (!callback) throw new Refusal(846605, 'unknown req_id', { blame: false })
    if (!kinds.includes(callback.kind)) throw new Refusal(846605, `this answers no ${callback.kind}`)
    return callback
  }

  #reply(callback: Callback, body: unknown): undefined {
    const age = this.#life() - callback.at
    const reply = readReply(body, later)
    if (age > 24 * hour) throw new Refusal(846604, 'a day old', { blame: false })
    const grows = reply.stream !== undefined && callback.stream === reply.stream.id
    if (!grows && callback.replied >= this.repliesPerMessage) throw new Refusal(846606, 'replied', { blame: false })
    if (grows && age > 6 * 60_000) throw new Refusal(846608, 'the stream is too old', { blame: false })
    this.#count(callback.chat)
    this.#aibot.screen.show(callback.chat, reply)
    if (!grows) callback.replied++
    if (reply.stream) callback.stream = reply.stream.id
  }

  #welcome(callback: Callback, body: unknown): undefined {
    this.#once(callback)
    this.#aibot.screen.show(callback.chat, readReply(body, ['text', 'template_card']))
  }

  #update(callback: Callback, body: unknown): undefined {
    this.#once(callback)
    this.#aibot.screen.change(callback.taskId, readUpdate(body, callback.taskId).card)
  }

  #once(callback: Callback): void {
    if (this.#life() - callback.at > 5_000) throw new Refusal(846604, 'over five seconds', { blame: false })
    if (callback.replied > 0) throw new Refusal(846606, 'replied', { blame: false })
    this.#count(callback.chat)
    callback.replied++
  }

  #push(body: unknown): undefined {
    const read = Push.safeParse(body)
    if (!read.success) throw new Refusal(93006, 'chatid')
    const { chatid, chat_type: type = 0, ...message } = read.data
    const reply = readReply(message, pushes)
    const { callbacks, used } = this.#aibot
    const group = type === 1 ? undefined : callbacks.chatOf(chatid, true)
    const person = type === 2 ? undefined : callbacks.chatOf(chatid, false)
    const chat = [group, person].find((one) => one !== undefined && used.has(one))
    if (this.closed.has(chatid)) throw new Refusal(type === 2 ? 93008 : 93006, 'closed', { blame: false })
    if (!chat) throw new Refusal(type === 2 ? 93006 : 846607, 'nobody wrote to the bot there', { blame: false })
    this.#count(chat)
    this.#aibot.screen.show(chat, reply)
  }

  /** Counts answers and pushes to one chat together. Refused ones do not count. */
  #count(chat: ChatId): void {
    const now = this.#life()
    const sent = (this.#sent.get(chat) ?? []).filter((at) => now - at < hour)
    if (sent.filter((at) => now - at < 60_000).length >= 30 || sent.length >= 1000)
      throw new Refusal(846607, 'over 30 a minute or 1000 an hour')
    this.#sent.set(chat, [...sent, now])
  }
}
