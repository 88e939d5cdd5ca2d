import { buttonsOf, cannotPick, preset } from '../../../../src/platforms/simulator/card-reading.ts'
import {
  type ChatId,
  type ChatMessage,
  type Chats,
  groupChat,
  personChat,
} from '../../../../src/platforms/simulator/chats.ts'
import { type CallbackBody, Callbacks } from './emulated-callbacks.ts'
import type { ServedFiles } from './emulated-files.ts'
import { Screen, type SentFile } from './emulated-screen.ts'

/** Brings a callback to the bot. `status` 200 means that the bot took it, 0 that nobody was there. */
export type Carry = (body: CallbackBody) => Promise<{ status: number }>
export type Taken = { status: number }
type Place = { group?: string }

/** A person or a group with 智能机器人: what people do, and what they see of the bot. Both ways of connecting use it. */
export class EmulatedAibot {
  readonly screen = new Screen()
  readonly callbacks: Callbacks
  /** Breaches of the rules, one line each, without texts and secrets. */
  readonly violations: string[] = []
  /** The chats in which people wrote to the bot; only there may it write first. */
  readonly used = new Set<ChatId>()
  readonly #carry: Carry
  readonly #files: ServedFiles
  readonly #name = '党建助手'

  constructor({ carry, files, hidden = false }: { carry: Carry; files: ServedFiles; hidden?: boolean }) {
    this.#carry = carry
    this.#files = files
    this.callbacks = new Callbacks({ hidden })
  }

  get chats(): Chats {
    return this.screen.chats
  }
  chatOf(account: string): readonly ChatMessage[] {
    return this.chats.of(personChat(account))
  }
  groupChat(chatid: string): readonly ChatMessage[] {
    return this.chats.of(groupChat(chatid))
  }
  /** A file that the bot sent. */
  file(id: string): SentFile | undefined {
    return this.screen.files.get(id)
  }

  /** In a group people call the bot by its name, which stands before the text. */
  says(account: string, text: string, { group }: Place = {}): Promise<Taken> {
    const content = group === undefined ? text : `@${this.#name} ${text}`
    return this.#writes(account, 'text', { text: { content } }, content, group)
  }
  /** A voice message, which the platform has turned into text. */
  speaks(account: string, content: string): Promise<Taken> {
    return this.#writes(account, 'voice', { voice: { content } }, content)
  }
  async sends(
    account: string,
    name: string,
    data: Uint8Array,
    kind: 'file' | 'image' | 'video' = 'file',
  ): Promise<Taken> {
    return this.#writes(account, kind, { [kind]: this.#files.serve(name, data) }, name)
  }
  /** Pictures and words in one message. */
  mixes(account: string, words: readonly string[], { group }: Place = {}): Promise<Taken> {
    const image = { msgtype: 'image', image: this.#files.serve('a.png', new Uint8Array(64)) }
    const texts = words.map((content) => ({ msgtype: 'text', text: { content } }))
    return this.#writes(account, 'mixed', { mixed: { msg_item: [image, ...texts] } }, words.join(), group)
  }
  /** A person opens the chat for the first time that day. */
  opens(account: string): Promise<Taken> {
    return this.#carry(this.callbacks.event(account, { eventtype: 'enter_chat' }))
  }
  /** A person rates an answer. */
  rates(account: string): Promise<Taken> {
    const feedback_event = { id: 'f1', type: 2, content: '不准确', inaccurate_reason_list: [2] }
    return this.#carry(this.callbacks.event(account, { eventtype: 'feedback_event', feedback_event }))
  }
  /** Taps a button. Questions that `picked` leaves out keep their values. Throws RangeError for a tap that a client would not offer. */
  taps(
    account: string,
    messageId: number,
    { key, picked = {}, group }: Place & { key: string; picked?: { [question: string]: string[] } },
  ): Promise<Taken> {
    const chat = group === undefined ? personChat(account) : groupChat(group)
    const message = this.chats.of(chat).find((one) => one.id === messageId)
    if (!message?.card || message.taskId === undefined) throw new RangeError('no card that can be tapped')
    const { card, taskId } = message
    if (message.closed !== undefined) throw new RangeError('the card is closed')
    if (!buttonsOf(card).some((button) => button.key === key)) throw new RangeError('no such button')
    const wrong = cannotPick(card, picked)
    if (wrong) throw new RangeError(wrong)
    const tap = { cardType: card.card_type, key, taskId, picked: { ...preset(card), ...picked } }
    return this.#carry(this.callbacks.tap(account, tap, group))
  }

  #writes(account: string, msgtype: string, content: object, text: string, group?: string): Promise<Taken> {
    const chat = group === undefined ? personChat(account) : groupChat(group)
    this.used.add(chat)
    this.chats.add(chat, { from: 'person', kind: 'text', text })
    return this.#carry(this.callbacks.message(account, msgtype, content, group))
  }
}
