import { Refusal } from '../../../../src/platforms/simulator/api-call.ts'
import { textOf } from '../../../../src/platforms/simulator/card-reading.ts'
import { type ChatId, Chats } from '../../../../src/platforms/simulator/chats.ts'
import { calls, type TemplateCard } from '../../../../src/platforms/simulator/template-card.ts'
import { adviceOn, type Reply, type Stream } from './emulated-replies.ts'

export type SentFile = { id: string; name: string; data: Buffer }

/** What people see of the bot. Cards are known by their task_id, which may be used once. */
export class Screen {
  readonly chats = new Chats(Date.now)
  /** The advised lengths that were exceeded. */
  readonly advice = new Set<string>()
  readonly files = new Map<string, SentFile>()
  readonly #tasks = new Map<string, { chat: ChatId; id: number }>()
  readonly #streams = new Map<string, { id: number; finished: boolean; card: boolean }>()

  /** Shows a message. `streams` names the owner of its streams. Throws Refusal if the message cannot be shown completely. */
  show(chat: ChatId, { text, stream, card, media }: Reply, streams = ''): void {
    const file = media === undefined ? undefined : this.files.get(media)
    if (media !== undefined && !file) throw new Refusal(40007, 'unknown media_id')
    if (card?.task_id !== undefined && this.#tasks.has(card.task_id))
      throw new Refusal(846625, 'the task_id is taken', { blame: false })
    if (text !== undefined) this.chats.add(chat, { from: 'bot', kind: 'markdown', text })
    if (stream) this.#grow(chat, stream, card !== undefined, streams)
    if (card) this.#add(chat, card)
    if (file) {
      const { id, name, data } = file
      this.chats.add(chat, { from: 'bot', kind: 'file', text: name, file: { id, name, size: data.length } })
    }
  }

  /** Whether this stream may still grow. */
  isOpen(streams: string, id: string): boolean {
    return this.#streams.get(`${streams} ${id}`)?.finished === false
  }

  /** Replaces the tapped card. */
  change(taskId: string, card: TemplateCard): void {
    const place = this.#tasks.get(taskId)
    if (!place) throw new Refusal(846625, 'unknown task_id')
    this.#advise(card)
    const { replace_text: closed } = card
    this.chats.replace(place.chat, place.id, () => ({
      from: 'bot',
      kind: 'card',
      text: textOf(card),
      card,
      taskId,
      ...(closed === undefined ? {} : { closed }),
    }))
  }

  #add(chat: ChatId, card: TemplateCard): void {
    this.#advise(card)
    const { task_id: taskId } = card
    const tappable = taskId !== undefined && calls(card) ? { taskId } : {}
    const { id } = this.chats.add(chat, { from: 'bot', kind: 'card', text: textOf(card), card, ...tappable })
    if (taskId !== undefined) this.#tasks.set(taskId, { chat, id })
  }

  #grow(chat: ChatId, { id, finish, content }: Stream, card: boolean, streams: string): void {
    const name = `${streams} ${id}`
    const before = this.#streams.get(name)
    if (before?.finished) throw new Refusal(846606, 'the stream is finished', { blame: false })
    if (before?.card && card) throw new Refusal(40058, 'a second card to one message')
    if (finish && content === '') throw new Refusal(44004, 'an empty answer')
    const said = { from: 'bot', kind: 'markdown', text: content } as const
    if (before) this.chats.replace(chat, before.id, () => said)
    const shown = before?.id ?? this.chats.add(chat, said).id
    this.#streams.set(name, { id: shown, finished: finish, card: card || (before?.card ?? false) })
  }

  #advise(card: TemplateCard): void {
    for (const line of adviceOn(card)) this.advice.add(`${card.card_type}: ${line}`)
  }
}
