import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Store } from '../store/store.ts'
import { table } from '../store/table.ts'

/** What a platform counts by calendar month: calls to it, and pushes from it. Keys: channel, month as `2026-05`. */
export const Used = z.strictObject({ calls: z.number(), pushes: z.number() })
export type Used = z.infer<typeof Used>
const quotaUse = table('quota-use', Used)

const kinds = ['calls', 'pushes'] as const
export type QuotaState = { channel: string; kind: keyof Used; used: number; limit: number }

export type QuotaParts = {
  store: Store
  channel: string
  /** The edition's monthly limit. */
  limit: Used
  /** Called when four fifths of a kind are used, once for each month and kind, by the instance whose count reached it. */
  warn: (kind: keyof Used, used: number, limit: number) => Promise<void>
  log: { error: (context: object, line: string) => void }
  /** Milliseconds since 1970 on the real clock, because the quota is the platform's. */
  now?: () => number
}

const share = 0.8
const flushMs = 1000

/** The month's use, kept in the store. It is counted in memory and written once a second, so a crash loses at most one second's count. */
export class Quota {
  readonly #parts: QuotaParts
  #pending: Used = { calls: 0, pushes: 0 }
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(parts: QuotaParts) {
    this.#parts = parts
  }

  /** Counts one. */
  count(kind: 'call' | 'push'): void {
    this.#pending[kind === 'call' ? 'calls' : 'pushes'] += 1
    this.#timer ??= setTimeout(() => void this.flush(), flushMs).unref()
  }

  /** The use in this month so far, by all instances. */
  async used(): Promise<Used> {
    const { store, channel } = this.#parts
    const found = await store.get(quotaUse.key(channel, this.#month()))
    return sum(found ? quotaUse.schema.parse(found.value) : { calls: 0, pushes: 0 }, this.#pending)
  }

  /** The same with the limits, kind by kind. */
  async state(): Promise<QuotaState[]> {
    const { channel, limit } = this.#parts
    const used = await this.used()
    return kinds.map((kind) => ({ channel, kind, used: used[kind], limit: limit[kind] }))
  }

  /** Writes the count. To be called at the end too. If it cannot be written now, it is kept and written later. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async #write(): Promise<void> {
    const counted = this.#pending
    if (counted.calls + counted.pushes === 0) return
    this.#pending = { calls: 0, pushes: 0 }
    try {
      const before = await this.#add(counted)
      await this.#warnings(before, sum(before, counted))
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the use of the monthly quota could not be written')
    }
  }

  /** Adds to the record. Returns the value before. If it fails, the count is kept. */
  async #add(counted: Used): Promise<Used> {
    const { store, channel } = this.#parts
    const key = quotaUse.key(channel, this.#month())
    try {
      for (;;) {
        const found = await store.get(key)
        const before = found ? quotaUse.schema.parse(found.value) : { calls: 0, pushes: 0 }
        const value = sum(before, counted)
        if (await store.commit([{ put: key, value, if: found?.version ?? 'absent' }])) return before
      }
    } catch (error) {
      this.#pending = sum(this.#pending, counted)
      throw error
    }
  }

  async #warnings(before: Used, after: Used): Promise<void> {
    const { limit, warn } = this.#parts
    for (const kind of kinds)
      if (before[kind] < limit[kind] * share && after[kind] >= limit[kind] * share)
        await warn(kind, after[kind], limit[kind])
  }

  #month(): string {
    const now = (this.#parts.now ?? Date.now)()
    return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('Asia/Shanghai').toString().slice(0, 7)
  }
}

const sum = (a: Used, b: Used): Used => ({ calls: a.calls + b.calls, pushes: a.pushes + b.pushes })
