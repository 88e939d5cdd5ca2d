import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { opaqueId } from '../../store/opaque-id.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { ChannelName } from '../messages/message.ts'

/** A platform's answer about a code: its account, `refused` (bad, used or expired), or `failed` (the call did not succeed). */
export type CodeAnswer = { account: string | undefined } | 'refused' | 'failed'

/**
 * Login through a platform by OAuth2. `name` is in the address, `/login/<name>`. `page` is where the browser is sent; `agent` is its
 * User-Agent, by which a platform recognises its own app. `who` gives an account of `channel`, or undefined if the code belongs to nobody
 * in the company.
 */
export type LoginWay = {
  name: string
  title: string
  channel: ChannelName
  /** Whether this browser is inside the platform's own app, where the login needs no click. */
  isInside: (agent: string) => boolean
  page: (to: { state: string; back: string; agent: string }) => string
  who: (code: string) => Promise<CodeAnswer>
}

const digest = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex')
const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** States that came back, so that none works twice. Keys: a hash of the state. */
const usedStates = table('login-state', z.strictObject({ at: z.number() }))
const shape = /^([0-9a-f]{32})([0-9a-z]{9})([0-9a-f]{32})$/
const browserShape = /^[\w-]{22}$/
/** The longest time of a login, in milliseconds. */
export const stateMs = 600_000

/**
 * The states of running logins. They are signed, so that beginning a login stores nothing. Each works once, for ten minutes, and only in
 * the browser that began, which holds a secret in a cookie.
 */
export class LoginStates {
  readonly #store: Store
  readonly #key: Buffer

  constructor(store: Store, key: Buffer) {
    this.#store = store
    this.#key = key
  }

  /** `known` is what the browser's cookie holds already, so that two pages of one browser do not disturb each other. */
  begin(way: string, known: string | undefined): { state: string; browser: string } {
    const browser = known !== undefined && browserShape.test(known) ? known : randomBytes(16).toString('base64url')
    const nonce = randomBytes(16).toString('hex')
    const time = Date.now().toString(36).padStart(9, '0')
    return { state: `${nonce}${time}${this.#seal(way, nonce, { time, browser })}`, browser }
  }

  /** Whether this state is ours, of this browser, young and new. From then on it counts as used. */
  async take(way: string, state: string, browser: string | undefined): Promise<boolean> {
    const [, nonce = '', time = '', seal = ''] = shape.exec(state) ?? []
    if (nonce === '' || browser === undefined || !same(seal, this.#seal(way, nonce, { time, browser }))) return false
    const age = Date.now() - Number.parseInt(time, 36)
    if (age < 0 || age > stateMs) return false
    const put = usedStates.key(opaqueId(state))
    return this.#store.commit([
      { put, value: { at: Date.now() }, if: 'absent', expiresAt: Date.now() + stateMs + 60_000 },
    ])
  }

  #seal(way: string, nonce: string, { time, browser }: { time: string; browser: string }): string {
    return digest(this.#key, `state ${way} ${nonce} ${time} ${browser}`).slice(0, 32)
  }
}

/** The people who are logged in. Keys: a hash of the cookie's id. `until` is in milliseconds since 1970 on the real clock. */
const webSessions = table('web-session', z.strictObject({ person: z.string(), until: z.number() }))
const cookieShape = /^([\w-]{24})\.([0-9a-f]{64})$/
/** The life of a session, in milliseconds. */
export const sessionMs = 8 * 3600e3

/** Sessions of the dashboard: a signed id in the cookie, the rest in the store, so that a logout ends them everywhere. */
export class WebSessions {
  readonly #store: Store
  readonly #key: Buffer

  constructor(store: Store, key: Buffer) {
    this.#store = store
    this.#key = key
  }

  /** Opens a session for this person. Returns the value of its cookie. */
  async open(person: string): Promise<string> {
    const id = randomBytes(18).toString('base64url')
    const until = Date.now() + sessionMs
    await this.#store.commit([{ put: webSessions.key(opaqueId(id)), value: { person, until }, expiresAt: until }])
    return `${id}.${digest(this.#key, `session ${id}`)}`
  }

  /** The id of the person whose session this cookie is, or undefined if it is forged, ended or expired. */
  async person(cookie: string | undefined): Promise<string | undefined> {
    const id = this.#idOf(cookie)
    const found = id === undefined ? undefined : await this.#store.get(webSessions.key(opaqueId(id)))
    const session = found && webSessions.schema.parse(found.value)
    return session && session.until > Date.now() ? session.person : undefined
  }

  async close(cookie: string | undefined): Promise<void> {
    const id = this.#idOf(cookie)
    if (id !== undefined) await this.#store.commit([{ delete: webSessions.key(opaqueId(id)) }])
  }

  #idOf(cookie = ''): string | undefined {
    const [, id = '', seal = ''] = cookieShape.exec(cookie) ?? []
    return id !== '' && same(seal, digest(this.#key, `session ${id}`)) ? id : undefined
  }
}

/** The key that signs states and sessions. It is derived from DATA_KEY; without that it is drawn at each start. */
export const loginKey = (dataKey: Buffer | undefined): Buffer =>
  dataKey ? createHmac('sha256', dataKey).update('dashboard').digest() : randomBytes(32)
