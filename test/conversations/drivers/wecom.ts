import { buttonsOf } from '../../../src/platforms/simulator/card-reading.ts'
import type { ChatMessage } from '../../../src/platforms/simulator/chats.ts'
import { EmulatedWecom } from '../../../src/platforms/simulator/emulated-wecom.ts'
import type { TemplateCard } from '../../../src/platforms/simulator/template-card.ts'
import { type CardMessage, Phone } from '../../support/phone.ts'
import type { Driver, Phones, Seen } from '../driver.ts'

/** WeCom's self-built app. It hears nothing in groups. */
export const wecom: Driver = {
  name: '企业微信自建应用',
  mark: '企',
  can: { cards: true, forms: false, files: true, push: true, groups: false },
  async open(accounts, groups) {
    const platform = new EmulatedWecom({
      members: accounts.map((account) => ({ account, name: account })),
      groups: groups.map((key) => ({ key, name: key })),
    })
    await platform.listen()
    return new WecomPhones(platform)
  },
}

class WecomPhones implements Phones {
  readonly env
  readonly seen: Seen[] = []
  readonly #platform: EmulatedWecom
  readonly #phones = new Map<string, Phone>()
  /** What each message shows, by its id. */
  readonly #shown = new Map<number, string>()

  constructor(platform: EmulatedWecom) {
    this.#platform = platform
    const { corpId, agentId, secret, token, encodingAesKey } = platform.credentials
    this.env = {
      WECOM_CORP_ID: corpId,
      WECOM_AGENT_ID: String(agentId),
      WECOM_SECRET: secret,
      WECOM_TOKEN: token,
      WECOM_ENCODING_AES_KEY: encodingAesKey,
      WECOM_API_BASE: platform.base,
    }
    platform.chats.onChange(({ chat, message }) => {
      if (message.from !== 'bot') return
      const before = this.#shown.get(message.id)
      const shown = bodyOf(message).join('\n')
      this.#shown.set(message.id, shown)
      const file = message.file && platform.file(message.file.id)
      const grey = before === shown && message.closed !== undefined
      this.seen.push({
        to: chat.replace('person:', '').replace('group:', '#'),
        lines: grey ? [`（原卡片变灰：${message.closed}）`] : [...bodyOf(message), ...buttonLine(message)],
        changed: before !== undefined && !grey,
        ...(file ? { file: { name: file.name, data: file.data } } : {}),
      })
    })
  }

  get violations(): readonly string[] {
    return this.#platform.violations
  }
  connect(address: string): Promise<void> {
    return this.#platform.connect(`${address}/wecom/callback`)
  }
  says(account: string, text: string): Promise<void> {
    return this.#phone(account).says(text)
  }
  saysInGroup(): Promise<void> {
    throw new Error('a self-built app hears nothing in groups')
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
  refuse(on: boolean): void {
    this.#platform.fault = () => (on ? { errcode: 60020 } : undefined)
  }
  close(): Promise<void> {
    return this.#platform.close()
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
  /** The card that was sent or changed last, where nothing came after it. */
  #newestCard(account: string): CardMessage | undefined {
    const [last] = this.#phone(account).messages.toSorted((a, b) => b.touched - a.touched)
    return last && isOpenCard(last) ? last : undefined
  }
}

const isOpenCard = (message: ChatMessage): message is CardMessage =>
  message.card !== undefined && message.closed === undefined

function bodyOf(message: ChatMessage): string[] {
  if (message.file) return [`〔文件〕${message.file.name}`]
  return message.card ? cardLines(message.card) : message.text.split('\n')
}

/** In the order in which the same card reads as text. */
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
