import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { isWorkingDay } from '../campaign/calendar.ts'
import { isPushTime } from '../campaign/ladder.ts'
import { all, type Store, type Write } from '../store/store.ts'
import { table } from '../store/table.ts'
import { Changes } from './changes.ts'
import { tellInactive } from './inactive.ts'
import { flush, pushTo, waitingNotices } from './notices.ts'
import { type Kind, nextId, type OutboxRow, outbox } from './outbox.ts'
import { duesOn, ledgerEntry, type Push, planPushes, pushOf, type Told } from './push-plan.ts'
import { reminders, reminderText } from './reminders.ts'
import { receiverId, type Schedule, type Snapshot } from './schedule.ts'
import { Shared } from './shared.ts'
import { snapshotOf } from './snapshot.ts'
import { groupChannel, type World } from './world.ts'

/** What was said, once and for all. Keys: campaign, duty, period, step, receiver. */
const ledger = table('ledger', z.strictObject({ date: z.string() }))
/** Who was told something on a day. Keys: date, receiver. */
const pushed = table('pushed', z.strictObject({ at: z.number() }))
const lastRun = table('push-run', z.strictObject({ date: z.string() }))
const keptMs = 40 * 24 * 3600e3
const atOnce = 64

export type PushParts = {
  store: Store
  schedules: readonly Schedule[]
  world: () => Promise<World>
  instance: string
  queued: (rows: readonly OutboxRow[]) => void
  log: { info: (context: object, line: string) => void }
  started?: (kind: Kind) => void
}

/** What schedules start, live: who is due is decided by the records, what was said stands in the ledger; both in one commit with the message. */
export class Pushes {
  readonly #parts: PushParts
  /** What is due today, read after it was asked for; those who ask meanwhile share the next reading. */
  readonly #current = new Shared(async () => {
    const world = await this.#parts.world()
    return duesOn(this.#parts.schedules, await this.#snapshot(world), world.now.toPlainDate())
  })
  /** The day and roster for which everything is said: looking again would find nothing. */
  #settled = ''

  constructor(parts: PushParts) {
    this.#parts = parts
  }

  /** Says what is due at this moment. Called at start and every minute; any number of times comes to the same. */
  async run(): Promise<void> {
    const { store, instance } = this.#parts
    const world = await this.#parts.world()
    if (!isPushTime(world.now, world.calendar)) return
    await this.#notices(world)
    await this.#reminders(world)
    const date = world.now.toPlainDate()
    if (Temporal.PlainTime.compare(world.now.toPlainTime(), world.campaign.push.at) < 0) return
    const settled = `${date.toString()} ${world.roster.people.length} ${world.now.hour}`
    if (this.#settled === settled) return
    await this.#noteStandstill(world, date)
    const snapshot = await this.#snapshot(world)
    this.#parts.queued(await tellInactive(store, snapshot, instance))
    const plan = planPushes(this.#parts.schedules, snapshot, date, await this.#told(date))
    for (let i = 0; i < plan.length; i += atOnce)
      await Promise.all(plan.slice(i, i + atOnce).map((push) => this.#say(push, world, date)))
    this.#settled = settled
  }

  /** A queued push as of now: the same where nothing changed, another text, or nothing where all of it was done or its day is over. */
  async refresh(row: OutboxRow): Promise<{ row: OutboxRow } | { drop: readonly Write[] }> {
    if (!row.push) return { row }
    const world = await this.#parts.world()
    const date = world.now.toPlainDate()
    const entries = row.push.ledger
    if (row.push.date !== date.toString())
      return {
        drop: [
          ...entries.map((entry) => ({ delete: ledger.key(world.campaign.id, ...entry) })),
          { delete: pushed.key(row.push.date, row.lane) },
        ],
      }
    const mine = new Set(entries.map((entry) => entry.join('\n')))
    const dues = (await this.#current.get()).get(row.lane) ?? []
    const push = pushOf(
      dues.filter((due) => mine.has(ledgerEntry(due).join('\n'))),
      world,
    )
    if (!push) return { drop: [] }
    if (row.message.kind !== 'text' || row.message.text === push.text) return { row }
    return { row: { ...row, about: push.about, message: messageOf(push) } }
  }

  #snapshot(world: World): Promise<Snapshot> {
    return snapshotOf(world, new Changes(this.#parts.store))
  }

  async #told(date: Temporal.PlainDate): Promise<Told> {
    const { store } = this.#parts
    const said = new Set<string>()
    for await (const { key } of all(store, ledger.key())) said.add(key.slice(2).join('\n'))
    const today = new Set<string>()
    for await (const { key } of all(store, pushed.key(date.toString()))) today.add(key[2] ?? '')
    return { said: (entry) => said.has(entry.join('\n')), pushed: (receiver) => today.has(receiver) }
  }

  /** One commit: whoever writes the ledger first says it; of several instances the others lose the race and say nothing. */
  async #say(push: Push, world: World, date: Temporal.PlainDate): Promise<void> {
    const { store, instance } = this.#parts
    const changes = new Changes(store)
    const id = receiverId(push.receiver)
    for (const entry of push.ledger) changes.append(ledger, [world.campaign.id, ...entry], { date: date.toString() })
    changes.append(pushed, [date.toString(), id], { at: Date.now() }, Date.now() + keptMs)
    const at = { date: date.toString(), ledger: push.ledger }
    const row =
      'person' in push.receiver
        ? await pushTo(
            changes,
            world,
            push.receiver.person,
            { text: push.text, kind: push.kind, about: push.about, push: at },
            instance,
          )
        : this.#toGroup(changes, world, push, at)
    if (!row || !(await store.commit(changes.writes))) return
    this.#parts.started?.(push.kind)
    this.#parts.queued([row])
  }

  #toGroup(changes: Changes, world: World, push: Push, at: NonNullable<OutboxRow['push']>): OutboxRow | undefined {
    if (!('group' in push.receiver)) return undefined
    const { group } = push.receiver
    const channel = groupChannel(group, world.channels)
    if (!channel) return undefined
    const row: OutboxRow = {
      id: nextId('', this.#parts.instance),
      lane: group.id,
      to: 'group',
      channel,
      kind: push.kind,
      about: push.about,
      message: messageOf(push),
      inPlace: false,
      unique: true,
      queued: Date.now(),
      push: at,
    }
    changes.append(outbox, [row.lane, row.id], row)
    return row
  }

  /** Notices that had to wait for the hour, the day or the morning. */
  async #notices(world: World): Promise<void> {
    const { store, instance } = this.#parts
    const waiting = await new Changes(store).list(waitingNotices)
    for (const { ids, value } of waiting) {
      const person = world.roster.people.find((one) => one.id === ids[0])
      if (!person || value.notices.length === 0) continue
      const changes = new Changes(store)
      const now = await changes.read(waitingNotices, person.id)
      const row = now && (await flush(changes, world, person, now, instance))
      if (row && (await store.commit(changes.writes))) this.#parts.queued([row])
    }
  }

  /** Reminders that people asked for. */
  async #reminders(world: World): Promise<void> {
    const { store, instance, schedules } = this.#parts
    for (const { ids, value } of await new Changes(store).list(reminders)) {
      if (Temporal.Instant.compare(Temporal.Instant.from(value.at), world.now.toInstant()) > 0) continue
      const person = world.roster.people.find((one) => one.id === ids[0])
      const changes = new Changes(store)
      if (!(await changes.read(reminders, ids[0] ?? ''))) continue
      await changes.remove(reminders, [ids[0] ?? ''])
      const text = person && reminderText(schedules, await this.#snapshot(world), person)
      const row =
        person && text ? await pushTo(changes, world, person, { ...text, kind: 'reminder' }, instance) : undefined
      if (await store.commit(changes.writes)) this.#parts.queued(row ? [row] : [])
    }
  }

  async #noteStandstill(world: World, date: Temporal.PlainDate): Promise<void> {
    const { store, log } = this.#parts
    const found = await store.get(lastRun.key())
    const last = found && Temporal.PlainDate.from(lastRun.schema.parse(found.value).date)
    if (last?.equals(date)) return
    let missed = 0
    if (last)
      for (let day = last.add({ days: 1 }); Temporal.PlainDate.compare(day, date) < 0; day = day.add({ days: 1 }))
        if (isWorkingDay(world.calendar, day)) missed++
    if (missed > 1)
      log.info({ workingDays: missed }, 'schedules: steps older than one working day are dropped after a standstill')
    await store.commit([{ put: lastRun.key(), value: { date: date.toString() } }])
  }
}

const messageOf = (push: Push): OutboxRow['message'] => ({
  kind: 'text',
  text: push.text,
  ...(push.mention.length > 0 ? { mention: push.mention } : {}),
})
