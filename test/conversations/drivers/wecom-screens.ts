import { buttonsOf } from '../../../src/platforms/simulator/card-reading.ts'
import type { ChatMessage } from '../../../src/platforms/simulator/chats.ts'
import type { TemplateCard } from '../../../src/platforms/simulator/template-card.ts'
import { type CardMessage, Phone, type PhonePlatform } from '../../support/phone.ts'
import type { Seen } from '../driver.ts'

type Platform = PhonePlatform & { file(id: string): { name: string; data: Uint8Array } | undefined }

/** What people do and see on an emulated WeCom, with the app or with 智能机器人. */
export class WecomScreens {
  readonly seen: Seen[] = []
  readonly #platform: Platform
  readonly #phones = new Map<string, Phone>()
  /** The content of each message by its id. `seen` is its entry in the list of screens. */
  readonly #shown = new Map<number, { body: string; seen: Seen }>()

  constructor(platform: Platform) {
    this.#platform = platform
    platform.chats.onChange(({ chat, message }) => {
      if (message.from === 'bot') this.#note(chat.replace('person:', '').replace('group:', '#'), message)
    })
  }

  says(account: string, text: string): Promise<void> {
    return this.#phone(account).says(text)
  }

  async taps(account: string, label: string): Promise<number | undefined> {
    const card = this.#newestCard(account)
    if (!card) return undefined
    if (buttonsOf(card.card).some((button) => button.text === label))
      return this.#counted(account, (phone) => phone.taps(label, {}, card))
    const [confirm] = buttonsOf(card.card)
    const options = [card.card.checkbox, card.card.button_selection].flatMap((question) => question?.option_list ?? [])
    if (!confirm || !options.some((option) => option.text === label)) return undefined
    return this.#counted(account, (phone) => phone.taps(confirm.text, { pick: [label] }, card))
  }

  unticks(account: string, items: readonly number[]): Promise<number> {
    const card = this.#newestCard(account)
    const [confirm] = card ? buttonsOf(card.card) : []
    if (!card?.card.checkbox || !confirm) throw new Error(`${account} has no checklist`)
    return this.#counted(account, (phone) => phone.taps(confirm.text, { untick: items.map(String) }, card))
  }

  submits(): Promise<number> {
    throw new Error('no forms here')
  }

  /** A text that grows while it is written counts once, in its final state. */
  #note(to: string, message: ChatMessage): void {
    const before = this.#shown.get(message.id)
    const body = bodyOf(message)
    const grey = before?.body === body.join('\n') && message.closed !== undefined
    const lines = grey ? [`（原卡片变灰：${message.closed}）`] : [...body, ...buttonLine(message)]
    if (before && !message.card) before.seen.lines.splice(0, Number.POSITIVE_INFINITY, ...lines)
    const file = message.file && this.#platform.file(message.file.id)
    const seen = { to, lines, changed: before !== undefined && !grey, ...(file ? { file } : {}) }
    if (!before || message.card) this.seen.push(seen)
    this.#shown.set(message.id, { body: body.join('\n'), seen: before && !message.card ? before.seen : seen })
  }

  #phone(account: string): Phone {
    const phone = this.#phones.get(account) ?? new Phone(account, this.#platform)
    this.#phones.set(account, phone)
    return phone
  }
  async #counted(account: string, act: (phone: Phone) => Promise<void>): Promise<number> {
    const phone = this.#phone(account)
    const before = phone.actions
    await act(phone)
    return phone.actions - before
  }
  /** The card that was sent or changed last, unless something came after it. */
  #newestCard(account: string): CardMessage | undefined {
    const [last] = this.#phone(account).messages.toSorted((a, b) => b.touched - a.touched)
    return last && isOpenCard(last) ? last : undefined
  }
}

const isOpenCard = (message: ChatMessage): message is CardMessage =>
  message.card !== undefined && message.closed === undefined

function bodyOf(message: ChatMessage): string[] {
  if (message.file) return [`〔文件〕${message.file.name}`]
  return message.card ? cardLines(message.card) : message.text.split('\n').filter((line) => line !== '')
}

/** Keeps the order in which the same card reads as text. */
function cardLines({
  main_title,
  horizontal_content_list,
  sub_title_text,
  checkbox,
  button_selection,
}: TemplateCard): string[] {
  const options = button_selection?.option_list.map(({ text }) => text).join(' / ')
  return [
    ...[main_title?.title, main_title?.desc].flatMap((text) => (text ? text.split('\n') : [])),
    ...(horizontal_content_list ?? []).map(({ keyname, value }) => `${keyname} ${value ?? ''}`),
    ...(sub_title_text ?? '').split('\n').filter(Boolean),
    ...(checkbox?.option_list ?? []).map(({ text, is_checked }) => `${is_checked ? '☑' : '☐'} ${text}`),
    ...(options ? [`${button_selection?.title ?? ''}：${options}`] : []),
  ]
}

const buttonLine = ({ card, closed }: ChatMessage): string[] => {
  if (!card) return []
  return [
    closed === undefined
      ? buttonsOf(card)
          .map(({ text }) => `[${text}]`)
          .join(' ')
      : `（灰：${closed}）`,
  ]
}
