import type { Channel, Log, Outcome, Parcel, RenderedFile, Request } from '../bot/messages/channel.ts'
import type { ChannelName, DocumentOrder } from '../bot/messages/message.ts'
import { deadLetters, nextId, type OutboxRow, outbox, type Progress, progress } from '../bot/messages/outbox.ts'
import { sessions } from '../bot/records/session.ts'
import type { World } from '../bot/roster/world.ts'
import { InOrder } from '../bot/turn/in-order.ts'
import { isPushTime } from '../campaign/calendar/ladder.ts'
import type { Store, Write } from '../store/store.ts'
import { addressOf } from './address.ts'
import { backOff } from './back-off.ts'
import { doubtAbout } from './doubt.ts'
import { documentFailed, documentGivenUp } from './failed-document.ts'
import { fallback } from './fallback.ts'
import { deduplicates, type Failed, fresh, type Job, parcelOf } from './job.ts'
import type { Claim } from './lease.ts'
import { takePlace } from './paces.ts'
import type { Rests } from './rests.ts'

export type SenderParts = {
  store: Store
  channels: ReadonlyMap<ChannelName, Channel>
  world: () => Promise<World>
  /** Makes a document from the present records. */
  render: (order: DocumentOrder) => Promise<RenderedFile>
  instance: string
  log: Log
  sent?: (channel: ChannelName, result: Outcome['kind'], seconds: number) => void
  /**
   * A row that schedules started, as of now. `drop`: it is no longer due; it holds the writes for its removal. `begun`: it may have arrived
   * in its present form.
   */
  refresh: (row: OutboxRow, begun: boolean) => Promise<Refreshed>
  /** Called when a person cannot be reached on a channel, and again if the program ended before that was written down. */
  unreachable?: (person: string) => Promise<void>
  /** Rows for another lane are in the outbox. */
  queued: (rows: readonly OutboxRow[]) => void
  rests: Rests
}

export type Refreshed = { row: OutboxRow } | { drop: readonly Write[] }

const haltMs = 60_000
const giveUpMs = 3 * 24 * 3600e3
/** How often we repeat a request that got no answer and that the platform would deliver twice. */
const repeats = 1
const progressOf = ({ row, state }: Job): Write => ({ put: progress.key(row.lane, row.id), value: state })

/** Brings one row to its end: sent, waiting, another way, or a dead letter. */
export class Sender {
  readonly #parts: SenderParts
  readonly #order = new InOrder()
  readonly #halts = new Map<ChannelName, { until: number; line: string }>()

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  /** The reasons why channels send nothing at the moment. */
  get halted(): { channel: ChannelName; line: string }[] {
    return [...this.#halts]
      .filter(([channel]) => this.#isHalted(channel))
      .map(([channel, { line }]) => ({ channel, line }))
  }

  /** True: the row is finished, one way or another. False: its lane waits and is looked at again. */
  async deliver(row: OutboxRow, claim: Claim): Promise<boolean> {
    const { store, world, channels, rests } = this.#parts
    const channel = channels.get(row.channel)
    if (!channel || this.#isHalted(row.channel)) return this.#otherWay(row)
    const to = addressOf(row, (await world()).roster)
    if (!to) return this.#bury(row, 'no-account', { tell: true })
    const job: Job = { channel, to, row, state: await this.#progress(row) }
    for (;;) {
      await takePlace(store, channel.paces(parcelOf(job)), rests)
      // Waiting for a place, a turn or another try may last into the evening (R6), or beyond the claim.
      const mayGo = async (): Promise<boolean> =>
        !rests.stopped && (await this.#isTimeFor(job.row)) && (await claim.holds())
      const outcome = await this.#inTurn(job.row, async () => ((await mayGo()) ? this.#attempt(job) : 'later'))
      if (outcome === 'later') return false
      if (outcome === 'done') return true
      if (outcome === 'next') continue
      if (outcome.kind === 'configuration') return this.#halt(job.row, outcome)
      if (outcome.kind !== 'again') return this.#bury(job.row, outcome.code, { tell: outcome.kind === 'unreachable' })
      if (Date.now() - row.queued > giveUpMs) return this.#bury(job.row, outcome.code)
      await rests.sleep(Math.max(outcome.ms, backOff(job.state.attempts)))
    }
  }

  async #isTimeFor(row: OutboxRow): Promise<boolean> {
    if (row.kind === 'answer') return true
    const { now, calendar } = await this.#parts.world()
    return isPushTime(now, calendar)
  }

  /** If the platform cannot recognise repeats, only one push is on its way at a time, so a crash can double only that one. */
  #inTurn<T>(row: OutboxRow, attempt: () => Promise<T>): Promise<T> {
    if (row.push === undefined || deduplicates(row)) return attempt()
    return this.#parts.rests.during(() => this.#order.run(row.channel, attempt))
  }

  /** Makes one request, from the last check of its text to the commit of its result. */
  async #attempt(job: Job): Promise<'done' | 'next' | Failed> {
    if (job.row.push && job.state.sent === 0 && !(await this.#asOfNow(job))) return 'done'
    const requests = job.channel.requests(parcelOf(job))
    const request = requests[job.state.sent]
    if (!request) return this.finish(job.row, [])
    const file = request.file ? await this.#render(job.row, request.file.order) : undefined
    if (file === 'failed') return 'done'
    /** It may have been carried out already. If the thing to replace is gone then, it was. */
    const uncertain = job.state.attempted
    const marked = parcelOf(job).inPlace === true || job.row.push !== undefined
    if (marked && !uncertain) await this.#keep(job, { attempted: true })
    const outcome = await this.#send(job.channel, request, { parcel: parcelOf(job), file })
    const doubt = outcome.kind === 'again' && outcome.unanswered === true
    if (doubt && !(await this.#mayRepeat(job, request))) return this.#leaveOpen(job, requests.length)
    if (outcome.kind === 'sent' || (outcome.kind === 'anew' && uncertain)) return this.#passed(job, requests.length, [])
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

  /** One request is finished. `more` is written with it. */
  async #passed(job: Job, requests: number, more: readonly Write[]): Promise<'done' | 'next'> {
    const sent = job.state.sent + 1
    if (sent >= requests) return this.finish(job.row, more)
    const { unanswered: _, ...state } = job.state
    job.state = { ...state, sent, attempted: false }
    await this.#parts.store.commit([progressOf(job), ...more])
    return 'next'
  }

  /**
   * The request went out without an answer. If the platform would deliver it twice, it is tried once more; otherwise as long as the
   * platform recognises the repeat.
   */
  async #mayRepeat(job: Job, { arrivesOnce = 0 }: Request): Promise<boolean> {
    const { times, since } = job.state.unanswered ?? { times: 0, since: Date.now() }
    if (times + 1 > repeats && Date.now() - since >= arrivesOnce) return false
    await this.#keep(job, { unanswered: { times: times + 1, since } })
    return true
  }

  /** Nobody knows whether it arrived. Its receiver is told with the next answer, and the next messages go on. */
  async #leaveOpen(job: Job, requests: number): Promise<'done' | 'next'> {
    const { row } = job
    this.#parts.log.warn({ channel: row.channel, kind: row.kind }, 'delivery: no answer, unknown whether it arrived')
    return this.#passed(job, requests, await doubtAbout(this.#parts.store, row))
  }

  /** Checks a message of a schedule once more before it goes: its present text, or nothing if the duty was done meanwhile. */
  async #asOfNow(job: Job): Promise<boolean> {
    const { row, state } = job
    const now = await this.#parts.refresh(row, state.attempted)
    if ('drop' in now) {
      await this.finish(row, now.drop)
      return false
    }
    if (now.row !== row) await this.#parts.store.commit([{ put: outbox.key(row.lane, row.id), value: now.row }])
    job.row = now.row
    return true
  }

  async #send(
    channel: Channel,
    request: Request,
    { parcel, file }: { parcel: Parcel; file: RenderedFile | undefined },
  ): Promise<Outcome> {
    const began = performance.now()
    const outcome = await channel.send(request, parcel, file)
    this.#parts.sent?.(channel.name, outcome.kind, (performance.now() - began) / 1000)
    if (outcome.kind === 'sent') this.#halts.delete(channel.name)
    return outcome
  }

  async #progress(row: OutboxRow): Promise<Progress> {
    const found = await this.#parts.store.get(progress.key(row.lane, row.id))
    return found ? progress.schema.parse(found.value) : fresh
  }

  async #keep(job: Job, change: Partial<Progress>): Promise<void> {
    job.state = { ...job.state, ...change }
    await this.#parts.store.commit([progressOf(job)])
  }

  /** Removes a row from the outbox, together with `more`. */
  async finish(row: OutboxRow, more: readonly Write[]): Promise<'done'> {
    await this.#parts.store.commit([
      { delete: outbox.key(row.lane, row.id) },
      { delete: progress.key(row.lane, row.id) },
      ...more,
    ])
    return 'done'
  }

  /**
   * Keeps a message that cannot arrive aside and counts it. `tell`: somebody can do something about its receiver. Otherwise the receiver of
   * a document is told, who waits for it.
   */
  async #bury(row: OutboxRow, code: string, { tell = false } = {}): Promise<true> {
    this.#parts.log.warn({ channel: row.channel, kind: row.kind, code }, 'delivery: dead letter')
    if (tell && row.to === 'person') await this.#parts.unreachable?.(row.lane)
    const word =
      !tell && row.message.kind === 'file' ? documentGivenUp(row, nextId(row.id, this.#parts.instance)) : undefined
    const letter = { put: deadLetters.key(row.id), value: { row, code, at: Date.now() } }
    await this.finish(row, [
      // Nothing of a stranger is kept.
      ...(row.to === 'stranger' ? [] : [letter]),
      ...(word ? [{ put: outbox.key(word.lane, word.id), value: word, if: 'absent' as const }] : []),
    ])
    return true
  }

  #isHalted(channel: ChannelName): boolean {
    return (this.#halts.get(channel)?.until ?? 0) > Date.now()
  }

  /** Only the administrator can help, so the channel rests for a minute. Messages with another way take that way. */
  #halt(row: OutboxRow, { code, line }: Extract<Outcome, { kind: 'configuration' }>): Promise<boolean> {
    const { channel } = row
    if (!this.#halts.has(channel)) this.#parts.log.error({ channel, code }, line)
    this.#halts.set(channel, { until: Date.now() + haltMs, line })
    return this.#otherWay(row)
  }

  async #otherWay(row: OutboxRow): Promise<boolean> {
    const { store, instance, world, queued } = this.#parts
    const found = await store.get(sessions.key(row.lane))
    const session = found && sessions.schema.parse(found.value)
    const other = fallback(row, await world(), { id: nextId(row.id, instance), session })
    if (!other || this.#isHalted(other.channel)) return false
    await this.finish(row, [{ put: outbox.key(other.lane, other.id), value: other, if: 'absent' }])
    queued([other])
    return true
  }

  async #render(row: OutboxRow, order: DocumentOrder): Promise<RenderedFile | 'failed'> {
    try {
      return await this.#parts.render(order)
    } catch (error) {
      this.#parts.log.error({ err: error, document: order.document }, 'a document could not be made')
      const failures = (row.failures ?? 0) + 1
      const next = nextId(row.id, this.#parts.instance)
      const rows =
        failures > 5 ? [documentGivenUp(row, next)] : documentFailed(row, next, { failures, now: Date.now() })
      await this.finish(
        row,
        rows.map((one) => ({ put: outbox.key(one.lane, one.id), value: one, if: 'absent' as const })),
      )
      return 'failed'
    }
  }
}
