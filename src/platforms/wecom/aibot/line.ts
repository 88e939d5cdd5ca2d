import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { InOrder } from '../../../bot/turn/in-order.ts'
import { type Ack, type Ask, type Frame, frameOf, isOk, newReqId, readFrame } from './frames.ts'

/** All times are in milliseconds. `ping` is the time between heartbeats; `ack` is the longest wait for the answer to one of our frames. */
export type LineTimes = { handshake: number; ping: number; ack: number }

const notOpen: Ack = { kind: 'lost', code: 'not-connected', ambiguous: false }

/** One connection to the gateway of 智能机器人. */
export class Line {
  readonly #socket: WebSocket
  readonly #times: LineTimes
  readonly #asked = new Map<string, (ack: Ack) => void>()
  readonly #order = new InOrder()
  /** Resolves when the connection is open; rejects if it does not open. */
  readonly open: Promise<void>
  readonly gone: Promise<void>
  /** A heartbeat got no answer: the connection looked alive but carried nothing. */
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

  /** Frames with the same `reqId` are sent one after another, because their answers look the same. */
  readonly ask: Ask = (cmd, body, reqId = newReqId(cmd)) =>
    this.#order.run(reqId, () => this.#ask(reqId, frameOf(cmd, reqId, body)))

  /** Starts the heartbeats. If one gets no answer, we give the connection up. */
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

  /** Drops the connection without a goodbye. */
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
