import type { Calendar } from '../../campaign/calendar/calendar.ts'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { campaignAt } from '../../campaign/plan/periods.ts'
import { holdersOf, type Person, type Roster } from '../../campaign/roster/roster.ts'
import type { Key, Store } from '../../store/store.ts'
import { type Clock, dateOf, monthNow } from '../clock.ts'
import type { Can, ChannelName, Inbound } from '../messages/message.ts'
import { doubtful, nextId, type OutboxRow, outbox } from '../messages/outbox.ts'
import { takeKept } from '../notices/anonymous.ts'
import { takeWaiting } from '../notices/notices.ts'
import { Changes } from '../records/changes.ts'
import { type Session, sessions } from '../records/session.ts'
import { untilWritten } from '../records/until-written.ts'
import { newcomers } from '../roster/newcomers.ts'
import { emptyRoster, rosters, rosterVersion, type World, whoIs } from '../roster/world.ts'
import type { Handler } from './handler.ts'
import { InOrder } from './in-order.ts'
import { idOf, isRepeat, noteTaken, onceKey } from './repeats.ts'
import { Router } from './router.ts'
import { freshSession, Turn } from './turn.ts'
import * as words from './words.ts'

export type BotParts = {
  store: Store
  campaign: Campaign
  calendar: Calendar
  clock: Clock
  channels: ReadonlyMap<ChannelName, Can>
  handlers: readonly Handler[]
  /** Makes the ids of this instance different from those of others. */
  instance: string
  /** Told which rows a commit has put into the outbox. */
  queued: (rows: readonly OutboxRow[]) => void
  conflict?: () => void
}

/** The result of a turn: a repeat, a person who is not in the roster, or a person's turn with the rows it queued. */
export type Taken = { kind: 'repeat' | 'stranger' | 'done'; rows: readonly OutboxRow[] }

export class Bot {
  readonly #parts: BotParts
  readonly #router: Router
  readonly #order = new InOrder()
  #roster: { version: string; roster: Roster } = { version: '', roster: emptyRoster }

  constructor(parts: BotParts) {
    this.#parts = parts
    this.#router = new Router(parts.handlers)
  }

  /** The world at this moment, with the roster in force. */
  async world(): Promise<World> {
    const found = await this.#parts.store.get(rosterVersion.key())
    return this.#worldWith(found ? rosterVersion.schema.parse(found.value).current : '')
  }

  /** Handles one event durably: when it resolves, its effects are stored, now or earlier. Throws StoreUnavailable if nothing happened. */
  receive(inbound: Inbound): Promise<Taken> {
    return this.#order.run(`${inbound.channel} ${inbound.account.toLowerCase()}`, async () => {
      let attempts = 0
      const result = await untilWritten(() => this.#attempt(inbound, attempts++))
      // A repeat lost no race.
      if (result.kind !== 'repeat') for (let i = 1; i < attempts; i++) this.#parts.conflict?.()
      if (result.rows.length > 0) this.#parts.queued(result.rows)
      return result
    })
  }

  /**
   * `before` counts the attempts that could not be written. Few events are repeats, so the first attempt does not look whether this one was
   * taken: its commit finds out.
   */
  async #attempt(inbound: Inbound, before: number): Promise<Taken | undefined> {
    const { store, instance } = this.#parts
    const once = before > 0 || inbound.lastOf !== undefined ? [onceKey(inbound)] : []
    // We look the person up in the cached roster. If that is outdated, the session read below belongs to another person and is read again.
    const guess = whoIs(this.#roster.roster, inbound.channel, inbound.account)
    const keys: Key[] = [rosterVersion.key(), ...(guess ? this.#keysOf(guess) : []), ...once]
    const found = await store.getMany(keys)
    if (once.length > 0 && isRepeat(inbound, found.at(-1))) return { kind: 'repeat', rows: [] }
    const world = await this.#worldWith(found[0] ? rosterVersion.schema.parse(found[0].value).current : '')
    const who = whoIs(world.roster, inbound.channel, inbound.account)
    const changes = new Changes(
      store,
      keys.map((key, i) => [key, found[i]]),
    )
    await noteTaken(changes, inbound)
    const rows = who
      ? await this.#turn(world, who, { inbound, changes })
      : stranger(world, inbound, { changes, instance })
    return (await store.commit([...changes.writes, ...changes.checks]))
      ? { kind: who ? 'done' : 'stranger', rows }
      : undefined
  }

  #keysOf({ id }: Person): Key[] {
    return [sessions.key(id), doubtful.key(id), newcomers.key(this.#parts.campaign.id, id)]
  }

  async #turn(
    world: World,
    who: Person,
    { inbound, changes }: { inbound: Inbound; changes: Changes },
  ): Promise<OutboxRow[]> {
    const before = (await changes.read(sessions, who.id)) ?? freshSession(inbound.channel)
    const session = counted(inbound, world, heardOn(inbound, world, before))
    const turn = new Turn({ world, who, inbound, session, changes, instance: this.#parts.instance })
    const doubt = inbound.group === undefined ? await changes.read(doubtful, who.id) : undefined
    if (doubt) turn.openWith(words.mayBeLost(doubt.begin))
    if (holdersOf(world.roster, 'organization-department').length === 0) turn.say(words.noRoster)
    else if (who.seats.length === 0) turn.say(words.noSeat(world.campaign))
    else {
      const welcome = inbound.group === undefined && !doubt ? await this.#router.welcome(turn) : undefined
      if (welcome !== undefined) turn.openWith(welcome)
      await this.#router.route(turn)
    }
    await this.#sayWaiting(turn, changes)
    if (doubt && turn.opening === undefined) await changes.remove(doubtful, [who.id])
    return turn.close()
  }

  /** If we cannot write first, notices are told with the answer. */
  async #sayWaiting(turn: Turn, changes: Changes): Promise<void> {
    if (turn.inbound.group !== undefined || turn.canRemind) return
    const waiting = await takeWaiting(changes, turn.world, turn.who)
    if (waiting !== undefined) turn.say(waiting)
    for (const words of await takeKept(changes, turn.world, turn.who)) turn.say(words)
  }

  async #worldWith(version: string): Promise<World> {
    if (version !== this.#roster.version) {
      const found = await this.#parts.store.get(rosters.key(version))
      if (found) this.#roster = { version, roster: rosters.schema.parse(found.value) }
    }
    const { calendar, channels, clock } = this.#parts
    const now = clock.now()
    const campaign = campaignAt(this.#parts.campaign, dateOf(now))
    return { campaign, calendar, channels, roster: this.#roster.roster, now }
  }
}

/** Remembers the channel, and where the person wrote on channels that let us write first only after that. */
function heardOn({ channel, what, group }: Inbound, world: World, session: Session): Session {
  const { wrote = [] } = session
  const counts = world.channels.get(channel)?.push === 'after-word' && what.kind !== 'opened' && group === undefined
  return { ...session, channel, ...(counts && !wrote.includes(channel) ? { wrote: [...wrote, channel] } : {}) }
}

/**
 * Counts one more act of this person in this month. Opening a chat does not count, nor does a text in a group, because it is meant for
 * others.
 */
function counted({ what, group }: Inbound, { now }: World, session: Session): Session {
  if (what.kind === 'opened' || group !== undefined) return session
  const month = monthNow(now)
  return { ...session, acts: { ...session.acts, [month]: (session.acts?.[month] ?? 0) + 1 } }
}

/** One text, and nothing kept but that the event was taken. */
function stranger(
  world: World,
  inbound: Inbound,
  { changes, instance }: { changes: Changes; instance: string },
): OutboxRow[] {
  if (inbound.group !== undefined) return []
  const departments = holdersOf(world.roster, 'organization-department')
  const said = inbound.hidden ? words.notLinked : words.notRegistered
  const text = departments.length > 0 ? said(world.campaign.posts['organization-department']) : words.noRoster
  const row: OutboxRow = {
    id: nextId('', instance),
    lane: `stranger-${idOf(`${inbound.channel} ${inbound.account.toLowerCase()}`)}`,
    to: 'stranger',
    account: inbound.account,
    channel: inbound.channel,
    kind: 'answer',
    about: [],
    message: { kind: 'text', text },
    ...(inbound.handle ? { handle: inbound.handle } : {}),
    inPlace: false,
    unique: false,
    queued: Date.now(),
  }
  changes.append(outbox, [row.lane, row.id], { value: row })
  return [row]
}
