import { type ChatId, groupChat, personChat } from '../../../src/platforms/simulator/chats.ts'
import type { EmulatedAibot } from '../../platforms/wecom/aibot/emulated-aibot.ts'
import { EmulatedGateway } from '../../platforms/wecom/aibot/emulated-gateway.ts'
import { EmulatedUrlAibot } from '../../platforms/wecom/aibot/emulated-url-aibot.ts'
import { until } from '../../support/memory-parts.ts'
import type { Driver, Phones } from '../driver.ts'
import { WecomScreens } from './wecom-screens.ts'

/** 智能机器人 in URL mode: it only answers and cannot write first. */
export const aibotUrl: Driver = {
  name: '智能机器人（URL 回调）',
  mark: '回',
  can: { cards: true, forms: false, files: false, push: false, groups: true },
  open: async () => new UrlPhones(await EmulatedUrlAibot.start()),
}
/** 智能机器人 by long connection, in a college in which everybody has written to it. */
export const aibotSocket: Driver = {
  name: '智能机器人（长连接）',
  mark: '长',
  can: { cards: true, forms: false, files: true, push: true, groups: true },
  async open(accounts) {
    return new SocketPhones(await EmulatedGateway.start(), accounts)
  },
}

abstract class AibotPhones extends WecomScreens {
  readonly #aibot: EmulatedAibot

  constructor(aibot: EmulatedAibot) {
    super(aibot)
    this.#aibot = aibot
  }
  get violations(): readonly string[] {
    return this.#aibot.violations
  }
  async saysInGroup(account: string, group: string, text: string): Promise<void> {
    await this.#aibot.says(account, text, { group })
  }
}

class UrlPhones extends AibotPhones implements Phones {
  readonly env
  readonly #platform: EmulatedUrlAibot

  constructor(platform: EmulatedUrlAibot) {
    super(platform.aibot)
    this.#platform = platform
    const { token, encodingAesKey } = platform.settings
    this.env = { WECOM_BOT_TOKEN: token, WECOM_BOT_ENCODING_AES_KEY: encodingAesKey }
  }
  connect(address: string): Promise<void> {
    return this.#platform.connect(`${address}/wecom/aibot`)
  }
  override async says(account: string, text: string): Promise<void> {
    await super.says(account, text)
    await this.#platform.idle()
  }
  refuse(): void {
    throw new Error('there is nothing to refuse: it says nothing of itself')
  }
  close(): Promise<void> {
    return this.#platform.close()
  }
}

class SocketPhones extends AibotPhones implements Phones {
  readonly env
  readonly #gateway: EmulatedGateway
  #silent: readonly string[]

  /** `silent` are the people who have not written to the bot yet. */
  constructor(gateway: EmulatedGateway, silent: readonly string[]) {
    super(gateway.aibot)
    this.#gateway = gateway
    this.#silent = silent
    const { botId, secret, address } = gateway.settings()
    this.env = { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret, WECOM_BOT_WS: address }
  }
  async connect(): Promise<void> {
    await until(() => this.#gateway.alive > 0, 'the long connection')
    await Promise.all(this.#silent.map((account) => this.says(account, '帮助')))
    this.#silent = []
  }
  override says(account: string, text: string): Promise<void> {
    return this.#answered(personChat(account), () => super.says(account, text))
  }
  override taps(account: string, label: string): Promise<number | undefined> {
    return this.#answered(personChat(account), () => super.taps(account, label))
  }
  override unticks(account: string, items: readonly number[]): Promise<number> {
    return this.#answered(personChat(account), () => super.unticks(account, items))
  }
  override saysInGroup(account: string, group: string, text: string): Promise<void> {
    return this.#answered(groupChat(group), () => super.saysInGroup(account, group, text))
  }
  /** A callback over the connection has no answer of its own. The bot has taken it when it says something. */
  async #answered<T>(chat: ChatId, act: () => Promise<T>): Promise<T> {
    const { chats } = this.#gateway.aibot
    const mark = chats.serial
    const acted = await act()
    if (acted === undefined && chats.serial === mark) return acted
    await until(() => chats.of(chat).some(({ from, touched }) => from === 'bot' && touched > mark), 'an answer', 60_000)
    return acted
  }
  refuse(on: boolean): void {
    this.#gateway.fault = ({ cmd }) => (on && cmd === 'aibot_send_msg' ? { errcode: 853000 } : undefined)
  }
  close(): Promise<void> {
    return this.#gateway.close()
  }
}
