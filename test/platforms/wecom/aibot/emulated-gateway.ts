import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket, { WebSocketServer } from 'ws'
import { z } from 'zod'
import { Refusal, randomId } from '../../../../src/platforms/simulator/api-call.ts'
import type { AibotSocketSettings } from '../../../../src/platforms/wecom/aibot/settings.ts'
import { EmulatedAibot, type Taken } from './emulated-aibot.ts'
import type { CallbackBody } from './emulated-callbacks.ts'
import { Commands } from './emulated-commands.ts'
import { ServedFiles } from './emulated-files.ts'

const Frame = z.looseObject({
  cmd: z.string().min(1),
  headers: z.looseObject({ req_id: z.string().min(1) }),
  body: z.unknown().optional(),
})
const Subscription = z.looseObject({ bot_id: z.string(), secret: z.string() })
type Line = { socket: WebSocket; subscribed: boolean; deaf: boolean }
export type Heard = { cmd: string; reqId: string; body: unknown; errcode: number }
/**
 * `errcode`: the frame is refused without effect. `loseFrame`: it never arrives. `loseAck`: it is carried out, but its answer gets lost.
 */
export type Fault = { errcode: number } | 'loseFrame' | 'loseAck'

/** The gateway of 智能机器人's long connection, for one bot (wecom.md §15). */
export class EmulatedGateway {
  readonly aibot: EmulatedAibot
  readonly files = new ServedFiles()
  readonly commands: Commands
  /** The bot's frames in order, each with the code of its answer, without heartbeats. */
  readonly heard: Heard[] = []
  /** The numbers of subscriptions and of heartbeats. */
  subscriptions = 0
  beats = 0
  fault: (frame: { cmd: string; body: unknown }) => Fault | undefined = () => undefined
  /** How long an answer is under way, in milliseconds. */
  delay: (frame: { cmd: string; body: unknown }) => number = () => 0
  readonly #server: Server
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #lines = new Set<Line>()
  readonly #botId = `aib${randomId(8)}`
  readonly #secret = randomId(16)
  #address = ''
  #away = false
  #passed = 0

  constructor(server: Server, hidden: boolean) {
    this.#server = server
    this.aibot = new EmulatedAibot({ carry: (body) => this.deliver(body), files: this.files, hidden })
    this.commands = new Commands(this.aibot, () => Date.now() + this.#passed)
  }

  /** Starts on a free port. `hidden`: people's ids are encrypted. */
  static async start({ hidden = false } = {}): Promise<EmulatedGateway> {
    const server = createServer()
    const gateway = new EmulatedGateway(server, hidden)
    server.on('request', (request, response) => gateway.files.answer(request, response))
    server.on('upgrade', (request, socket, head) => {
      if (gateway.#away) return void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
      gateway.#sockets.handleUpgrade(request, socket, head, (accepted) => gateway.#accept(accepted))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = z.object({ port: z.number() }).parse(server.address())
    gateway.#address = `ws://127.0.0.1:${port}`
    gateway.files.base = `http://127.0.0.1:${port}`
    return gateway
  }

  async close(): Promise<void> {
    this.drop()
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  settings(more: Partial<AibotSocketSettings> = {}): AibotSocketSettings {
    return { botId: this.#botId, secret: this.#secret, address: this.#address, ...more }
  }
  get violations(): readonly string[] {
    return this.aibot.violations
  }
  /** The number of connections that get callbacks. */
  get alive(): number {
    return [...this.#lines].filter(({ subscribed, deaf }) => subscribed && !deaf).length
  }

  /** Moves the clock of answers, limits and uploads ahead. */
  pass(ms: number): void {
    this.#passed += ms
  }
  /** Breaks all connections. */
  drop(): void {
    for (const { socket } of this.#lines) socket.terminate()
  }
  /** Breaks all connections, and refuses new ones for `ms`. */
  async restart(ms: number): Promise<void> {
    this.#away = true
    this.drop()
    await sleep(ms)
    this.#away = false
  }
  /** Half-open: the connections stay, but nothing goes through in either direction. */
  deafen(): void {
    for (const line of this.#lines) line.deaf = true
  }
  /** Forgets who has subscribed. */
  forget(): void {
    for (const line of this.#lines) line.subscribed = false
  }
  /** Sends a text as a frame, unchanged, to every connected client. */
  raw(text: string): void {
    for (const { socket } of this.#lines) socket.send(text)
  }

  /** Sends a callback once, over the connection that has subscribed. 0 means that there is none and the callback is lost. */
  async deliver(body: CallbackBody, reqId = randomId()): Promise<Taken> {
    const line = [...this.#lines].find(({ subscribed }) => subscribed)
    if (!line) return { status: 0 }
    this.commands.delivered(reqId, body)
    const cmd = body.msgtype === 'event' ? 'aibot_event_callback' : 'aibot_msg_callback'
    if (!line.deaf) line.socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, body }))
    return { status: 200 }
  }

  #accept(socket: WebSocket): void {
    const line: Line = { socket, subscribed: false, deaf: false }
    this.#lines.add(line)
    socket.on('close', () => this.#lines.delete(line))
    socket.on('message', (data: Buffer) => line.deaf || this.#hear(line, data.toString('utf8')))
  }

  #hear(line: Line, text: string): void {
    const read = Frame.safeParse(parsed(text))
    if (!read.success) return void this.aibot.violations.push('a frame without cmd or req_id')
    const { cmd, headers, body } = read.data
    const fault = this.fault({ cmd, body })
    if (fault === 'loseFrame') return
    const answer = this.#answer(line, { cmd, reqId: headers.req_id, body }, fault)
    if (cmd === 'ping') this.beats++
    else this.heard.push({ cmd, reqId: headers.req_id, body, errcode: answer.errcode })
    if (fault === 'loseAck') return
    const send = (): void => line.socket.send(JSON.stringify({ headers: { req_id: headers.req_id }, ...answer }))
    const ms = this.delay({ cmd, body })
    if (ms > 0) setTimeout(send, ms)
    else send()
  }

  #answer(
    line: Line,
    { cmd, reqId, body }: Omit<Heard, 'errcode'>,
    fault?: Fault,
  ): { errcode: number; errmsg: string; body?: object } {
    try {
      if (typeof fault === 'object') throw new Refusal(fault.errcode, 'fault', { blame: false })
      const answered = this.#carryOut(line, cmd, reqId, body)
      return { errcode: 0, errmsg: 'ok', ...(answered ? { body: answered } : {}) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.blame) this.aibot.violations.push(`${cmd}: ${error.errcode} ${error.message}`)
      return { errcode: error.errcode, errmsg: error.message }
    }
  }

  #carryOut(line: Line, cmd: string, reqId: string, body: unknown): object | undefined {
    if (cmd === 'aibot_subscribe') return this.#subscribe(line, body)
    if (!line.subscribed) throw new Refusal(846609, 'not subscribed', { blame: false })
    if (cmd === 'ping') return undefined
    return this.commands.take(cmd, reqId, body)
  }

  /** A bot has one connection. A later one replaces it, and the earlier one is told. */
  #subscribe(line: Line, body: unknown): undefined {
    this.subscriptions++
    const read = Subscription.safeParse(body)
    const known = read.success && read.data.bot_id === this.#botId && read.data.secret === this.#secret
    if (!known) throw new Refusal(853000, 'invalid bot_id or secret', { blame: false })
    for (const other of this.#lines) if (other !== line && other.subscribed) this.#kick(other)
    line.subscribed = true
  }

  #kick(line: Line): void {
    line.subscribed = false
    if (line.deaf) return
    const event = { msgtype: 'event', aibotid: this.#botId, event: { eventtype: 'disconnected_event' } }
    line.socket.send(JSON.stringify({ cmd: 'aibot_event_callback', headers: { req_id: randomId() }, body: event }))
    line.socket.close()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
