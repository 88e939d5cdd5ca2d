import { Temporal } from 'temporal-polyfill'
import { isPushTime } from '../../campaign/calendar/ladder.ts'
import type { Roster } from '../../campaign/roster/roster.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { passKept } from '../notices/anonymous.ts'
import { sayWaiting } from '../notices/waiting.ts'
import { sayAskedFor } from './asked-for.ts'
import { pushSnapshot } from './at-hand.ts'
import { sayDue } from './due.ts'
import { tellInactive } from './inactive.ts'
import type { PushParts } from './parts.ts'
import { Refresh, type Refreshed } from './refresh.ts'
import { noteStandstill, releaseStale } from './standstill.ts'

/** Runs the schedules live. The records decide who is due, and the ledger holds what was said. Both are in one commit with the message. */
export class Pushes {
  readonly #parts: PushParts
  readonly #refresh: Refresh
  /** The day, roster and records for which nothing was left to say. Another look would find nothing. */
  #settled: { date: string; roster: Roster; mark: string } | undefined
  /** The day on which pushes of past days were taken back. What is queued later on this day is none of them. */
  #released: string | undefined

  constructor(parts: PushParts) {
    this.#parts = parts
    this.#refresh = new Refresh(parts)
  }

  /** Says what is due at this moment. Called at the start and every minute. Calling it more often changes nothing. */
  async run(): Promise<void> {
    const { store, schedules, instance, queued } = this.#parts
    const world = await this.#parts.world()
    if (!isPushTime(world.now, world.calendar)) return
    await sayWaiting(store, world, { instance, queued })
    await passKept(store, world, { instance, queued })
    await sayAskedFor(this.#parts, world)
    const date = world.now.toPlainDate()
    if (Temporal.PlainTime.compare(world.now.toPlainTime(), world.campaign.push.at) < 0) return
    const { mark, snapshot: read } = await pushSnapshot(store, world, schedules)
    const state = { date: date.toString(), roster: world.roster, mark }
    if (this.#isSettled(state)) return
    const snapshot = await read()
    if (this.#released !== state.date) await releaseStale(this.#parts, world, date)
    this.#released = state.date
    queued(await tellInactive(store, snapshot, instance))
    await noteStandstill(this.#parts, snapshot, date)
    if ((await sayDue(this.#parts, snapshot, date)) === 0) this.#settled = state
  }

  /** A roster never changes, so another version is another object. */
  #isSettled({ date, roster, mark }: { date: string; roster: Roster; mark: string }): boolean {
    const settled = this.#settled
    return settled?.date === date && settled.roster === roster && settled.mark === mark
  }

  /** A queued push as of now: see Refresh. */
  refresh(row: OutboxRow, begun: boolean): Promise<Refreshed> {
    return this.#refresh.of(row, begun)
  }
}
