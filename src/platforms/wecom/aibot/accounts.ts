import type { Log, TokenCache } from '../../../bot/channel.ts'
import type { Inbound } from '../../../bot/message.ts'

/** Gives the userid behind an encrypted one, by the self-built app's openuserid_to_userid; undefined where it knows none. */
export type Resolve = (openUserid: string) => Promise<string | undefined>

/** Where the bot's creator is no super administrator, ids are encrypted (P-101521); they begin like this and are long. */
const isEncrypted = (id: string): boolean => /^wo[\w-]{20,}$/.test(id)
const mostKnown = 10_000
const rememberedMs = 400 * 24 * 3600e3

/** Who is behind the ids of 智能机器人, and under which id it reaches an account. */
export class Accounts {
  readonly #resolve: Resolve | undefined
  readonly #tokens: TokenCache
  readonly #log: Log
  readonly #known = new Map<string, string>()

  constructor({ resolve, tokens, log }: { resolve: Resolve | undefined; tokens: TokenCache; log: Log }) {
    this.#resolve = resolve
    this.#tokens = tokens
    this.#log = log
  }

  /** The same event under the account that rosters hold, where that can be found out; else under the id as it came. */
  async resolved(inbound: Inbound): Promise<Inbound> {
    const { account: id } = inbound
    if (!this.#resolve || !isEncrypted(id)) return inbound
    const account = this.#known.get(id) ?? (await this.#ask(this.#resolve, id))
    return account === undefined ? inbound : { ...inbound, account }
  }

  /** The id under which the bot writes to an account: the one under which it last heard of it. */
  async chatOf(account: string): Promise<string> {
    return this.#resolve ? ((await this.#tokens.read(nameOf(account)))?.token ?? account) : account
  }

  async #ask(resolve: Resolve, id: string): Promise<string | undefined> {
    try {
      const account = await resolve(id)
      if (account === undefined) return undefined
      if (this.#known.size >= mostKnown) this.#known.clear()
      this.#known.set(id, account)
      await this.#tokens.write(nameOf(account), id, Date.now() + rememberedMs)
      return account
    } catch (error) {
      this.#log.error({ err: error, channel: 'aibot' }, 'an encrypted userid could not be resolved')
      return undefined
    }
  }
}

const nameOf = (account: string): string => `aibot chat ${account.toLowerCase()}`
