import WebSocket from 'ws'
import { type Left, SoleConnection, type SoleTimes, usualTimes } from '../../../bot/connections/sole-connection.ts'
import type { Leases, Log, SocketWay } from '../../../bot/messages/channel.ts'
import { configurationLine } from './codes.ts'
import type { Ack, Ask, Frame } from './frames.ts'
import { eventTypeOf } from './inbound.ts'
import { Line, type LineTimes } from './line.ts'
import type { AibotSocketSettings } from './settings.ts'

/**
 * All times are in milliseconds. `kicked` is the wait before we disturb another program again. `refused` is the wait after a refused
 * secret, because WeCom limits the rate of subscribing.
 */
export type ConnectionTimes = LineTimes & SoleTimes & { kicked: number; refused: number }
const usual: ConnectionTimes = {
  ...usualTimes,
  handshake: 10_000,
  ping: 30_000,
  ack: 10_000,
  kicked: 600_000,
  refused: 60_000,
}

export type ConnectionParts = {
  settings: AibotSocketSettings
  leases: Leases
  log: Log
  /** Called for each callback that comes in. */
  hear: (frame: Frame, ask: Ask) => void
  times?: Partial<ConnectionTimes>
  socketWay?: SocketWay
}

const largestFrame = 2 ** 22
const kickedLine =
  '智能机器人的长连接被另一个程序接走了：同一个 WECOM_BOT_ID 只能有一个程序连接。本程序先让出，十分钟后再试，请停掉其中一个'

/** The only connection that the platform allows for a bot. */
export class LongConnection {
  readonly #parts: ConnectionParts
  readonly #times: ConnectionTimes
  readonly #sole: SoleConnection
  #line: Line | undefined
  #subscribed = false
  #refused: { code: string; line: string } | undefined

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.#times = { ...usual, ...parts.times }
    this.#sole = new SoleConnection({
      name: `aibot ${parts.settings.botId}`,
      leases: parts.leases,
      log: parts.log,
      times: this.#times,
      connect: () => this.#connection(),
      drop: () => this.#line?.drop(),
    })
  }

  get connected(): boolean {
    return this.#subscribed
  }

  /** Why the gateway refuses us, if only the administrator can help. */
  get refused(): { code: string; line: string } | undefined {
    return this.#refused
  }

  readonly ask: Ask = (cmd, body, reqId) =>
    this.#line && this.#subscribed
      ? this.#line.ask(cmd, body, reqId)
      : Promise.resolve<Ack>({ kind: 'lost', code: 'not-connected', ambiguous: false })

  /** Drops the connection if the gateway has forgotten who we are. A new one follows. */
  renew(): void {
    this.#line?.drop()
  }

  /** Connects, and connects again whenever the connection is gone, until `stop`. Returns at once. */
  start(): void {
    this.#sole.start()
  }

  stop(): Promise<void> {
    return this.#sole.stop(async () => this.#line?.close())
  }

  /** Opens a connection and stays until it ends. */
  async #connection(): Promise<Left> {
    const { settings, log } = this.#parts
    let leave: (why: 'gone' | 'kicked') => void = () => undefined
    const left = new Promise<'gone' | 'kicked'>((resolve) => {
      leave = resolve
    })
    const socket = new WebSocket(settings.address, {
      handshakeTimeout: this.#times.handshake,
      maxPayload: largestFrame,
      ...this.#parts.socketWay?.(settings.address),
    })
    const line = new Line(socket, this.#times, (frame, ask) => this.#hear(frame, ask, () => leave('kicked')))
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
    if (why === 'gone') {
      log.warn({ channel: 'aibot', silent: line.silent }, 'the long connection is gone')
      return why
    }
    log.error({ channel: 'aibot' }, kickedLine)
    await line.close()
    return { rest: this.#times.kicked }
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
    return { rest: this.#times.refused }
  }

  #hear(frame: Frame | undefined, ask: Ask, kicked: () => void): void {
    if (!frame) return this.#parts.log.warn({ channel: 'aibot' }, 'a frame is malformed')
    if (frame.cmd === 'aibot_event_callback' && eventTypeOf(frame.body) === 'disconnected_event') return kicked()
    this.#parts.hear(frame, ask)
  }
}
