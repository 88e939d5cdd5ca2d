import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, InPlace, Log, Outcome, Parcel, RenderedFile, Request } from '../bot/channel.ts'
import { InOrder } from '../bot/in-order.ts'
import type { ChannelName, DocumentOrder } from '../bot/message.ts'
import { deadLetters, nextId, type OutboxRow, outbox, type Progress, progress } from '../bot/outbox.ts'
import { sessions } from '../bot/session.ts'
import type { World } from '../bot/world.ts'
import { isPushTime } from '../campaign/ladder.ts'
import { all, type Store, type Write } from '../store/store.ts'
import { addressOf } from './address.ts'
import { documentFailed, documentGivenUp } from './failed-document.ts'
import { fallback } from './fallback.ts'
import { lease, leaseMs, release } from './lease.ts'
import { takePlace } from './paces.ts'

export type DeliveryParts = {
  store: Store
  channels: ReadonlyMap<ChannelName, Channel>
  world: () => Promise<World>
  /** Makes a document from the records as they are now. */
  render: (order: DocumentOrder) => Promise<RenderedFile>
  instance: string
  log: Log
  sent?: (channel: ChannelName, result: Outcome['kind'], seconds: number) => void
  /** A row that schedules started, as of now; `drop`: it is not due any more, and what to write with its removal. */
  refresh: (row: OutboxRow) => Promise<Refreshed>
  /** Somebody cannot be reached on a channel; called once a person. */
  unreachable?: (person: string) => Promise<void>
}

export type Refreshed = { row: OutboxRow } | { drop: readonly Write[] }

const atOnce = 48
const haltMs = 60_000
const giveUpMs = 3 * 24 * 3600e3
const fresh: Progress = { sent: 0, attempts: 0, attempted: false, anew: false }

/** The outbox worker: one lane a receiver, in order, one at a time; many lanes at once. */
export class Delivery {
  readonly #parts: DeliveryParts
  readonly #wanted = new Set<string>()
  readonly #busy = new Set<string>()
  readonly #order = new InOrder()
  readonly #halted = new Map<ChannelName, { until: number; line: string }>()
  #stopping = false
  #timer: NodeJS.Timeout | undefined

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** Takes up whatever waits, now and every two seconds (rows of an instance that is gone, lanes that had to wait). */
  async start(): Promise<void> {
    await this.#look()
    this.#timer = setInterval(() => void this.#look().catch((error: unknown) => this.#failed(error)), 2000)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#timer)
    for (let i = 0; i < 100 && this.#busy.size > 0; i++) await sleep(50)
  }

  /** New rows are in the outbox. */
  queued(rows: readonly OutboxRow[]): void {
    for (const row of rows) this.#wanted.add(row.lane)
    this.#pump()
  }

  /** What a row of a turn looks like to its channel, for the answer of the callback. */
  async inPlace(row: OutboxRow): Promise<InPlace | undefined> {
    const to = addressOf(row, (await this.#parts.world()).roster)
    return to && { parcel: parcelOf(row, to, false), settle: (done) => this.#settle(row, done) }
  }

  /** The answer of the callback went out with the held row, or failed: then it goes as an ordinary message. */
  async #settle(row: OutboxRow, done: boolean): Promise<void> {
    const key = outbox.key(row.lane, row.id)
    if (done) await this.#finish(row, [])
    else if (row.heldUntil !== undefined) {
      const { heldUntil: _, ...free } = row
      const found = await this.#parts.store.get(key)
      if (found) await this.#parts.store.commit([{ put: key, value: free, if: found.version }])
    }
    this.#wanted.add(row.lane)
    this.#pump()
  }

  /** Why a channel sends nothing at the moment, by channel. */
  get halted(): { channel: ChannelName; line: string }[] {
    return [...this.#halted]
      .filter(([, halt]) => halt.until > Date.now())
      .map(([channel, { line }]) => ({ channel, line }))
  }

  async #look(): Promise<void> {
    for await (const { key } of all(this.#parts.store, [outbox.name])) if (key[1]) this.#wanted.add(key[1])
    this.#pump()
  }

  #pump(): void {
    for (const lane of this.#wanted) {
      if (this.#stopping || this.#busy.size >= atOnce) return
      if (this.#busy.has(lane)) continue
      this.#wanted.delete(lane)
      this.#busy.add(lane)
      void this.#lane(lane)
        .catch((error: unknown) => this.#failed(error))
        .finally(() => {
          this.#busy.delete(lane)
          this.#pump()
        })
    }
  }

  #failed(error: unknown): void {
    this.#parts.log.error({ err: error }, 'delivery: a lane stopped and is taken up again')
  }

  async #lane(lane: string): Promise<void> {
    const { store, instance } = this.#parts
    if (store.shared && !(await lease(store, `lane ${lane}`, instance))) return
    const renewal = store.shared
      ? setInterval(() => void lease(store, `lane ${lane}`, instance).catch(() => false), leaseMs / 3)
      : undefined
    try {
      while (!this.#stopping) {
        const row = await this.#next(lane)
        if (!row || !(await this.#deliver(row))) return
      }
    } finally {
      clearInterval(renewal)
      if (store.shared) await release(store, `lane ${lane}`, instance)
    }
  }

  /** The first row of a lane that may be tried now. A held one blocks those behind it; what is pushed waits for its time (R6). */
  async #next(lane: string): Promise<OutboxRow | undefined> {
    const rows = await this.#parts.store.list(outbox.key(lane), { limit: 20 })
    const now = Date.now()
    const world = await this.#parts.world()
    const mayPush = isPushTime(world.now, world.calendar)
    for (const found of rows) {
      const row = outbox.schema.parse(found.value)
      if ((row.heldUntil ?? 0) > now) return undefined
      if ((row.notBefore ?? 0) <= now && (row.kind === 'answer' || mayPush)) return row
    }
    return undefined
  }

  /** True: the row is done with, one way or another. False: the lane waits, and is looked at again. */
  async #deliver(waiting: OutboxRow): Promise<boolean> {
    const { store, world, channels } = this.#parts
    const channel = channels.get(waiting.channel)
    if (!channel || channel.ready?.() === false) return false
    if ((this.#halted.get(waiting.channel)?.until ?? 0) > Date.now()) return false
    const to = addressOf(waiting, (await world()).roster)
    if (!to) return this.#bury(waiting, 'no-account')
    let state = await this.#progress(waiting)
    /** It may have been carried out already: what it should replace being gone then means that it was. */
    let uncertain = state.attempted
    let row = waiting
    const parcel = (): Parcel => parcelOf(row, to, state.anew)
    for (;;) {
      await takePlace(store, channel.paces(parcel()), () => this.#stopping)
      if (this.#stopping) return false
      if (row.push && !state.attempted) {
        const current = await this.#refresh(row)
        if (!current) return true
        row = current
      }
      const requests = channel.requests(parcel())
      const request = requests[state.sent]
      if (!request) return this.#finish(row, [])
      const file = request.file ? await this.#render(row, request.file.order) : undefined
      if (file === 'failed') return true
      if ((parcel().inPlace || row.push) && !state.attempted) {
        state = { ...state, attempted: true }
        await this.#keep(row, state)
      }
      const outcome = await this.#oneAtATime(row, async () => {
        const came = await this.#send(channel, request, parcel(), file)
        if (came.kind !== 'sent' && !(came.kind === 'anew' && uncertain)) return came
        state = { ...state, sent: state.sent + 1 }
        await (state.sent >= requests.length ? this.#finish(row, []) : this.#keep(row, state))
        return { kind: 'sent' } as const
      })
      if (outcome.kind === 'sent') {
        if (state.sent >= requests.length) return true
      } else if (outcome.kind === 'anew') {
        state = { ...fresh, anew: true }
        await this.#keep(row, state)
      } else if (outcome.kind === 'again') {
        if (Date.now() - row.queued > giveUpMs) return this.#bury(row, outcome.code)
        state = { ...state, attempts: state.attempts + 1 }
        uncertain ||= outcome.ambiguous
        await sleep(Math.max(outcome.ms, backOff(state.attempts)))
        if (this.#stopping) return false
      } else if (outcome.kind === 'configuration') return this.#halt(row, outcome)
      else return this.#bury(row, outcome.code)
    }
  }

  /** Where the platform cannot de-duplicate, one push is in flight at a time: a crash can double that one alone. */
  #oneAtATime<T>(row: OutboxRow, send: () => Promise<T>): Promise<T> {
    const safe = row.push === undefined || (row.to === 'person' && row.channel === 'wecom')
    return safe ? send() : this.#order.run(row.channel, send)
  }

  async #send(channel: Channel, request: Request, parcel: Parcel, file: RenderedFile | undefined): Promise<Outcome> {
    const began = performance.now()
    const outcome = await channel.send(request, parcel, file)
    this.#parts.sent?.(channel.name, outcome.kind, (performance.now() - began) / 1000)
    return outcome
  }

  /** What schedules started is looked at once more before its first attempt: its text as of now, or nothing where it was done meanwhile. */
  async #refresh(row: OutboxRow): Promise<OutboxRow | undefined> {
    const now = await this.#parts.refresh(row)
    if ('drop' in now) {
      await this.#finish(row, now.drop)
      return undefined
    }
    if (now.row !== row) await this.#parts.store.commit([{ put: outbox.key(row.lane, row.id), value: now.row }])
    return now.row
  }

  async #progress(row: OutboxRow): Promise<Progress> {
    const found = await this.#parts.store.get(progress.key(row.lane, row.id))
    return found ? progress.schema.parse(found.value) : fresh
  }

  async #keep(row: OutboxRow, state: Progress): Promise<void> {
    await this.#parts.store.commit([{ put: progress.key(row.lane, row.id), value: state }])
  }

  async #finish(row: OutboxRow, more: readonly Write[]): Promise<true> {
    await this.#parts.store.commit([
      { delete: outbox.key(row.lane, row.id) },
      { delete: progress.key(row.lane, row.id) },
      ...more,
    ])
    return true
  }

  /** A message that cannot arrive: kept aside, counted, said once to those who can do something. */
  async #bury(row: OutboxRow, code: string): Promise<true> {
    this.#parts.log.warn({ channel: row.channel, kind: row.kind, code }, 'delivery: dead letter')
    await this.#finish(row, [{ put: deadLetters.key(row.id), value: { row, code, at: Date.now() } }])
    if (row.to === 'person') await this.#parts.unreachable?.(row.lane)
    return true
  }

  /** Only the administrator can help: the channel rests for a minute; what may go another way does. */
  async #halt(row: OutboxRow, outcome: Extract<Outcome, { kind: 'configuration' }>): Promise<boolean> {
    if (!this.#halted.has(row.channel))
      this.#parts.log.error({ channel: row.channel, code: outcome.code }, outcome.line)
    this.#halted.set(row.channel, { until: Date.now() + haltMs, line: outcome.line })
    const found = await this.#parts.store.get(sessions.key(row.lane))
    const session = found && sessions.schema.parse(found.value)
    const other = fallback(row, await this.#parts.world(), nextId(row.id, this.#parts.instance), session)
    return other ? this.#finish(row, [{ put: outbox.key(other.lane, other.id), value: other, if: 'absent' }]) : false
  }

  async #render(row: OutboxRow, order: DocumentOrder): Promise<RenderedFile | 'failed'> {
    try {
      return await this.#parts.render(order)
    } catch (error) {
      this.#parts.log.error({ err: error, document: order.document }, 'a document could not be made')
      const failures = (row.failures ?? 0) + 1
      const next = nextId(row.id, this.#parts.instance)
      const rows = failures > 5 ? [documentGivenUp(row, next)] : documentFailed(row, next, failures, Date.now())
      await this.#finish(
        row,
        rows.map((one) => ({ put: outbox.key(one.lane, one.id), value: one, if: 'absent' as const })),
      )
      return 'failed'
    }
  }
}

/** Milliseconds before the next try, exponential with jitter, at most a minute. */
export const backOff = (attempts: number): number => Math.min(60_000, 250 * 2 ** attempts) * (0.5 + Math.random() / 2)

const parcelOf = (row: OutboxRow, to: Parcel['to'], anew: boolean): Parcel => ({
  id: anew ? `${row.id}-anew` : row.id,
  to,
  message: row.message,
  ...(row.handle && !anew ? { handle: row.handle } : {}),
  inPlace: row.inPlace && !anew && row.handle !== undefined,
  unique: row.unique,
})
