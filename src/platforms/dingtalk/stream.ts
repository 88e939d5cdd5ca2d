import { setTimeout as sleep } from 'node:timers/promises'
import type { Leases, Log } from '../../bot/channel.ts'
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
}
/** Milliseconds. `lease`: how often ownership is renewed, or tried for; `drain`: how long a connection that was told to leave may stay. */
export type StreamTimes = LineTimes & { lease: number; firstWait: number; longestWait: number; drain: number }
const usual: StreamTimes = {
  handshake: 10_000,
  ping: 5_000,
  silence: 15_000,
  retries: [500, 1000, 2000, 4000, 8000],
  lease: 5_000,
  firstWait: 1_000,
  longestWait: 60_000,
  drain: 12_000,
}
/** A connection that lived so long was a good one: the next wait is short again. */
const goodMs = 5_000

/**
 * Stream mode: keeps one connection to DingTalk's gateway among all instances (DingTalk asks for one a client id; several share the
 * messages at random). Whoever holds the lease connects; the others stand by.
 */
export class DingtalkStream {
  readonly #parts: StreamParts
  readonly #times: StreamTimes
  readonly #stopping = new AbortController()
  readonly #lines = new Set<Line>()
  #current: Line | undefined
  #running: Promise<void> | undefined
  #renewal: NodeJS.Timeout | undefined
  /** When the lease was last taken; 0: it is not ours. */
  #owned = 0
  #connecting = false

  constructor(parts: StreamParts) {
    this.#parts = parts
    this.#times = { ...usual, ...parts.times }
  }

  /** Whether messages arrive here at the moment. */
  get connected(): boolean {
    return this.#current !== undefined
  }

  /** Connects, and again whenever the connection is gone, until `stop`. Returns at once. */
  start(): void {
    this.#running ??= this.#run()
    this.#renewal ??= setInterval(() => void this.#renew(), this.#times.lease)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#renewal)
    await Promise.all([...this.#lines].map((line) => line.close()))
    await this.#running
    if (this.#owned > 0) await this.#parts.leases.release(this.#lease)
  }

  get #lease(): string {
    return `dingtalk stream ${this.#parts.settings.clientId}`
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      if (!(await this.#own())) {
        await this.#wait(this.#times.lease)
        continue
      }
      const began = performance.now()
      this.#connecting = true
      const left = await this.#connection()
      this.#connecting = false
      failures = performance.now() - began > goodMs ? 0 : failures + 1
      if (left !== 'told to leave' || failures > 0) await this.#wait(backOff(failures, this.#times))
    }
  }

  /** Opens a connection and stays until it is left. Whatever was there before is gone, or was told to leave. */
  async #connection(): Promise<'told to leave' | 'gone'> {
    const { client, door, log } = this.#parts
    const opened = await client.openConnection(Object.values(topics))
    if ('kind' in opened) {
      const outcome = outcomeOf(opened)
      if (outcome.kind === 'configuration') log.error({ channel: 'dingtalk', code: outcome.code }, outcome.line)
      else log.warn({ channel: 'dingtalk', code: outcome.code }, 'the Stream gateway gives no ticket')
      return 'gone'
    }
    if (this.#stopping.signal.aborted) return 'gone'
    const line = new Line(`${opened.endpoint}?ticket=${encodeURIComponent(opened.ticket)}`, door, log, this.#times)
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
    if (left === 'told to leave') void sleep(this.#times.drain, undefined, { ref: false }).then(() => line.drop())
    return left
  }

  /** Takes the lease, or renews it. While the store is away the lease last taken counts for its time. */
  async #own(): Promise<boolean> {
    try {
      const owns = await this.#parts.leases.take(this.#lease)
      this.#owned = owns ? performance.now() : 0
      return owns
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the lease of the Stream connection cannot be renewed')
      return this.#owned > 0 && performance.now() - this.#owned < 3 * this.#times.lease
    }
  }

  /** Only while a connection stands or comes about: who cannot connect leaves it to another instance. */
  async #renew(): Promise<void> {
    if (this.#connecting && !(await this.#own())) for (const line of this.#lines) line.drop()
  }

  /** A pause that `stop` ends. */
  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}

/** Milliseconds before the next attempt: doubled with each failure, with jitter so that many programs do not come at once. */
export const backOff = (
  failures: number,
  { firstWait, longestWait }: { firstWait: number; longestWait: number },
): number => Math.min(longestWait, firstWait * 2 ** Math.max(0, failures - 1)) * (0.5 + Math.random() / 2)
