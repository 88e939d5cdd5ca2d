import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { type Left, SoleConnection, type SoleTimes, usualTimes } from '../../bot/connections/sole-connection.ts'
import type { Leases, Log, SocketWay } from '../../bot/messages/channel.ts'
import { outcomeOf } from './answers.ts'
import type { DingtalkClient } from './client.ts'
import type { Door } from './door.ts'
import { topics } from './frames.ts'
import { Line, type LineTimes } from './line.ts'
import type { DingtalkSettings } from './settings.ts'

export type StreamParts = {
  settings: DingtalkSettings
  client: DingtalkClient
  door: Door
  leases: Leases
  log: Log
  times?: Partial<StreamTimes>
  socketWay?: SocketWay
}
/** All times are in milliseconds. `drain` is how long a connection may stay after it was told to leave. */
export type StreamTimes = LineTimes & SoleTimes & { drain: number }
const usual: StreamTimes = {
  ...usualTimes,
  handshake: 10_000,
  ping: 5_000,
  silence: 15_000,
  retries: [500, 1000, 2000, 4000, 8000],
  drain: 12_000,
}

/**
 * Stream mode. All instances together keep one connection to DingTalk's gateway: DingTalk asks for one connection for each client id, and
 * spreads messages at random over several.
 */
export class DingtalkStream {
  readonly #parts: StreamParts
  readonly #times: StreamTimes
  readonly #sole: SoleConnection
  readonly #lines = new Set<Line>()
  #current: Line | undefined

  constructor(parts: StreamParts) {
    this.#parts = parts
    this.#times = { ...usual, ...parts.times }
    this.#sole = new SoleConnection({
      name: `dingtalk stream ${parts.settings.clientId}`,
      leases: parts.leases,
      log: parts.log,
      times: this.#times,
      connect: () => this.#connection(),
      drop: () => this.#lines.forEach((line) => line.drop()),
    })
  }

  /** Whether this instance receives messages at the moment. */
  get connected(): boolean {
    return this.#current !== undefined
  }

  /** Connects, and connects again whenever the connection is gone, until `stop`. Returns at once. */
  start(): void {
    this.#sole.start()
  }

  stop(): Promise<void> {
    return this.#sole.stop(() => Promise.all([...this.#lines].map((line) => line.close())))
  }

  /** Opens a connection and stays until it ends. The connection before it is gone already, or was told to leave. */
  async #connection(): Promise<Left> {
    const { client, door, log } = this.#parts
    const opened = await client.openConnection(Object.values(topics))
    if ('kind' in opened) {
      const outcome = outcomeOf(opened)
      if (outcome.kind === 'configuration') log.error({ channel: 'dingtalk', code: outcome.code }, outcome.line)
      else log.warn({ channel: 'dingtalk', code: outcome.code }, 'the Stream gateway gives no ticket')
      return 'gone'
    }
    if (this.#sole.stopped) return 'gone'
    const socket = new WebSocket(`${opened.endpoint}?ticket=${encodeURIComponent(opened.ticket)}`, {
      handshakeTimeout: this.#times.handshake,
      maxPayload: 2 ** 20,
      ...this.#parts.socketWay?.(opened.endpoint),
    })
    const line = new Line(socket, { door, log, times: this.#times })
    this.#lines.add(line)
    void line.gone.then(() => this.#lines.delete(line))
    try {
      await line.open
    } catch (error) {
      log.warn({ err: error, channel: 'dingtalk' }, 'the Stream gateway refuses the connection')
      line.drop()
      return 'gone'
    }
    log.info({ channel: 'dingtalk' }, 'Stream connected')
    this.#current = line
    const left = await line.left
    this.#current = undefined
    log.info({ channel: 'dingtalk', left }, 'Stream connection left')
    if (left !== 'told to leave') return 'gone'
    void sleep(this.#times.drain, undefined, { ref: false }).then(() => line.drop())
    return 'again'
  }
}
