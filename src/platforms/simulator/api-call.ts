import { createHash, randomBytes } from 'node:crypto'

/** One call to the emulated API, as it came in. */
export type Call = { path: string; query: { [name: string]: string }; body: Buffer; contentType: string }
export type Answer = { errcode: number; errmsg: string; [field: string]: unknown }
export const ok = (fields: { [field: string]: unknown } = {}): Answer => ({ errcode: 0, errmsg: 'ok', ...fields })

/** The platform refuses a call. With `blame`, only a program that breaks the rules gets this answer, so it is noted as a violation. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly errcode: number
  readonly blame: boolean

  constructor(errcode: number, reason: string, { blame = true } = {}) {
    super(reason)
    this.errcode = errcode
    this.blame = blame
  }
}

export const randomId = (bytes = 12): string => randomBytes(bytes).toString('hex')

export const printOf = (body: Buffer): string => createHash('sha256').update(body).digest('base64url')

/** Parses a JSON body. Throws the refusal that the real API reports in errmsg. */
export function json(call: Call): unknown {
  try {
    return JSON.parse(call.body.toString('utf8'))
  } catch {
    throw new Refusal(40033, 'Warning: wrong json format.')
  }
}
