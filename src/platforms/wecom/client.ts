import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Log, RenderedFile, TokenCache } from '../../bot/messages/channel.ts'
import { type Answer, type Failure, isTokenRefused, outcomeOf, readAnswer } from './answers.ts'
import type { WecomSettings } from './settings.ts'

export type ClientParts = { settings: WecomSettings; tokens: TokenCache; log: Log }

const timeoutMs = 10_000
const uploadMs = 60_000
/** The wait before the next try after a wrong secret, because several of them block our address for an hour (P-90313). */
const refusedMs = 55_000

const Token = z.object({ access_token: z.string().min(1).max(512), expires_in: z.number().positive() })
const Uploaded = z.object({ media_id: z.string().min(1) })
const Resolved = z.object({ userid_list: z.array(z.object({ open_userid: z.string(), userid: z.string().min(1) })) })

type Query = { [name: string]: string }
/** With a `body` the request is a POST with that body unchanged; without one it is a GET. */
export type ApiRequest = { query?: Query; body?: string | Multipart }

/** WeCom's server API for one app. Failures are in the answers; nothing is thrown for errors of the platform or of the network. */
export class WecomClient {
  readonly #parts: ClientParts
  /** The name of the token in the cache that instances share. Each app has its own token. */
  readonly #name: string
  #fetching: Promise<string | Failure> | undefined
  #refused: { until: number; failure: Failure } | undefined

  constructor(parts: ClientParts) {
    this.#parts = parts
    const { apiBase, corpId, agentId, secret } = parts.settings
    this.#name = ['wecom', apiBase, corpId, agentId, secret].join(' ')
  }

  /** Makes one call with the app's token. If WeCom refuses the token, renews it once. Example of a `path`: `message/send`. */
  async call(path: string, { query = {}, body }: ApiRequest = {}): Promise<Answer> {
    const make = (token: string): Promise<Answer> => this.#fetch(path, { access_token: token, ...query }, body)
    const held = await this.#parts.tokens.read(this.#name)
    const token = held && held.until > Date.now() ? held.token : await this.#fresh()
    if (typeof token !== 'string') return token
    const answer = await make(token)
    if (!isTokenRefused(answer)) return answer
    // Another instance may have renewed the token meanwhile.
    const now = await this.#parts.tokens.read(this.#name)
    const other = now && now.token !== token && now.until > Date.now() ? now.token : await this.#fresh()
    return typeof other === 'string' ? make(other) : other
  }

  /** Uploads a file for messages of the app (P-90253). It is valid for three days, so we upload it for each message. */
  async upload(file: RenderedFile): Promise<{ mediaId: string } | Failure> {
    return uploaded(await this.call('media/upload', { query: { type: 'file' }, body: new Multipart(file) }))
  }

  /** The userid behind an encrypted one (P-101521), or undefined if this app may not see the member. Throws if the call failed. */
  async userIdOf(openUserid: string): Promise<string | undefined> {
    const body = JSON.stringify({ open_userid_list: [openUserid] })
    const answer = await this.call('batch/openuserid_to_userid', { body })
    if (answer.kind !== 'ok') throw new Error(`openuserid_to_userid: ${answer.kind}`)
    const { userid_list: found } = Resolved.parse(answer.body)
    return found.find((one) => one.open_userid === openUserid)?.userid
  }

  /** Sends a message by a group's robot (P-99110), which needs only the robot's key. */
  webhook(key: string, body: string): Promise<Answer> {
    return this.#fetch('webhook/send', { key }, body)
  }

  /** Uploads a file that only this robot can send. */
  async webhookUpload(key: string, file: RenderedFile): Promise<{ mediaId: string } | Failure> {
    return uploaded(await this.#fetch('webhook/upload_media', { key, type: 'file' }, new Multipart(file)))
  }

  /** Fetches a token. Concurrent calls share one fetch. */
  #fresh(): Promise<string | Failure> {
    this.#fetching ??= this.#fetchToken().finally(() => {
      this.#fetching = undefined
    })
    return this.#fetching
  }

  async #fetchToken(): Promise<string | Failure> {
    if (this.#refused && this.#refused.until > Date.now()) return this.#refused.failure
    const { corpId, secret } = this.#parts.settings
    const answer = await this.#fetch('gettoken', { corpid: corpId, corpsecret: secret })
    if (answer.kind !== 'ok') {
      if (outcomeOf(answer).kind === 'configuration') this.#refused = { until: Date.now() + refusedMs, failure: answer }
      return answer
    }
    const read = Token.safeParse(answer.body)
    if (!read.success) return { kind: 'lost', code: 'unexpected-answer', ambiguous: false }
    const { access_token: token, expires_in: seconds } = read.data
    const margin = Math.min(60, seconds / 10)
    await this.#parts.tokens.write(this.#name, token, Date.now() + (seconds - margin) * 1000)
    this.#parts.log.info({ channel: 'wecom' }, 'a new access token')
    return token
  }

  async #fetch(path: string, query: Query, body?: string | Multipart): Promise<Answer> {
    const url = `${this.#parts.settings.apiBase}/cgi-bin/${path}?${new URLSearchParams(query).toString()}`
    const signal = AbortSignal.timeout(body instanceof Multipart ? uploadMs : timeoutMs)
    try {
      const response = await fetch(url, { redirect: 'manual', signal, ...sent(body) })
      return readAnswer(response.status, await response.text())
    } catch (error) {
      const mayHaveArrived = !wasNeverSent(error)
      return { kind: 'lost', code: networkCode(error), ambiguous: mayHaveArrived, unanswered: mayHaveArrived }
    }
  }
}

function sent(body: string | Multipart | undefined): RequestInit {
  if (body === undefined) return {}
  if (body instanceof Multipart) return { method: 'POST', headers: { 'content-type': body.type }, body: body.data }
  return { method: 'POST', headers: { 'content-type': 'application/json; charset=utf-8' }, body }
}

function uploaded(answer: Answer): { mediaId: string } | Failure {
  if (answer.kind !== 'ok') return answer
  const read = Uploaded.safeParse(answer.body)
  return read.success ? { mediaId: read.data.media_id } : { kind: 'lost', code: 'unexpected-answer', ambiguous: false }
}

/** One part named `media` with file name and length, as WeCom requires it (§16). FormData cannot write `filelength`. */
class Multipart {
  readonly type: string
  readonly data: Uint8Array<ArrayBuffer>

  constructor({ name, data }: RenderedFile) {
    const mark = `----${randomBytes(16).toString('hex')}`
    const safe = name.replace(/["\\%\r\n]/g, '_')
    const head = `--${mark}\r\nContent-Disposition: form-data; name="media"; filename="${safe}"; filelength=${data.length}\r\nContent-Type: application/octet-stream\r\n\r\n`
    this.type = `multipart/form-data; boundary=${mark}`
    this.data = new Uint8Array(Buffer.concat([Buffer.from(head), data, Buffer.from(`\r\n--${mark}--\r\n`)]))
  }
}

const Caused = z.object({ cause: z.object({ code: z.string() }) })
const Named = z.object({ name: z.string() })
const networkCode = (error: unknown): string =>
  Caused.safeParse(error).data?.cause.code ?? Named.safeParse(error).data?.name ?? 'network'
/** If no connection was made, the call was not carried out. */
const wasNeverSent = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(networkCode(error))
