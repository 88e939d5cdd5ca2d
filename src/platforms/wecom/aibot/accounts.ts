import type { Log, TokenCache } from '../../../bot/messages/channel.ts'
import type { Inbound } from '../../../bot/messages/message.ts'

/** Gives the userid behind an encrypted one by the self-built app's openuserid_to_userid, or undefined if the app knows none. */
export type Resolve = (openUserid: string) => Promise<string | undefined>

/** WeCom encrypts ids if the bot's creator is not a super administrator (P-101521). Such ids are long and begin like this. */
const isEncrypted = (id: string): boolean => /^wo[\w-]{20,}$/.test(id)
const mostKnown = 10_000
/** Longer than a campaign's year. A person who writes again after it must say once more who they are. */
const rememberedMs = 800 * 24 * 3600e3

/** Takes the code by which people say who they are. Gives their userid, or undefined if the text is no valid code. */
export type Redeem = (said: string) => Promise<string | undefined>

type AccountParts = { resolve: Resolve | undefined; redeem: Redeem; tokens: TokenCache; log: Log }

/** The accounts behind the ids of 智能机器人, and the id under which the bot reaches each account. */
export class Accounts {
  readonly #parts: AccountParts
  readonly #known = new Map<string, string>()

  constructor(parts: AccountParts) {
    this.#parts = parts
  }

  /** The same event with the account that rosters hold, if it can be found. Otherwise it keeps the id as it came and is `hidden`. */
  async resolved(inbound: Inbound): Promise<Inbound> {
    const { account: id, what } = inbound
    if (!isEncrypted(id)) return inbound
    const known =
      this.#known.get(id) ?? (await this.#parts.tokens.read(accountName(id)))?.token ?? (await this.#ask(id))
    if (known !== undefined) {
      this.#remember(id, known)
      return { ...inbound, account: known }
    }
    const linked = what.kind === 'text' && !inbound.group ? await this.#parts.redeem(what.text) : undefined
    if (linked === undefined) return { ...inbound, hidden: true }
    await this.#keep(id, linked)
    return { ...inbound, account: linked, what: { kind: 'text', text: '帮助' } }
  }

  /** The id under which the bot writes to an account: the one under which that account last wrote to it. */
  async chatOf(account: string): Promise<string> {
    return (await this.#parts.tokens.read(chatName(account)))?.token ?? account
  }

  async #ask(id: string): Promise<string | undefined> {
    const { resolve, log } = this.#parts
    try {
      const account = await resolve?.(id)
      if (account !== undefined) await this.#keep(id, account)
      return account
    } catch (error) {
      log.error({ err: error, channel: 'aibot' }, 'an encrypted userid could not be resolved')
      return undefined
    }
  }

  async #keep(id: string, account: string): Promise<void> {
    const until = Date.now() + rememberedMs
    await this.#parts.tokens.write(accountName(id), account, until)
    await this.#parts.tokens.write(chatName(account), id, until)
    this.#remember(id, account)
  }

  #remember(id: string, account: string): void {
    if (this.#known.size >= mostKnown) this.#known.clear()
    this.#known.set(id, account)
  }
}

const accountName = (id: string): string => `aibot account ${id}`
const chatName = (account: string): string => `aibot chat ${account.toLowerCase()}`
