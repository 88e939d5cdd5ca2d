import { setTimeout as sleep } from 'node:timers/promises'
import type { Leases, Log } from '../messages/channel.ts'

/** In milliseconds. `lease` is how often ownership is renewed or tried for. The waits are between attempts to connect. */
export type SoleTimes = { lease: number; firstWait: number; longestWait: number }
export const usualTimes: SoleTimes = { lease: 5_000, firstWait: 1_000, longestWait: 60_000 }
/** After a connection that lived this long, the next wait is short again. */
const goodMs = 5_000

/**
 * How a connection ended. `again`: the other side wants a new one at once. `rest`: none of our instances tries for this many milliseconds.
 */
export type Left = 'gone' | 'again' | { rest: number }

export type SoleParts = {
  /** The name of the lease. */
  name: string
  leases: Leases
  log: Log
  times: SoleTimes
  /** Opens the connection and stays until it ends. Called again each time. */
  connect: () => Promise<Left>
  /** Gives the connection up at once, because it belongs to another instance now. */
  drop: () => void
}

/** A connection that a platform allows once. The instance that holds the lease keeps it; the others stand by. */
export class SoleConnection {
  readonly #parts: SoleParts
  readonly #stopping = new AbortController()
  #running: Promise<void> | undefined
  #renewal: NodeJS.Timeout | undefined
  /** When the lease was last taken, by `performance.now()`; undefined if it is not ours. */
  #owned: number | undefined
  #keeping = false

  constructor(parts: SoleParts) {
    this.#parts = parts
  }

  get stopped(): boolean {
    return this.#stopping.signal.aborted
  }

  /** Connects, and connects again whenever the connection is gone, until `stop`. Returns at once. */
  start(): void {
    this.#running ??= this.#run()
    this.#renewal ??= setInterval(() => void this.#renew(), this.#parts.times.lease)
  }

  /** `close` ends the present connection. */
  async stop(close: () => Promise<unknown>): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#renewal)
    await close()
    await this.#running
    if (this.#owned !== undefined) await this.#parts.leases.release(this.#parts.name)
  }

  async #run(): Promise<void> {
    const { times, connect } = this.#parts
    let failures = 0
    while (!this.stopped) {
      if (!(await this.#own())) {
        await this.#wait(times.lease)
        continue
      }
      if (this.stopped) return
      const began = performance.now()
      this.#keeping = true
      const left = await connect()
      if (typeof left === 'object') await this.#rest(left.rest)
      this.#keeping = false
      failures = typeof left === 'object' || performance.now() - began > goodMs ? 0 : failures + 1
      if (left === 'gone' || (left === 'again' && failures > 0)) await this.#wait(backOff(failures, times))
    }
  }

  /** Takes or renews the lease. While the store is away, the last lease counts until its time ends. */
  async #own(): Promise<boolean> {
    const { leases, name, log, times } = this.#parts
    try {
      const owns = await leases.take(name)
      this.#owned = owns ? performance.now() : undefined
      return owns
    } catch (error) {
      log.error({ err: error }, 'the lease of a connection cannot be renewed')
      return this.#owned !== undefined && performance.now() - this.#owned < 3 * times.lease
    }
  }

  /** Renews only while a connection exists, begins or rests. An instance that cannot connect leaves the lease to another. */
  async #renew(): Promise<void> {
    if (this.#keeping && !(await this.#own())) this.#parts.drop()
  }

  /** A rest ends early if the lease is no longer ours, because then another instance is connected. */
  async #rest(ms: number): Promise<void> {
    const end = performance.now() + ms
    while (performance.now() < end && this.#owned !== undefined && !this.stopped)
      await this.#wait(Math.min(this.#parts.times.lease, end - performance.now()))
  }

  /** A pause that `stop` ends. */
  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}

/** The milliseconds before the next attempt: doubled with each failure, with jitter, so that many programs do not come at once. */
export const backOff = (failures: number, { firstWait, longestWait }: Omit<SoleTimes, 'lease'>): number =>
  Math.min(longestWait, firstWait * 2 ** Math.max(0, failures - 1)) * (0.5 + Math.random() / 2)
