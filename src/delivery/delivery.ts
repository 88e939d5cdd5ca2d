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
import { backOff, deduplicates, type Failed, fresh, type Job, parcelOf } from './job.ts'
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
  /**
   * A row that schedules started, as of now; `drop`: it is not due any more, and what to write with its removal. `begun`: it may have
   * arrived as it is.
   */
  refresh: (row: OutboxRow, begun: boolean) => Promise<Refreshed>
  /** Somebody cannot be reached on a channel; called once a person. */
  unreachable?: (person: string) => Promise<void>
}

export type Refreshed = { row: OutboxRow } | { drop: readonly Write[] }

const atOnce = 48
const haltMs = 60_000
const giveUpMs = 3 * 24 * 3600e3
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
    return to && { parcel: parcelOf({ row, to, state: fresh }), settle: (done) => this.#settle(row, done) }
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
  async #deliver(row: OutboxRow): Promise<boolean> {
    const { store, world, channels } = this.#parts
    const channel = channels.get(row.channel)
    if (!channel || channel.ready?.() === false) return false
    if ((this.#halted.get(row.channel)?.until ?? 0) > Date.now()) return false
    const to = addressOf(row, (await world()).roster)
    if (!to) return this.#bury(row, 'no-account')
    const job: Job = { channel, to, row, state: await this.#progress(row) }
    for (;;) {
      await takePlace(store, channel.paces(parcelOf(job)), () => this.#stopping)
      // Waiting for a place, or trying again, may have come to an evening (R6).
      if (this.#stopping || !(await this.#isTimeFor(job.row))) return false
      const outcome = await this.#inTurn(job.row, () => this.#attempt(job))
      if (outcome === 'done') return true
      if (outcome === 'next') continue
      if (outcome.kind === 'configuration') return this.#halt(job.row, outcome)
      if (outcome.kind !== 'again') return this.#bury(job.row, outcome.code)
      if (Date.now() - row.queued > giveUpMs) return this.#bury(job.row, outcome.code)
      await sleep(Math.max(outcome.ms, backOff(job.state.attempts)))
    }
  }

  async #isTimeFor(row: OutboxRow): Promise<boolean> {
    if (row.kind === 'answer') return true
    const { now, calendar } = await this.#parts.world()
    return isPushTime(now, calendar)
  }

  /** Where the platform cannot de-duplicate, one push is in flight at a time: a crash can double that one alone. */
  #inTurn<T>(row: OutboxRow, attempt: () => Promise<T>): Promise<T> {
    return row.push === undefined || deduplicates(row) ? attempt() : this.#order.run(row.channel, attempt)
  }

  /** One request: from the last look at what it says to the commit of what came of it. */
  async #attempt(job: Job): Promise<'done' | 'next' | Failed> {
    if (job.row.push && job.state.sent === 0 && !(await this.#asOfNow(job))) return 'done'
    const requests = job.channel.requests(parcelOf(job))
    const request = requests[job.state.sent]
    if (!request) return this.#finish(job.row, [])
    const file = request.file ? await this.#render(job.row, request.file.order) : undefined
    if (file === 'failed') return 'done'
    /** It may have been carried out already: what it should replace being gone then means that it was. */
    const uncertain = job.state.attempted
    const marked = parcelOf(job).inPlace === true || job.row.push !== undefined
    if (marked && !uncertain) await this.#keep(job, { attempted: true })
    const outcome = await this.#send(job.channel, request, parcelOf(job), file)
    if (outcome.kind === 'sent' || (outcome.kind === 'anew' && uncertain)) {
      const sent = job.state.sent + 1
      if (sent >= requests.length) return this.#finish(job.row, [])
      await this.#keep(job, { sent, attempted: false })
      return 'next'
    }
    if (outcome.kind === 'anew') {
      await this.#keep(job, { ...fresh, anew: true })
      return 'next'
    }
    const attempted = marked && (uncertain || (outcome.kind === 'again' && outcome.ambiguous))
    const attempts = job.state.attempts + 1
    if (attempted === job.state.attempted) job.state = { ...job.state, attempts }
    else await this.#keep(job, { attempted, attempts })
    return outcome
  }

  /** What schedules started is looked at once more before it goes: its text as of now, or nothing where it was done meanwhile. */
  async #asOfNow(job: Job): Promise<boolean> {
    const { row, state } = job
    const now = await this.#parts.refresh(row, state.attempted)
    if ('drop' in now) {
      await this.#finish(row, now.drop)
      return false
    }
    if (now.row !== row) await this.#parts.store.commit([{ put: outbox.key(row.lane, row.id), value: now.row }])
    job.row = now.row
    return true
  }

  async #send(channel: Channel, request: Request, parcel: Parcel, file: RenderedFile | undefined): Promise<Outcome> {
    const began = performance.now()
    const outcome = await channel.send(request, parcel, file)
    this.#parts.sent?.(channel.name, outcome.kind, (performance.now() - began) / 1000)
    return outcome
  }

  async #progress(row: OutboxRow): Promise<Progress> {
    const found = await this.#parts.store.get(progress.key(row.lane, row.id))
    return found ? progress.schema.parse(found.value) : fresh
  }

  async #keep(job: Job, change: Partial<Progress>): Promise<void> {
    job.state = { ...job.state, ...change }
    await this.#parts.store.commit([{ put: progress.key(job.row.lane, job.row.id), value: job.state }])
  }

  async #finish(row: OutboxRow, more: readonly Write[]): Promise<'done'> {
    await this.#parts.store.commit([
      { delete: outbox.key(row.lane, row.id) },
      { delete: progress.key(row.lane, row.id) },
      ...more,
    ])
    return 'done'
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
    if (!other) return false
    await this.#finish(row, [{ put: outbox.key(other.lane, other.id), value: other, if: 'absent' }])
    return true
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
