import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import type { Log } from '../../bot/messages/channel.ts'
import type { Door } from './door.ts'
import { dataOf, type Frame, readFrame, replyTo, topics } from './frames.ts'

/** Why we leave a connection: the gateway announced its end and keeps it for some seconds, or it is gone. */
export type Left = 'told to leave' | 'gone'

/** All times are in milliseconds. */
export type LineTimes = { handshake: number; ping: number; silence: number; retries: readonly number[] }

/** One connection to the Stream gateway. */
export class Line {
  readonly #socket: WebSocket
  readonly #door: Door
  readonly #log: Log
  readonly #times: LineTimes
  readonly #working = new Set<Promise<void>>()
  #heard = performance.now()
  #told: (left: Left) => void = () => undefined
  /** Resolves when the connection is open; rejects if it does not open. */
  readonly open: Promise<void>
  readonly left: Promise<Left>
  readonly gone: Promise<void>

  constructor(socket: WebSocket, { door, log, times }: { door: Door; log: Log; times: LineTimes }) {
    this.#door = door
    this.#log = log
    this.#times = times
    this.#socket = socket
    this.left = new Promise((resolve) => {
      this.#told = resolve
    })
    this.open = new Promise((resolve, reject) => {
      this.#socket.on('open', resolve)
      this.#socket.on('error', reject)
    })
    this.gone = new Promise((resolve) => {
      this.#socket.on('close', () => resolve())
    })
    for (const sign of ['message', 'ping', 'pong']) {
      this.#socket.on(sign, () => {
        this.#heard = performance.now()
      })
    }
    this.#socket.on('message', (data: Buffer) => this.#hear(data.toString('utf8')))
    const watch = setInterval(() => this.#watch(), times.ping)
    void this.gone.then(() => {
      clearInterval(watch)
      this.#told('gone')
    })
  }

  /** Ends the connection. It first waits a moment to acknowledge the messages it has taken. */
  async close(): Promise<void> {
    await Promise.race([Promise.allSettled(this.#working), sleep(3000)])
    this.#socket.close(1000)
    await Promise.race([this.gone, sleep(500)])
    this.#socket.terminate()
  }

  /** Drops the connection without a goodbye. */
  drop(): void {
    this.#socket.terminate()
  }

  /** A half-open connection looks alive but carries nothing. If a connection stays silent after pings, we give it up. */
  #watch(): void {
    if (performance.now() - this.#heard > this.#times.silence) {
      this.#log.warn({ channel: 'dingtalk' }, 'the Stream connection is silent and is given up')
      return this.drop()
    }
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping()
  }

  #hear(text: string): void {
    const frame = readFrame(text)
    if (!frame) return this.#log.warn({ channel: 'dingtalk' }, 'a Stream frame is malformed')
    const work = this.#take(frame)
      .catch((error: unknown) => this.#log.error({ err: error, topic: frame.headers.topic }, 'a Stream frame failed'))
      .finally(() => this.#working.delete(work))
    this.#working.add(work)
  }

  async #take(frame: Frame): Promise<void> {
    const { type, headers } = frame
    if (type === 'SYSTEM' && headers.topic === 'disconnect') return this.#told('told to leave')
    if (headers.messageId === undefined) return
    if (type === 'SYSTEM') {
      if (headers.topic === 'ping') await this.#reply(replyTo(frame, 200, frame.data))
    } else if (type === 'EVENT') await this.#reply(replyTo(frame, 200, '{"status":"SUCCESS"}'))
    else if (headers.topic === topics.robot) await this.#robot(frame)
    else if (headers.topic === topics.card) await this.#card(frame)
    else await this.#reply(replyTo(frame, 404, '{}'))
  }

  /**
   * Acknowledges a message when its effects are durable. While the store cannot be written we try again, because DingTalk does not document
   * that it repeats a message. In the end we send no answer; field reports say that the gateway then pushes the message again.
   */
  async #robot(frame: Frame): Promise<void> {
    for (const wait of [...this.#times.retries, undefined]) {
      try {
        await this.#door.robot(dataOf(frame))
        await this.#reply(replyTo(frame, 200, '{"response":null}'))
        return
      } catch (error) {
        if (wait === undefined) throw error
        this.#log.error({ err: error }, 'a robot message could not be stored and is tried again')
        await sleep(wait)
      }
    }
  }

  async #card(frame: Frame): Promise<void> {
    const answer = await this.#door.card(dataOf(frame)).catch(async (error: unknown) => {
      await this.#reply(replyTo(frame, 500, '{}'))
      throw error
    })
    const sent = await this.#reply(replyTo(frame, 200, JSON.stringify({ response: answer?.response ?? {} })))
    await answer?.settle(sent)
  }

  /** Returns true if the reply went out. */
  #reply(text: string): Promise<boolean> {
    if (this.#socket.readyState !== WebSocket.OPEN) return Promise.resolve(false)
    return new Promise((resolve) => {
      this.#socket.send(text, (error) => resolve(!error))
    })
  }
}
