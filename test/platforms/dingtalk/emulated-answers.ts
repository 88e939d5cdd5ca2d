import { randomBytes } from 'node:crypto'

/** One call as it came in. `body` is the parsed body, if it is JSON. */
export type Call = {
  method: string
  path: string
  query: URLSearchParams
  headers: { [name: string]: string | string[] | undefined }
  raw: Buffer
  body: unknown
}
export type Reply = { status: number; body: object }

/**
 * A fault in place of the true answer. It has no effect on the platform, except `loseAnswer`, which comes after the effect. `old` and
 * `fresh` are codes in the shape of the old or the new API.
 */
export type Fault =
  | { old: number; message?: string }
  | { fresh: string; status: number; message?: string }
  | { page: number }
  | { reset: true }
  | { loseAnswer: true }
  | { undeliverable: true }
  | { throttled: true }

/** DingTalk refuses a call. With `blame`, only a program that breaks the rules gets this answer, so it is noted as a violation. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: string | number
  readonly status: number
  readonly blame: boolean

  constructor(code: string | number, message: string, { status = 400, blame = true } = {}) {
    super(message)
    this.code = code
    this.status = status
    this.blame = blame
  }
}

export const isFresh = (path: string): boolean => path.startsWith('/v1.0/')
export const randomId = (bytes = 12): string => randomBytes(bytes).toString('hex')
export const fresh = (body: object): Reply => ({ status: 200, body })
export const old = (body: object = {}): Reply => ({ status: 200, body: { errcode: 0, errmsg: 'ok', ...body } })

/** The shapes of dingtalk.md §1.3. */
export function refusalOf(path: string, { code, message, status }: Refusal): Reply {
  if (isFresh(path)) return { status, body: { code, requestid: randomId(4), message } }
  if (typeof code === 'number') return { status: 200, body: { errcode: code, errmsg: message } }
  const errmsg = `ding talk error[subcode=${code},submsg=${message}]`
  return { status: 200, body: { errcode: 88, sub_code: code, sub_msg: message, errmsg, request_id: randomId(4) } }
}

export const refusedToken = (path: string): Refusal =>
  new Refusal(isFresh(path) ? 'InvalidAuthentication' : '40014', '不合法的access_token', { blame: false })
