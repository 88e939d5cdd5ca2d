import { setTimeout as sleep } from 'node:timers/promises'
import type { Leases, Log } from '../../../bot/channel.ts'
import { configurationLine } from './codes.ts'
import type { Ack, Ask, Frame } from './frames.ts'
import { eventTypeOf } from './inbound.ts'
import { Line, type LineTimes } from './line.ts'
import type { AibotSocketSettings } from './settings.ts'

/**
 * Milliseconds. `lease`: how often ownership is renewed, or tried for; `kicked`: how long another program is left alone; `refused`: how
 * long a refused secret rests (subscribing is rate protected).
 */
export type ConnectionTimes = LineTimes & {
  lease: number
  firstWait: number
  longestWait: number
  kicked: number
  refused: number
}
const usual: ConnectionTimes = {
  handshake: 10_000,
  ping: 30_000,
  ack: 10_000,
  lease: 5_000,
  firstWait: 1_000,
  longestWait: 60_000,
  kicked: 600_000,
  refused: 60_000,
}
/** A connection that lived so long was a good one: the next wait is short again. */
const goodMs = 5_000

export type ConnectionParts = {
  settings: AibotSocketSettings
  leases: Leases
  log: Log
  /** A callback came in. */
  hear: (frame: Frame, ask: Ask) => void
  times?: Partial<ConnectionTimes>
}

const kickedLine =
  '智能机器人的长连接被另一个程序接走了：同一个 WECOM_BOT_ID 只能有一个程序连接。本程序先让出，十分钟后再试，请停掉其中一个'

type Left = 'gone' | 'kicked' | 'refused'

/** The one connection that the platform allows a bot: whoever of several instances holds the lease keeps it, the others stand by. */
export class LongConnection {
  readonly #parts: ConnectionParts
  readonly #times: ConnectionTimes
  readonly #stopping = new AbortController()
  #line: Line | undefined
  #subscribed = false
  #refused: { code: string; line: string } | undefined
  #running: Promise<void> | undefined
  #renewal: NodeJS.Timeout | undefined
  /** When the lease was last taken, by `performance.now()`; undefined: it is not ours. */
  #owned: number | undefined
  #keeping = false

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#times = { ...usual, ...parts.times }
  }

  get connected(): boolean {
    return this.#subscribed
  }

  /** Why the gateway does not take us, where only the administrator can help. */
  get refused(): { code: string; line: string } | undefined {
    return this.#refused
  }

  readonly ask: Ask = (cmd, body, reqId) =>
    this.#line && this.#subscribed
      ? this.#line.ask(cmd, body, reqId)
      : Promise.resolve<Ack>({ kind: 'lost', code: 'not-connected', ambiguous: false })

  /** Gives the connection up where the gateway has forgotten who we are; a new one follows. */
  renew(): void {
    this.#line?.drop()
  }

  /** Connects, and again whenever the connection is gone, until `stop`. Returns at once. */
  start(): void {
    this.#running ??= this.#run()
    this.#renewal ??= setInterval(() => void this.#renewLease(), this.#times.lease)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    clearInterval(this.#renewal)
    await this.#line?.close()
    await this.#running
    if (this.#owned !== undefined) await this.#parts.leases.release(this.#lease)
  }

  get #lease(): string {
    return `aibot ${this.#parts.settings.botId}`
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#stopping.signal.aborted) {
      if (!(await this.#own())) {
        await this.#wait(this.#times.lease)
        continue
      }
      if (this.#stopping.signal.aborted) return
      const began = performance.now()
      this.#keeping = true
      const left = await this.#connection()
      // While we rest after these, no other instance of ours shall try in our place.
      if (left !== 'gone') await this.#rest(this.#times[left])
      this.#keeping = false
      failures = left !== 'gone' || performance.now() - began > goodMs ? 0 : failures + 1
      if (left === 'gone') await this.#wait(backOff(failures, this.#times))
    }
  }

  /** Opens a connection and stays until it is left. */
  async #connection(): Promise<Left> {
    const { settings, log } = this.#parts
    let leave: (left: Left) => void = () => undefined
    const left = new Promise<Left>((resolve) => {
      leave = resolve
    })
    const line = new Line(settings.address, this.#times, (frame, ask) => this.#hear(frame, ask, () => leave('kicked')))
    this.#line = line
    void line.gone.then(() => leave('gone'))
    try {
      await line.open
    } catch (error) {
      log.warn({ err: error, channel: 'aibot' }, 'the long connection does not open')
      line.drop()
      return 'gone'
    }
    const body = JSON.stringify({ bot_id: settings.botId, secret: settings.secret })
    const ack = await line.ask('aibot_subscribe', body)
    if (ack.kind === 'lost' || ack.errcode !== 0) return this.#notTaken(line, ack)
    this.#refused = undefined
    this.#subscribed = true
    line.beat()
    log.info({ channel: 'aibot' }, 'long connection subscribed')
    const why = await left
    this.#subscribed = false
    if (why === 'kicked') {
      log.error({ channel: 'aibot' }, kickedLine)
      await line.close()
    } else log.warn({ channel: 'aibot', silent: line.silent }, 'the long connection is gone')
    return why
  }

  #notTaken(line: Line, ack: Ack): Left {
    const code = ack.kind === 'lost' ? ack.code : String(ack.errcode)
    const said = ack.kind === 'ack' ? configurationLine(ack.errcode) : undefined
    line.drop()
    if (said === undefined) {
      this.#parts.log.warn({ channel: 'aibot', code }, 'the long connection is not taken')
      return 'gone'
    }
    if (this.#refused?.code !== code) this.#parts.log.error({ channel: 'aibot', code }, said)
    this.#refused = { code, line: said }
    return 'refused'
  }

  #hear(frame: Frame | undefined, ask: Ask, kicked: () => void): void {
    if (!frame) return this.#parts.log.warn({ channel: 'aibot' }, 'a frame is malformed')
    if (frame.cmd === 'aibot_event_callback' && eventTypeOf(frame.body) === 'disconnected_event') return kicked()
    this.#parts.hear(frame, ask)
  }

  /** Takes the lease, or renews it. While the store is away the lease last taken counts for its time. */
  async #own(): Promise<boolean> {
    try {
      const owns = await this.#parts.leases.take(this.#lease)
      this.#owned = owns ? performance.now() : undefined
      return owns
    } catch (error) {
      this.#parts.log.error({ err: error, channel: 'aibot' }, 'the lease of the long connection cannot be renewed')
      return this.#owned !== undefined && performance.now() - this.#owned < 3 * this.#times.lease
    }
  }

  /** Only while a connection stands, comes about or rests: who just cannot connect leaves it to another instance. */
  async #renewLease(): Promise<void> {
    if (this.#keeping && !(await this.#own())) this.#line?.drop()
  }

  /** A rest is over early where the lease is no longer ours: then another instance is connected, as it should be. */
  async #rest(ms: number): Promise<void> {
    const end = performance.now() + ms
    while (performance.now() < end && this.#owned !== undefined && !this.#stopping.signal.aborted)
      await this.#wait(Math.min(this.#times.lease, end - performance.now()))
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
