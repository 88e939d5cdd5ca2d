import { setTimeout as sleep } from 'node:timers/promises'
import type { InPlace } from '../bot/messages/channel.ts'
import type { ChannelName } from '../bot/messages/message.ts'
import { type OutboxRow, outbox } from '../bot/messages/outbox.ts'
import { isPushTime } from '../campaign/calendar/ladder.ts'
import type { Key, Versioned } from '../store/store.ts'
import { addressOf } from './address.ts'
import { fresh, parcelOf } from './job.ts'
import { claim } from './lease.ts'
import { Rests } from './rests.ts'
import { Sender, type SenderParts } from './sender.ts'

export type DeliveryParts = Omit<SenderParts, 'queued' | 'rests'>

/** One receiver on one channel. Its messages are sent in order, one at a time. */
type Lane = { receiver: string; channel: ChannelName }
const nameOf = ({ receiver, channel }: Lane): string => `${receiver} ${channel}`

const stuckMs = 600_000
const lookEvery = 60_000
const atOnce = 48
const readAtOnce = 16
/** Sorts after every id of the outbox. */
const afterAllIds = '~'

/** Reads one by one at first, because the first is nearly always the right one. */
async function* inOrder(store: DeliveryParts['store'], prefix: Key): AsyncGenerator<Versioned> {
  const [first] = await store.list(prefix, { limit: 1 })
  if (!first) return
  yield first
  for (let after = first.key; ; ) {
    const page = await store.list(prefix, { after, limit: 20 })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < 20) return
    after = last.key
    await new Promise(setImmediate)
  }
}

/**
 * The outbox worker, with many lanes at once. An obstacle in one lane delays no other lane, not even the same person's on another channel.
 */
export class Delivery {
  readonly #parts: DeliveryParts
  readonly #wanted = new Map<string, Lane>()
  readonly #busy = new Set<string>()
  readonly #rests = new Rests(() => this.#pump())
  readonly #sender: Sender
  /** Lanes that had to wait. In a store of one process these are all that are not being sent. */
  readonly #waiting = new Map<string, Lane>()
  #timer: NodeJS.Timeout | undefined
  #looked = performance.now()
  /** When we last saw that nothing was to do, or did something (`performance.now()`). */
  #moved = performance.now()

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    this.#sender = new Sender({ ...parts, queued: (rows) => this.queued(rows), rests: this.#rests })
  }

  /** Takes up whatever waits, now and every two seconds: rows of an instance that is gone, and lanes that had to wait. */
  async start(): Promise<void> {
    await this.#look()
    this.#timer = setInterval(() => void this.#lookAgain().catch((error: unknown) => this.#failed(error)), 2000)
  }

  /** Lets running work end. Waiting messages stay in the outbox. */
  async stop(): Promise<void> {
    this.#rests.stop()
    clearInterval(this.#timer)
    for (let i = 0; i < 100 && this.#busy.size > 0; i++) await sleep(50)
  }

  /** Tells that new rows are in the outbox. */
  queued(rows: readonly OutboxRow[]): void {
    for (const { lane, channel } of rows) this.#want({ receiver: lane, channel })
    this.#pump()
  }

  /** What goes out as the answer of the callback: the held row of a turn, and the rows after it in its lane. */
  async answerOf(rows: readonly OutboxRow[]): Promise<{ inPlace?: InPlace; rest?: InPlace[] }> {
    const held = rows.findIndex((row) => row.heldUntil !== undefined)
    const places: InPlace[] = []
    for (const row of held < 0 ? [] : rows.slice(held)) {
      const place = row.lane === rows[held]?.lane ? await this.#inPlace(row) : undefined
      if (place) places.push(place)
    }
    const [inPlace, ...rest] = places
    return inPlace ? { inPlace, rest } : {}
  }

  /** A row of a turn in the form for its channel. */
  async #inPlace(row: OutboxRow): Promise<InPlace | undefined> {
    const to = addressOf(row, (await this.#parts.world()).roster)
    return to && { parcel: parcelOf({ row, to, state: fresh }), settle: (done) => this.#settle(row, done) }
  }

  /** The reasons why channels send nothing at the moment. */
  get halted(): { channel: ChannelName; line: string }[] {
    return this.#sender.halted
  }

  /** What a platform, a limit or a quota holds back: lines if somebody can act. Undefined if nothing is held back. */
  get waiting(): string[] | undefined {
    const lines = this.halted.map(({ line }) => line)
    return lines.length > 0 || this.#rests.count > 0 ? lines : undefined
  }

  /** Something must be sent, but for ten minutes nothing was tried or held back. */
  get stuck(): boolean {
    return performance.now() - this.#moved > stuckMs
  }

  /** The answer of the callback went out with the held row, or failed; then the row goes as an ordinary message. */
  async #settle(row: OutboxRow, done: boolean): Promise<void> {
    const key = outbox.key(row.lane, row.id)
    if (done) await this.#sender.finish(row, [])
    else if (row.heldUntil !== undefined) {
      const { heldUntil: _, ...free } = row
      const found = await this.#parts.store.get(key)
      if (found) await this.#parts.store.commit([{ put: key, value: free, if: found.version }])
    }
    this.queued([row])
  }

  /**
   * Another instance may have left rows behind. In a store of one process the waiting rows are known, and the whole outbox is read only
   * from time to time.
   */
  async #lookAgain(): Promise<void> {
    if (this.#parts.store.shared || performance.now() - this.#looked > lookEvery) return this.#look()
    for (const lane of this.#waiting.values()) this.#want(lane)
    this.#note()
    this.#pump()
  }

  /** Goes from receiver to receiver. It reads a queue only until it knows all channels on which that queue waits. */
  async #look(): Promise<void> {
    const { store, channels } = this.#parts
    const seen = new Set<string>()
    this.#looked = performance.now()
    for (let after: Key | undefined; ; ) {
      const rows = await store.list(outbox.key(), { ...(after ? { after } : {}), limit: readAtOnce })
      for (const { key, value } of rows) {
        const lane = { receiver: key[1] ?? '', channel: outbox.schema.parse(value).channel }
        seen.add(nameOf(lane))
        this.#want(lane)
      }
      const last = rows.at(-1)
      if (!last) break
      const [, receiver = ''] = last.key
      const isKnown = [...channels.keys()].every((channel) => seen.has(nameOf({ receiver, channel })))
      after = isKnown ? outbox.key(receiver, afterAllIds) : last.key
    }
    this.#note()
    this.#pump()
  }

  #note(): void {
    if (this.#busy.size === this.#rests.count && this.#wanted.size === 0) this.#moved = performance.now()
  }

  #want(lane: Lane): void {
    this.#wanted.set(nameOf(lane), lane)
  }

  #pump(): void {
    for (const [name, lane] of this.#wanted) {
      if (this.#rests.stopped || this.#busy.size - this.#rests.count >= atOnce) return
      if (this.#busy.has(name)) continue
      this.#wanted.delete(name)
      this.#busy.add(name)
      void this.#run(lane)
        .catch((error: unknown) => this.#failed(error))
        .finally(() => {
          this.#moved = performance.now()
          this.#busy.delete(name)
          this.#pump()
        })
    }
  }

  #failed(error: unknown): void {
    this.#parts.log.error({ err: error }, 'delivery: a lane stopped and is taken up again')
  }

  async #run(lane: Lane): Promise<void> {
    const { store, instance, channels } = this.#parts
    const name = nameOf(lane)
    this.#waiting.set(name, lane)
    if (channels.get(lane.channel)?.ready?.() === false) return
    const held = await claim(store, `lane ${name}`, instance)
    if (!held) return
    try {
      while (!this.#rests.stopped) {
        const next = await this.#next(lane)
        if (next === 'nothing') this.#waiting.delete(name)
        if (next === 'nothing' || next === 'later' || !(await this.#sender.deliver(next, held))) return
      }
    } finally {
      await held.release()
    }
  }

  /** The first row of a lane that may be tried now. A held row blocks those behind it. A push waits for its time (R6). */
  async #next({ receiver, channel }: Lane): Promise<OutboxRow | 'later' | 'nothing'> {
    const { store, world } = this.#parts
    const { now, calendar } = await world()
    const mayPush = isPushTime(now, calendar)
    let found: 'later' | 'nothing' = 'nothing'
    for await (const { value } of inOrder(store, outbox.key(receiver))) {
      const row = outbox.schema.parse(value)
      if (row.channel !== channel) continue
      if ((row.heldUntil ?? 0) > Date.now()) return 'later'
      if ((row.notBefore ?? 0) <= Date.now() && (row.kind === 'answer' || mayPush)) return row
      found = 'later'
    }
    return found
  }
}
