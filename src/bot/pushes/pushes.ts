import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { nextWorkingDay } from '../../campaign/calendar/calendar.ts'
import { isPushTime } from '../../campaign/calendar/ladder.ts'
import type { Person } from '../../campaign/roster/roster.ts'
import { all, type Store, type Write } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import { type Kind, nextId, type OutboxRow, outbox, progress } from '../messages/outbox.ts'
import { tellInactive } from '../notices/inactive.ts'
import { flush, pushTo, waitingNotices } from '../notices/notices.ts'
import { Changes } from '../records/changes.ts'
import { reminders, reminderText } from '../records/reminders.ts'
import { groupChannel, type World } from '../roster/world.ts'
import { Shared } from '../turn/shared.ts'
import { duesOn, ledgerEntry, type Push, planPushes, pushOf, type Told } from './push-plan.ts'
import { type Due, receiverId, type Schedule, type Snapshot } from './schedule.ts'
import { snapshotOf } from './snapshot.ts'

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
    const snapshot = await this.#snapshot(await this.#parts.world())
    return { snapshot, dues: duesOn(this.#parts.schedules, snapshot, snapshot.world.now.toPlainDate()) }
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
    await this.#releaseStale(date)
    const snapshot = await this.#snapshot(world)
    this.#parts.queued(await tellInactive(store, snapshot, instance))
    const told = await this.#told(date)
    await this.#noteStandstill(snapshot, date, told)
    const plan = planPushes(this.#parts.schedules, snapshot, date, told)
    for (let i = 0; i < plan.length; i += atOnce)
      await Promise.all(plan.slice(i, i + atOnce).map((push) => this.#say(push, world, date)))
    this.#settled = settled
  }

  /**
   * A queued push as of now: the same where nothing changed, another text, or nothing where all of it was done or its day is over. `begun`:
   * it may have arrived as it is; then it stays so while all of it is due, since a platform knows a repeat by its very bytes.
   */
  async refresh(row: OutboxRow, begun: boolean): Promise<{ row: OutboxRow } | { drop: readonly Write[] }> {
    const { push } = row
    if (!push) return { row }
    if (push.asked !== undefined) return this.#refreshAsked(row, push.asked, begun)
    const { dues, snapshot } = await this.#current.get()
    if (push.date !== snapshot.world.now.toPlainDate().toString()) return { drop: await this.#released(row) }
    const mine = new Set(push.ledger.map((entry) => entry.join('\n')))
    const current = pushOf(
      (dues.get(row.lane) ?? []).filter((due) => mine.has(ledgerEntry(due).join('\n'))),
      snapshot.world,
    )
    if (!current) return { drop: [] }
    const stays = begun && current.ledger.length === push.ledger.length
    return { row: stays ? row : saying(row, current.about, messageOf(current)) }
  }

  async #refreshAsked(
    row: OutboxRow,
    at: string,
    begun: boolean,
  ): Promise<{ row: OutboxRow } | { drop: readonly Write[] }> {
    const { snapshot } = await this.#current.get()
    const person = snapshot.world.roster.people.find((one) => one.id === row.lane)
    const reminder = person && reminderText(this.#parts.schedules, snapshot, person, at)
    if (!reminder) return { drop: [] }
    return { row: begun ? row : saying(row, reminder.about, { kind: 'text', text: reminder.text }) }
  }

  /** Pushes of days that are over and did not go out are unsaid again, before it is decided what is due now. */
  async #releaseStale(date: Temporal.PlainDate): Promise<void> {
    const { store } = this.#parts
    for await (const { key, value, version } of all(store, outbox.key())) {
      const row = outbox.schema.parse(value)
      if (!row.push || row.push.asked !== undefined || row.push.date === date.toString()) continue
      const made = { delete: progress.key(row.lane, row.id) }
      await store.commit([{ delete: key, if: version }, made, ...(await this.#released(row))])
    }
  }

  /** What takes back that a push was said: only what stands there for its own day, since a later one may have said it meanwhile. */
  async #released({ lane, push }: OutboxRow): Promise<Write[]> {
    if (!push) return []
    const { store, world } = this.#parts
    const { campaign } = await world()
    const said = await store.getMany(push.ledger.map((entry) => ledger.key(campaign.id, ...entry)))
    const mine = said.flatMap((found) => (found && ledger.schema.parse(found.value).date === push.date ? [found] : []))
    return [...mine.map(({ key, version }) => ({ delete: key, if: version })), { delete: pushed.key(push.date, lane) }]
  }

  #snapshot(world: World): Promise<Snapshot> {
    return snapshotOf(world, new Changes(this.#parts.store), this.#parts.schedules)
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
      const row = now && (await flush(changes, world, person, { waiting: now, instance }))
      if (changes.writes.length > 0 && (await store.commit(changes.writes))) this.#parts.queued(row ? [row] : [])
    }
  }

  /** Reminders that people asked for. What would be due by now counts as said with them: they were moved, not added. */
  async #reminders(world: World): Promise<void> {
    const { store, schedules } = this.#parts
    const due = (await new Changes(store).list(reminders)).filter(
      ({ value }) => Temporal.Instant.compare(Temporal.Instant.from(value.at), world.now.toInstant()) <= 0,
    )
    if (due.length === 0) return
    const snapshot = await this.#snapshot(world)
    const asked = new Set(due.map(({ ids }) => ids[0]))
    const away = new Map([...snapshot.away].filter(([person]) => !asked.has(person)))
    const dues = duesOn(schedules, { ...snapshot, away }, world.now.toPlainDate())
    for (const id of asked) {
      const person = world.roster.people.find((one) => one.id === id)
      if (id !== undefined) await this.#remind(id, person && { person, snapshot, dues: dues.get(id) ?? [] })
    }
  }

  async #remind(
    id: string,
    wanted: { person: Person; snapshot: Snapshot; dues: readonly Due[] } | undefined,
  ): Promise<void> {
    const { store, instance, schedules } = this.#parts
    const changes = new Changes(store)
    const reminder = await changes.read(reminders, id)
    if (!reminder) return
    await changes.remove(reminders, [id])
    let row: OutboxRow | undefined
    if (wanted) {
      const { person, snapshot, dues } = wanted
      const { world } = snapshot
      const date = world.now.toPlainDate().toString()
      const text = reminderText(schedules, snapshot, person, reminder.at)
      const push = { date, ledger: [], asked: reminder.at }
      row = text && (await pushTo(changes, world, person, { ...text, kind: 'reminder', push }, instance))
      for (const entry of dues.filter(({ kind }) => kind !== 'escalation').map(ledgerEntry))
        await changes.put(ledger, [world.campaign.id, ...entry], { date })
    }
    if (await store.commit(changes.writes)) this.#parts.queued(row ? [row] : [])
  }

  /** After a standstill: what fell on days before the last working day is not said any more. */
  async #noteStandstill({ world, ...records }: Snapshot, date: Temporal.PlainDate, told: Told): Promise<void> {
    const { store, log, schedules } = this.#parts
    const found = await store.get(lastRun.key())
    const last = found && Temporal.PlainDate.from(lastRun.schema.parse(found.value).date)
    if (last?.equals(date)) return
    await store.commit([{ put: lastRun.key(), value: { date: date.toString() } }])
    const days: Temporal.PlainDate[] = []
    for (let day = last ?? date; Temporal.PlainDate.compare(day, date) < 0; day = nextWorkingDay(world.calendar, day))
      days.push(day)
    const stale = days.slice(0, -1)
    const steps = stale
      .flatMap((day) => schedules.flatMap((schedule) => schedule.due({ world, ...records }, day)))
      .filter((due) => !told.said(ledgerEntry(due))).length
    if (steps > 0)
      log.info(
        { workingDays: stale.length, steps },
        'schedules: after a standstill, steps older than one working day are dropped',
      )
  }
}

type Text = Extract<OutboxRow['message'], { kind: 'text' }>
/** The row itself where it says this already. */
const saying = (row: OutboxRow, about: string[], message: Text): OutboxRow =>
  row.message.kind === 'text' && row.message.text === message.text ? row : { ...row, about, message }

const messageOf = (push: Push): Text => ({
  kind: 'text',
  text: push.text,
  ...(push.mention.length > 0 ? { mention: push.mention } : {}),
})
