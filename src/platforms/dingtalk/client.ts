import { z } from 'zod'
import type { RenderedFile, TokenCache } from '../../bot/messages/channel.ts'
import { type Answer, type Failure, isTokenRefused, readAnswer } from './answers.ts'
import type { Count, DingtalkSettings } from './settings.ts'
import { robotSign } from './signature.ts'

const timeoutMs = 10_000
/** We renew a token this long before its end. */
const earlyMs = 300_000
/** The longest file that we take from a person, in bytes. */
const longestFile = 20 * 2 ** 20

const Token = z.object({ accessToken: z.string().min(1), expireIn: z.number() })
const PersonToken = z.object({ accessToken: z.string().min(1) })
const Uploaded = z.object({ media_id: z.string().min(1) })
const Download = z.object({ downloadUrl: z.url() })
const Connection = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) })

export type ClientParts = { settings: DingtalkSettings; tokens: TokenCache; count: Count }

/** Calls to DingTalk's two APIs. Only `downloadFile` throws for errors of DingTalk or of the network. */
export class DingtalkClient {
  readonly #parts: ClientParts
  #fetching: Promise<string | Failure> | undefined

  constructor(parts: ClientParts) {
    this.#parts = parts
  }

  /** Calls the new API with the app's token; JSON in and out. */
  call(path: string, body: string, method: 'POST' | 'PUT' = 'POST'): Promise<Answer> {
    return this.#authorised((token) =>
      this.#counted(`${this.#parts.settings.apiBase}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-acs-dingtalk-access-token': token },
        body,
      }),
    )
  }

  /** Calls the old API with the app's token; JSON in and out. */
  callOld(path: string, body: string): Promise<Answer> {
    return this.#authorised((token) =>
      this.#counted(
        `${this.#parts.settings.oapiBase}${path}?${new URLSearchParams({ access_token: token }).toString()}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        },
      ),
    )
  }

  /** The token of a person who has just agreed on DingTalk's login page, in exchange for the page's code. */
  async personToken(code: string): Promise<{ kind: 'ok'; token: string } | Failure> {
    const { clientId, clientSecret, apiBase } = this.#parts.settings
    const answer = await this.#counted(`${apiBase}/v1.0/oauth2/userAccessToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, code, grantType: 'authorization_code' }),
    })
    if (answer.kind !== 'ok') return answer
    const read = PersonToken.safeParse(answer.body)
    return read.success ? { kind: 'ok', token: read.data.accessToken } : unexpected
  }

  /** Reads with a person's own token what that person may read of themselves. */
  asPerson(path: string, token: string): Promise<Answer> {
    return this.#counted(`${this.#parts.settings.apiBase}${path}`, {
      headers: { 'x-acs-dingtalk-access-token': token },
    })
  }

  /** Sends one message by a session's webhook, which needs no token. */
  toSession(webhook: string, body: string): Promise<Answer> {
    return this.#counted(webhook, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  }

  /** Sends one message by the webhook of a group's robot, and signs it if the robot has a secret. */
  toWebhook(accessToken: string, secret: string | undefined, body: string): Promise<Answer> {
    const url = new URL(`${this.#parts.settings.oapiBase}/robot/send`)
    url.searchParams.set('access_token', accessToken)
    if (secret) {
      const timestamp = String(Date.now())
      url.searchParams.set('timestamp', timestamp)
      url.searchParams.set('sign', robotSign(secret, timestamp))
    }
    return this.toSession(url.href, body)
  }

  /** Uploads a document. Returns its media id, or the failure. */
  async upload(file: RenderedFile): Promise<{ mediaId: string } | Failure> {
    const { oapiBase } = this.#parts.settings
    const answer = await this.#authorised((token) => {
      const form = new FormData()
      form.set('media', new Blob([new Uint8Array(file.data)]), file.name)
      const query = new URLSearchParams({ access_token: token, type: 'file' })
      return this.#counted(`${oapiBase}/media/upload?${query.toString()}`, { method: 'POST', body: form })
    })
    if (answer.kind !== 'ok') return answer
    const read = Uploaded.safeParse(answer.body)
    return read.success ? { mediaId: read.data.media_id } : unexpected
  }

  /** The content of a file that a person sent, by its `downloadCode`. Throws if the file is not available, or no longer available. */
  async downloadFile(downloadCode: string): Promise<Uint8Array> {
    const body = JSON.stringify({ downloadCode, robotCode: this.#parts.settings.clientId })
    const answer = await this.call('/v1.0/robot/messageFiles/download', body)
    if (answer.kind !== 'ok') throw new Error(`the file cannot be downloaded: ${answer.code}`)
    const { downloadUrl } = Download.parse(answer.body)
    const response = await fetch(downloadUrl, { signal: AbortSignal.timeout(30_000) })
    if (!response.ok) throw new Error(`the file cannot be downloaded: http-${response.status}`)
    const data = new Uint8Array(await response.arrayBuffer())
    if (data.length > longestFile) throw new Error('the file cannot be downloaded: too large')
    return data
  }

  /** An address and a ticket for one Stream connection, to be used within 90 s. */
  async openConnection(topics: readonly string[]): Promise<z.infer<typeof Connection> | Failure> {
    const { clientId, clientSecret, apiBase } = this.#parts.settings
    const subscriptions = topics.map((topic) => ({ type: 'CALLBACK', topic }))
    const answer = await this.#fetch(`${apiBase}/v1.0/gateway/connections/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, subscriptions, ua: 'dangjian-bot/1' }),
    })
    if (answer.kind !== 'ok') return answer
    const read = Connection.safeParse(answer.body)
    return read.success ? read.data : unexpected
  }

  /** The app's token: the one that all instances share while it lives, otherwise a new one. Returns the failure if there is no token. */
  async token(): Promise<string | Failure> {
    const held = await this.#parts.tokens.read(this.#name)
    if (held && held.until - earlyMs > Date.now()) return held.token
    return this.#fresh()
  }

  get #name(): string {
    return `dingtalk ${this.#parts.settings.clientId}`
  }

  /** Makes a call with the token. If DingTalk refuses the token, it makes the call once more with a new one. */
  async #authorised(make: (token: string) => Promise<Answer>): Promise<Answer> {
    const token = await this.token()
    if (typeof token !== 'string') return token
    const answer = await make(token)
    if (!isTokenRefused(answer)) return answer
    const held = await this.#parts.tokens.read(this.#name)
    const other = held && held.token !== token && held.until > Date.now() ? held.token : await this.#fresh()
    return typeof other === 'string' ? make(other) : other
  }

  /** Fetches a token. Concurrent calls share one fetch. */
  #fresh(): Promise<string | Failure> {
    this.#fetching ??= this.#fetchToken().finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  async #fetchToken(): Promise<string | Failure> {
    const { clientId, clientSecret, apiBase } = this.#parts.settings
    const answer = await this.#fetch(`${apiBase}/v1.0/oauth2/accessToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appKey: clientId, appSecret: clientSecret }),
    })
    if (answer.kind !== 'ok') return answer
    const read = Token.safeParse(answer.body)
    if (!read.success) return unexpected
    const { accessToken, expireIn } = read.data
    await this.#parts.tokens.write(this.#name, accessToken, Date.now() + expireIn * 1000)
    return accessToken
  }

  #counted(url: string, init: RequestInit): Promise<Answer> {
    this.#parts.count('call')
    return this.#fetch(url, init)
  }

  async #fetch(url: string, init: RequestInit): Promise<Answer> {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) })
      return readAnswer(response.status, await response.text())
    } catch (error) {
      const mayHaveArrived = !wasNeverSent(error)
      return { kind: 'lost', code: networkCode(error), ambiguous: mayHaveArrived, unanswered: mayHaveArrived, ms: 500 }
    }
  }
}

const unexpected = { kind: 'lost', code: 'unexpected-answer', ambiguous: true, ms: 1000 } as const

const Caused = z.object({ cause: z.object({ code: z.string() }) })
const networkCode = (error: unknown): string => Caused.safeParse(error).data?.cause.code ?? 'network'
/** If no connection was made, the call was not carried out. */
const wasNeverSent = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(networkCode(error))
