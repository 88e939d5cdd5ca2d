import { route } from './api.ts'
import { type Answer, type Call, Refusal, randomId } from './api-call.ts'
import { type Fault, type Raw, serveApi } from './api-server.ts'
import {
  type Delivered,
  deliver,
  envelope,
  eventXml,
  passiveReply,
  tapXml,
  textXml,
  verifyAddress,
} from './callbacks.ts'
import { buttonsOf, cannotPick, preset } from './card-reading.ts'
import { type ChatMessage, Chats, groupChat, personChat } from './chats.ts'
import { MediaShelf } from './media.ts'
import { type Credentials, cut, type GroupRobot, type Member, type Peer, randomCredentials } from './peer.ts'

export type Setting = {
  credentials?: Credentials
  members: readonly Member[]
  groups?: readonly GroupRobot[]
  /** Milliseconds since 1970 on the clock that the chats show. The default is the real clock. */
  now?: () => number
  /** Milliseconds since 1970 on the clock of tokens, codes, files and rates. The default is the real clock. */
  life?: () => number
}

/**
 * A WeCom for one app: its server API and the callbacks it sends (wecom.md). It forgives nothing: where the real WeCom would refuse, cut or
 * drop something, this one does the same and notes it in `violations`.
 */
export class EmulatedWecom {
  readonly credentials: Credentials
  readonly chats: Chats
  /** The latest calls in order, each with its errcode; -2 if a fault gave no errcode. */
  readonly calls: (Call & { errcode: number })[] = []
  /** The fault of a call; tests set it. */
  fault: (call: Call) => Fault | undefined = () => undefined
  readonly #peer: Peer
  readonly #listeners = new Set<() => void>()
  #server: { base: string; close: () => Promise<void> } | undefined
  #address = ''
  #nextMsgId = 7_000_000_000_000_000_000n + BigInt(Date.now())

  constructor({ credentials = randomCredentials(), members, groups = [], now = Date.now, life = Date.now }: Setting) {
    this.credentials = credentials
    this.chats = new Chats(now)
    this.#peer = {
      credentials,
      members: new Map(members.map((member) => [member.account.toLowerCase(), member])),
      groups: new Map(groups.map((group) => [group.key, group])),
      appchats: new Map(),
      chats: this.chats,
      media: new MediaShelf(life),
      life,
      violations: [],
      advice: new Set(),
      tokens: new Map(),
      codes: new Map(),
      logins: new Map(),
      tasks: new Map(),
      requests: new Map(),
      sent: new Map(),
    }
  }

  /** One line for each thing that the real platform would have refused, cut or dropped. No texts and no secrets. */
  get violations(): readonly string[] {
    return this.#peer.violations
  }
  /** The advised lengths that were exceeded. */
  get advice(): ReadonlySet<string> {
    return this.#peer.advice
  }
  get menu() {
    return this.#peer.menu
  }
  /** The groups with a robot, then the groups that the app made. */
  get groups(): { key: string; name: string }[] {
    const made = [...this.#peer.appchats.values()].map(({ chatid, name }) => ({ key: chatid, name }))
    return [...[...this.#peer.groups.values()].map(({ key, name }) => ({ key, name })), ...made]
  }
  chatOf(account: string): readonly ChatMessage[] {
    return this.chats.of(personChat(account))
  }
  groupChat(key: string): readonly ChatMessage[] {
    return this.chats.of(groupChat(key))
  }
  /** A file of a message, by the file's id. */
  file(id: string): Raw | undefined {
    return this.#peer.media.find(id)
  }
  /** Calls `listener` when the menu, the groups or the violations may have changed, until the returned function is called. */
  onSettings(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  /** Ends all tokens at once, as when WeCom revokes them early. */
  revokeTokens(): void {
    this.#peer.tokens.clear()
  }

  /** Serves the API on a random loopback port. Returns its address, for WECOM_API_BASE. */
  async listen(): Promise<string> {
    this.#server = await serveApi({ handle: (call) => this.handle(call), fault: (call) => this.#faultOf(call) })
    return this.#server.base
  }
  get base(): string {
    if (!this.#server) throw new Error('listen() first')
    return this.#server.base
  }
  async close(): Promise<void> {
    await this.#server?.close()
  }

  /** Sets the callback address, as the admin console does: the address must pass the check. `address` ends with …/wecom/callback. */
  async connect(address: string): Promise<void> {
    await verifyAddress(this.credentials, address, Math.floor(Date.now() / 1000))
    this.#address = address
  }
  /** Sets the callback address without the check. */
  callbackTo(address: string): void {
    this.#address = address
  }

  // ------------------------------------------------------------ what people do

  /** A member types a text. It appears in the chat and goes to the bot as a callback. */
  async says(account: string, text: string): Promise<Delivered> {
    this.chats.add(personChat(account), { from: 'person', kind: 'text', text })
    return this.deliver(
      textXml(this.credentials, account, { seconds: seconds(), text, msgId: String(this.#nextMsgId++) }),
    )
  }
  async opens(account: string): Promise<Delivered> {
    return this.deliver(eventXml(this.credentials, account, { seconds: seconds(), event: 'enter_agent' }))
  }
  /** A member taps an entry of the app's menu. */
  async clicks(account: string, key: string): Promise<Delivered> {
    return this.deliver(eventXml(this.credentials, account, { seconds: seconds(), event: 'click', key }))
  }
  /**
   * A member taps a button of a card. Questions that `picked` leaves out keep their values. Throws RangeError for a tap that a client would
   * not offer.
   */
  async taps(
    account: string,
    messageId: number,
    { key, picked = {} }: { key: string; picked?: { [question: string]: string[] } },
  ): Promise<Delivered> {
    const chat = personChat(account)
    const message = this.chats.of(chat).find((one) => one.id === messageId)
    if (!message?.card || message.taskId === undefined) throw new RangeError('no card that can be tapped')
    const { card, taskId } = message
    const menuEntry = card.action_menu?.action_list.some((action) => action.key === key) ?? false
    if (message.closed !== undefined && !menuEntry) throw new RangeError('the card is closed')
    if (!buttonsOf(card).some((button) => button.key === key)) throw new RangeError('no such button')
    const wrong = cannotPick(card, picked)
    if (wrong) throw new RangeError(wrong)
    const responseCode = randomId(24)
    this.#peer.codes.set(responseCode, { messages: [{ chat, id: messageId }], at: this.#peer.life() })
    const tap = { key, taskId, cardType: card.card_type, responseCode, picked: { ...preset(card), ...picked } }
    return this.deliver(tapXml(this.credentials, account, { seconds: seconds(), tap, it: { menu: menuEntry } }))
  }

  /**
   * A person agrees on WeCom's login page. Returns the code with which the browser comes back. Without an account, the person is not in the
   * company.
   */
  agrees(account?: string): string {
    const code = randomId(24)
    this.#peer.logins.set(code, account)
    return code
  }

  /** Encrypts, signs and delivers one inner XML as a callback. */
  async deliver(xml: string, { repeats = 3 } = {}): Promise<Delivered> {
    const delivered = await deliver(this.#address, envelope(this.credentials, xml, seconds()), { repeats })
    if (delivered.status !== 200) return delivered
    const reply = passiveReply(this.credentials, delivered.body)
    if (reply.kind === 'wrong') this.#peer.violations.push(`callback: ${reply.why}`)
    if (reply.kind === 'text')
      this.chats.add(personChat(reply.to), {
        from: 'bot',
        kind: 'text',
        text: cut(this.#peer, 'passive text', { text: reply.text, max: 2048 }),
      })
    return delivered
  }

  // ------------------------------------------------------------ the server API

  /** Answers one call of the API. */
  handle(call: Call): Answer | Raw {
    try {
      const answer = route(this.#peer, call)
      this.#note(call, 0)
      return answer
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#note(call, error.errcode)
      if (error.blame) this.#peer.violations.push(`${call.path}: ${error.errcode} ${error.message}`)
      return { errcode: error.errcode, errmsg: error.message }
    } finally {
      for (const listener of this.#listeners) listener()
    }
  }

  #note(call: Call, errcode: number): void {
    this.calls.push({ ...call, errcode })
    if (this.calls.length > keptCalls) this.calls.shift()
  }

  #faultOf(call: Call): Fault | undefined {
    const fault = this.fault(call)
    if (fault && !('loseAnswer' in fault))
      this.calls.push({ ...call, errcode: 'errcode' in fault ? fault.errcode : -2 })
    return fault
  }
}

const keptCalls = 10_000

/** CreateTime and signatures use the real clock, whatever clock the chats show. */
const seconds = (): number => Math.floor(Date.now() / 1000)
