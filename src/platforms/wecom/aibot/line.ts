import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { InOrder } from '../../../bot/turn/in-order.ts'
import { type Ack, type Ask, type Frame, frameOf, isOk, newReqId, readFrame } from './frames.ts'

/** Milliseconds. `ping`: between heartbeats; `ack`: how long an answer to one of our frames may take. */
export type LineTimes = { handshake: number; ping: number; ack: number }

const notOpen: Ack = { kind: 'lost', code: 'not-connected', ambiguous: false }

/** One connection to the gateway of 智能机器人. */
export class Line {
  readonly #socket: WebSocket
  readonly #times: LineTimes
  readonly #asked = new Map<string, (ack: Ack) => void>()
  readonly #order = new InOrder()
  /** When it opened; rejects where it does not. */
  readonly open: Promise<void>
  readonly gone: Promise<void>
  /** No answer to a heartbeat: it looked alive and carried nothing. */
  silent = false

  constructor(socket: WebSocket, times: LineTimes, hear: (frame: Frame | undefined, ask: Ask) => void) {
    this.#times = times
    this.#socket = socket
    this.open = new Promise((resolve, reject) => {
      this.#socket.on('open', resolve)
      this.#socket.on('error', reject)
    })
    this.gone = new Promise((resolve) => {
      this.#socket.on('close', () => resolve())
    })
    void this.gone.then(() => {
      for (const answer of this.#asked.values()) answer({ kind: 'lost', code: 'connection-lost', ambiguous: true })
    })
    this.#socket.on('message', (data: Buffer) => {
      const frame = readFrame(data.toString('utf8'))
      if (!frame || frame.cmd) return hear(frame, this.ask)
      const { headers, errcode, body } = frame
      this.#asked.get(headers.req_id)?.({ kind: 'ack', errcode: errcode ?? 0, body })
    })
  }

  /** Frames of one `reqId` go one after another, since their answers look alike. */
  readonly ask: Ask = (cmd, body, reqId = newReqId(cmd)) =>
    this.#order.run(reqId, () => this.#ask(reqId, frameOf(cmd, reqId, body)))

  /** Heartbeats from now on. Whoever does not answer one is given up. */
  beat(): void {
    const timer = setInterval(() => {
      void this.ask('ping').then((ack) => {
        if (isOk(ack) || this.#socket.readyState !== WebSocket.OPEN) return
        this.silent = true
        this.drop()
      })
    }, this.#times.ping)
    void this.gone.then(() => clearInterval(timer))
  }

  async close(): Promise<void> {
    this.#socket.close(1000)
    await Promise.race([this.gone, sleep(500)])
    this.drop()
  }

  /** Gives it up without a word. */
  drop(): void {
    this.#socket.terminate()
  }

  #ask(reqId: string, text: string): Promise<Ack> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(notOpen)
    return new Promise((resolve) => {
      const answer = (ack: Ack): void => {
        clearTimeout(timer)
        this.#asked.delete(reqId)
        resolve(ack)
      }
      const timer = setTimeout(() => answer({ kind: 'lost', code: 'no-ack', ambiguous: true }), this.#times.ack)
      this.#asked.set(reqId, answer)
      this.#socket.send(text)
    })
  }
}
