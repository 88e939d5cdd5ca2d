import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Refusal, randomId } from '../../../../src/platforms/simulator/api-call.ts'
import type { ChatId } from '../../../../src/platforms/simulator/chats.ts'
import type { EmulatedAibot } from './emulated-aibot.ts'
import { readReply } from './emulated-replies.ts'

const hour = 3_600_000
/** `page`: a status without JSON. `reset`: the connection breaks before the effect. `loseAnswer`: it breaks after the effect. */
export type ResponseFault = { errcode: number } | { page: number } | 'reset' | 'loseAnswer'

/** Addresses for one message each, valid for an hour (P-101138). The answer of a used or expired one is not documented. */
export class ResponseUrls {
  readonly #aibot: EmulatedAibot
  readonly #life: () => number
  readonly #given = new Map<string, { chat: ChatId; at: number; used: boolean }>()
  base = ''
  /** The number of calls. */
  calls = 0
  fault: () => ResponseFault | undefined = () => undefined

  constructor(aibot: EmulatedAibot, life: () => number) {
    this.#aibot = aibot
    this.#life = life
  }

  give(chat: ChatId): string {
    const id = randomId(16)
    this.#given.set(id, { chat, at: this.#life(), used: false })
    return `${this.base}/response/${id}?from=aibot`
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.calls++
    const body = await text(request)
    const fault = this.fault()
    if (fault === 'reset') return void request.socket.destroy()
    if (typeof fault === 'object' && 'page' in fault) return void response.writeHead(fault.page).end('<html>')
    const errcode = typeof fault === 'object' ? fault.errcode : this.#carryOut(request, body)
    if (fault === 'loseAnswer') return void request.socket.destroy()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ errcode, errmsg: errcode === 0 ? 'ok' : 'refused' }))
  }

  #carryOut(request: IncomingMessage, body: string): number {
    try {
      const given = this.#given.get(/^\/response\/(\w+)\?/.exec(request.url ?? '')?.[1] ?? '')
      if (request.method !== 'POST' || !given) throw new Refusal(40008, 'no such address')
      const reply = readReply(JSON.parse(body), ['markdown', 'template_card'])
      if (given.used || this.#life() - given.at > hour) throw new Refusal(60140, 'used or expired', { blame: false })
      this.#aibot.screen.show(given.chat, reply)
      given.used = true
      return 0
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.blame) this.#aibot.violations.push(`response_url: ${error.errcode} ${error.message}`)
      return error.errcode
    }
  }
}
