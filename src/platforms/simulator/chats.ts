import type { TemplateCard } from './template-card.ts'

export type ChatFile = { id: string; name: string; size: number }

/**
 * One message on a person's screen. `at` is in milliseconds on the clock that the chats show. `touched` rises with every change in any
 * chat.
 */
export type ChatMessage = {
  id: number
  from: 'bot' | 'person'
  at: number
  touched: number
  kind: 'text' | 'markdown' | 'textcard' | 'image' | 'file' | 'news' | 'card'
  text: string
  card?: TemplateCard
  /** Each tap sends it back. */
  taskId?: string
  /** The word on the grey button of a card that takes no more taps. */
  closed?: string
  file?: ChatFile
  url?: string
  /** The accounts mentioned with @, or `@all`. */
  mentioned?: string[]
}
export type ChatId = `person:${string}` | `group:${string}`
export type NewMessage = Omit<ChatMessage, 'id' | 'at' | 'touched'>
export type ChatChange = { chat: ChatId; message: ChatMessage }

export const personChat = (account: string): ChatId => `person:${account.toLowerCase()}`
export const groupChat = (key: string): ChatId => `group:${key}`

/** The chats of all people and groups, in order. It reports every change. */
export class Chats {
  readonly #chats = new Map<ChatId, ChatMessage[]>()
  readonly #listeners = new Set<(change: ChatChange) => void>()
  readonly #now: () => number
  #serial = 0

  constructor(now: () => number) {
    this.#now = now
  }

  of(chat: ChatId): readonly ChatMessage[] {
    return this.#chats.get(chat) ?? []
  }

  /** The number of the latest change. */
  get serial(): number {
    return this.#serial
  }

  add(chat: ChatId, message: NewMessage): ChatMessage {
    this.#serial++
    const added: ChatMessage = { id: this.#serial, at: this.#now(), touched: this.#serial, ...message }
    this.#chats.set(chat, [...this.of(chat), added])
    return this.#told(chat, added)
  }

  /** Replaces a message in its place. Does nothing if there is no such message. */
  replace(chat: ChatId, id: number, next: (before: ChatMessage) => NewMessage): void {
    const messages = this.of(chat)
    const before = messages.find((message) => message.id === id)
    if (!before) return
    const after: ChatMessage = { ...next(before), id, at: before.at, touched: ++this.#serial }
    this.#chats.set(
      chat,
      messages.map((message) => (message === before ? after : message)),
    )
    this.#told(chat, after)
  }

  /** Calls `listener` for every new or changed message, until the returned function is called. */
  onChange(listener: (change: ChatChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #told(chat: ChatId, message: ChatMessage): ChatMessage {
    for (const listener of this.#listeners) listener({ chat, message })
    return message
  }
}
