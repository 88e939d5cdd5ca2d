import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import WebSocket, { WebSocketServer } from 'ws'
import { z } from 'zod'
import { randomId } from './emulated-answers.ts'

const Reply = z.looseObject({
  code: z.union([z.literal(200), z.literal(404), z.literal(500)]),
  headers: z.looseObject({ messageId: z.string(), contentType: z.literal('application/json') }),
  message: z.string(),
  data: z.string(),
})
type Reply = z.infer<typeof Reply>
type Line = { socket: WebSocket; topics: string[]; leaving: boolean; deaf: boolean }

/** DingTalk's Stream gateway (dingtalk.md §4). It notes every breach of the protocol. */
export class EmulatedGateway {
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false })
  readonly #tickets = new Map<string, { topics: string[]; until: number }>()
  readonly #waiting = new Map<string, (reply: Reply) => void>()
  readonly #sent = new Set<string>()
  readonly lines = new Set<Line>()
  readonly violations: string[]
  /** A robot message without an acknowledgement is pushed again after this time, in milliseconds. */
  repeatAfter = 300
  /** This many acknowledgements get lost. */
  loseAcks = 0
  /** How often a ticket was given. */
  opened = 0

  constructor(violations: string[]) {
    this.violations = violations
  }

  ticket(topics: string[]): string {
    const ticket = randomUUID()
    this.opened += 1
    this.#tickets.set(ticket, { topics, until: Date.now() + 90_000 })
    return ticket
  }

  connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const name = new URL(request.url ?? '', 'http://gateway').searchParams.get('ticket') ?? ''
    const ticket = this.#tickets.get(name)
    this.#tickets.delete(name)
    if (!ticket || ticket.until < Date.now()) {
      this.violations.push('a connection without a good ticket')
      return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
    }
    if (this.alive.length > 0) this.violations.push('a second connection beside one that is alive')
    this.#server.handleUpgrade(request, socket, head, (accepted) => this.#accept(accepted, ticket.topics))
  }

  /** Connections that work: neither told to leave nor half-open. */
  get alive(): Line[] {
    return [...this.lines].filter((line) => !line.leaving && !line.deaf)
  }

  /** All connections break at once. */
  drop(): void {
    for (const line of this.lines) line.socket.terminate()
  }
  /** An announced restart: every client is told and has `grace` ms to come back over a new connection. */
  disconnect(grace = 500): void {
    for (const line of this.lines) {
      line.socket.send(frame('SYSTEM', { topic: 'disconnect' }, '{"reason":"connection is expired"}'))
      line.leaving = true
      setTimeout(() => line.socket.close(1001), grace)
    }
  }
  /** Half-open: nothing goes through any more, in either direction. */
  deafen(): void {
    for (const line of this.lines) line.deaf = true
  }

  /** Pushes to a random connection. Returns the reply, or undefined if none came in time. A robot message comes up to four times. */
  async push(topic: string, data: unknown, kind: 'robot' | 'card'): Promise<Reply | undefined> {
    const [tries, patience] = kind === 'card' ? [1, 2000] : [40, this.repeatAfter]
    for (let i = 0; i < tries; i++) {
      const lines = [...this.lines].filter((one) => !one.leaving)
      const line = lines[Math.floor(Math.random() * lines.length)]
      if (!line) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        continue
      }
      if (!line.topics.includes(topic)) throw new Error(`nobody subscribed to ${topic}`)
      const reply = await this.#ask(line, 'CALLBACK', topic, JSON.stringify(data), patience)
      if (reply && (kind === 'card' || this.loseAcks-- <= 0)) return reply
    }
    return undefined
  }
  /** Pings the connection as the gateway does. Returns the data of the reply. */
  async ping(): Promise<string | undefined> {
    const [line] = this.alive
    return line && (await this.#ask(line, 'SYSTEM', 'ping', '{"opaque" : "123-dsfs"}', 2000))?.data
  }

  close(): void {
    for (const line of this.lines) line.socket.terminate()
  }

  #accept(socket: WebSocket, topics: string[]): void {
    const line: Line = { socket, topics, leaving: false, deaf: false }
    this.lines.add(line)
    socket.on('close', () => this.lines.delete(line))
    socket.on('ping', () => line.deaf || socket.pong())
    socket.on('message', (data: Buffer) => line.deaf || this.#hear(data.toString()))
    for (const topic of ['CONNECTED', 'REGISTERED']) socket.send(frame('SYSTEM', { topic }, '{}'))
  }

  #ask(line: Line, type: string, topic: string, data: string, ms: number): Promise<Reply | undefined> {
    const messageId = randomId()
    this.#sent.add(messageId)
    if (!line.deaf) line.socket.send(frame(type, { topic, messageId, contentType: 'application/json' }, data))
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), ms)
      this.#waiting.set(messageId, (reply) => {
        clearTimeout(timer)
        resolve(reply)
      })
    })
  }

  #hear(text: string): void {
    const reply = Reply.safeParse(JSON.parse(text))
    if (!reply.success) return void this.violations.push(`no reply: ${text}`)
    const { messageId } = reply.data.headers
    if (!this.#sent.has(messageId)) this.violations.push('a reply to no frame')
    this.#waiting.get(messageId)?.(reply.data)
  }
}

const frame = (type: string, headers: object, data: string): string =>
  JSON.stringify({ specVersion: '1.0', type, headers: { time: String(Date.now()), ...headers }, data })
