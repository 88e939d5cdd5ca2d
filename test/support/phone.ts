import { buttonsOf } from '../../src/platforms/simulator/card-reading.ts'
import { type ChatMessage, type Chats, personChat } from '../../src/platforms/simulator/chats.ts'
import type { TemplateCard } from '../../src/platforms/simulator/template-card.ts'
import { type Choose, chosen } from './choose.ts'

export type CardMessage = ChatMessage & { card: TemplateCard }

const isCard = (message: ChatMessage): message is CardMessage => message.card !== undefined
const shown = (messages: readonly ChatMessage[]): string =>
  messages.map((message) => `[${message.kind}] ${message.text}`).join('\n---\n') || '(nothing)'

type Taken = Promise<{ status: number }>
/** The emulated platform behind the phones. `clicks` exists if the platform has a menu. */
export type PhonePlatform = {
  readonly chats: Chats
  chatOf(account: string): readonly ChatMessage[]
  says(account: string, text: string): Taken
  opens(account: string): Taken
  clicks?(account: string, key: string): Taken
  taps(account: string, messageId: number, tap: { key: string; picked: { [question: string]: string[] } }): Taken
}

/** One person with a phone on an emulated WeCom. It waits on events: it looks again at every change. */
export class Phone {
  readonly account: string
  readonly #wecom: PhonePlatform
  #mark = 0
  /** The number of messages and taps so far. Choosing counts too, as for a person. */
  actions = 0

  constructor(account: string, wecom: PhonePlatform) {
    this.account = account
    this.#wecom = wecom
  }

  /** What the bot wrote to this person, in order. */
  get messages(): ChatMessage[] {
    return this.#wecom.chatOf(this.account).filter((message) => message.from === 'bot')
  }
  /** What arrived or changed since this person last acted. */
  get news(): ChatMessage[] {
    return this.messages.filter((message) => message.touched > this.#mark)
  }

  says(text: string): Promise<void> {
    return this.#does(() => this.#wecom.says(this.account, text))
  }
  opens(): Promise<void> {
    return this.#does(() => this.#wecom.opens(this.account))
  }
  /** Taps an entry of the app's menu by its key. */
  clicks(key: string): Promise<void> {
    return this.#does(async () => (await this.#wecom.clicks?.(this.account, key)) ?? { status: 404 })
  }
  async asks(text: string, pattern: RegExp): Promise<ChatMessage[]> {
    await this.says(text)
    return this.reads(pattern)
  }

  /** Taps a button of the newest open card that has it (or of the card `on`). */
  async taps(label: string | RegExp, choose: Choose = {}, on?: CardMessage): Promise<void> {
    const fits = (text: string): boolean => (typeof label === 'string' ? text === label : label.test(text))
    const message = on ?? this.#newest((card) => buttonsOf(card.card).some((button) => fits(button.text)))
    const button = message && buttonsOf(message.card).find((one) => fits(one.text))
    if (!message || !button)
      throw new Error(`${this.account} finds no button ${label}; the last messages:\n${shown(this.messages.slice(-3))}`)
    const { picked, actions } = chosen(message.card, choose)
    this.actions += actions
    await this.#does(() => this.#wecom.taps(this.account, message.id, { key: button.key, picked }))
  }

  /** Waits until the news, read together, match. Returns them. */
  async reads(pattern: RegExp, { within = 15_000 } = {}): Promise<ChatMessage[]> {
    const found = () => pattern.test(this.news.map((message) => message.text).join('\n'))
    await this.#until(found, within, () => `${this.account} waits for ${pattern} and reads:\n${shown(this.news)}`)
    return this.news
  }

  /** The newest open card whose text matches. */
  card(pattern = /./): CardMessage {
    const card = this.#newest((message) => pattern.test(message.text))
    if (!card)
      throw new Error(
        `${this.account} has no open card with ${pattern}; the last messages:\n${shown(this.messages.slice(-3))}`,
      )
    return card
  }

  #newest(fits: (message: CardMessage) => boolean): CardMessage | undefined {
    const open = this.messages.filter(isCard).filter((message) => message.closed === undefined && fits(message))
    return open.sort((a, b) => b.touched - a.touched)[0]
  }

  async #does(act: () => Promise<{ status: number }>): Promise<void> {
    this.#mark = this.#wecom.chats.serial
    this.actions++
    const { status } = await act()
    if (status !== 200) throw new Error(`the callback was answered with ${status || 'nothing'}`)
  }

  #until(found: () => boolean, within: number, complaint: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      if (found()) return resolve()
      const stop = this.#wecom.chats.onChange(({ chat }) => {
        if (chat !== personChat(this.account) || !found()) return
        done()
        resolve()
      })
      const timer = setTimeout(() => {
        done()
        reject(new Error(complaint()))
      }, within)
      const done = (): void => {
        clearTimeout(timer)
        stop()
      }
    })
  }
}

export const phoneOn = (wecom: PhonePlatform) => (account: string) => new Phone(account, wecom)
