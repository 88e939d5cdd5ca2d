import type { Temporal } from 'temporal-polyfill'
import { isPushTime } from '../../campaign/calendar/ladder.ts'
import { campaignIn } from '../../campaign/plan/periods.ts'
import { wordedFor } from '../../campaign/roster/post-words.ts'
import type { Group, Person } from '../../campaign/roster/roster.ts'
import type { Table } from '../../store/table.ts'
import { asText, choicesOf, numberedLines } from '../messages/card-text.ts'
import type { Can, Card, ChannelName, DocumentOrder, Inbound, Message } from '../messages/message.ts'
import { heldMs, nextId, type OutboxRow, outbox } from '../messages/outbox.ts'
import { passAnonymous } from '../notices/anonymous.ts'
import { sendNotice } from '../notices/notices.ts'
import { snapshotAtHand } from '../pushes/at-hand.ts'
import { markSaid, wasTold } from '../pushes/said.ts'
import type { Snapshot } from '../pushes/schedule.ts'
import { recordsOf, recordTables } from '../pushes/snapshot.ts'
import type { Changes, Past } from '../records/changes.ts'
import { type Session, sessions } from '../records/session.ts'
import { groupChannel, pushWays, type World } from '../roster/world.ts'
import { cardIn, keyedIn } from './period.ts'

export type TurnParts = {
  world: World
  who: Person
  inbound: Inbound
  session: Session
  changes: Changes
  /** Tells instances apart in ids. */
  instance: string
}

/** What one inbound event does: reads, decides, and collects what becomes true in one commit. */
export class Turn {
  readonly who: Person
  #world: World
  readonly session: Session
  /** The text as it was typed, if it was text. */
  readonly inbound: Inbound
  readonly #changes: Changes
  readonly #instance: string
  readonly #rows: OutboxRow[] = []
  readonly #snapshots = new Map<readonly Table<unknown>[], Promise<Snapshot>>()
  #answered = false
  #opening: string | undefined

  constructor({ world, who, inbound, session, changes, instance }: TurnParts) {
    this.#world = world
    this.who = who
    this.inbound = inbound
    this.session = session
    this.#changes = changes
    this.#instance = instance
  }

  get world(): World {
    return this.#world
  }
  /** Continues in another period of grading, if the plan has several. */
  lookIn(period: number): void {
    this.#world = { ...this.#world, campaign: campaignIn(this.#world.campaign, period) }
    this.#snapshots.clear()
  }
  get now(): Temporal.ZonedDateTime {
    return this.world.now
  }
  get campaign(): World['campaign'] {
    return this.world.campaign
  }
  /** The tag of our own texts that name posts: ``turn.worded`由组织部办理。` ``. */
  get worded(): ReturnType<typeof wordedFor> {
    return wordedFor(this.campaign)
  }
  get roster(): World['roster'] {
    return this.world.roster
  }
  /** The abilities of the present channel. A person who asked for text gets no cards and no forms. */
  get can(): Can {
    const can = this.world.channels.get(this.inbound.channel) ?? {
      cards: false,
      forms: false,
      files: false,
      push: false,
    }
    return this.session.text ? { ...can, cards: false, forms: false } : can
  }

  /** Whether we can write to this person first, on any channel. */
  get canRemind(): boolean {
    return pushWays(this.who, this.world.channels, this.session).length > 0
  }

  /**
   * The same turn in another person's name, or in another period of grading, to look something up or to keep a draft. That person gets no
   * answer.
   */
  as(person: Person, campaign = this.campaign): Turn {
    return new Turn({
      world: { ...this.world, campaign },
      who: person,
      inbound: this.inbound,
      session: this.session,
      changes: this.#changes,
      instance: this.#instance,
    })
  }

  read<T>(table: Table<T>, ...ids: string[]): Promise<T | undefined> {
    return this.#changes.read(table, ...ids)
  }
  list<T>(table: Table<T>, ...prefix: string[]): Promise<{ ids: string[]; value: T }[]> {
    return this.#changes.list(table, ...prefix)
  }
  history<T>(table: Table<T>, ...ids: string[]): Promise<Past[]> {
    return this.#changes.history(table, ...ids)
  }
  /** The records as they were when this turn first asked for these tables. */
  snapshot(reads: readonly Table<unknown>[]): Promise<Snapshot> {
    const known = this.#snapshots.get(reads) ?? this.#read(reads)
    this.#snapshots.set(reads, known)
    return known
  }
  #read(reads: readonly Table<unknown>[]): Promise<Snapshot> {
    const own = this.#changes.haveWritten([...recordTables, ...reads])
    return own ? recordsOf(this.world, this.#changes, reads) : snapshotAtHand(this.#changes.store, this.world, reads)
  }
  put<T>(table: Table<T>, ids: readonly string[], { value }: { value: T }): Promise<void> {
    return this.#changes.put(table, ids, { value })
  }
  /** A change of an audited record by this person, now. `what` in the field's words: 提交, 备案, 退回 … */
  change<T>(
    table: Table<T>,
    ids: readonly string[],
    { value, what, reason }: { value: T; what: string; reason?: string | undefined },
  ): Promise<void> {
    const change = {
      at: this.now.toString({ timeZoneName: 'never' }),
      who: this.who.id,
      channel: this.inbound.channel,
      what,
    }
    return this.#changes.change(table, ids, { value, change: reason === undefined ? change : { ...change, reason } })
  }
  remove<T>(table: Table<T>, ids: readonly string[]): Promise<void> {
    return this.#changes.remove(table, ids)
  }

  /** The next text is for this conversation. `ownWords`: a text in the person's own words is awaited. */
  focus(conversation: string, state: unknown, { ownWords = false } = {}): void {
    this.session.focus = { conversation, state, ownWords }
  }
  /** Nothing is asked any more. */
  rest(): void {
    delete this.session.focus
    this.session.choices = []
    this.session.numbered = false
  }

  /** Makes the next answer begin with this line. */
  openWith(line: string): void {
    this.#opening = line
  }
  /** The line with which the next answer begins, until there is an answer. */
  get opening(): string | undefined {
    return this.#opening
  }

  /** Answers with text. The choices of an earlier card stay open, so its words still work. */
  say(text: string): void {
    this.#send({ kind: 'text', text })
  }
  /** Answers with a card. If a card was tapped, it replaces that one. People who see no cards get it as text. */
  show(plain: Card): void {
    const card = cardIn(this.campaign, plain)
    const shown = asText(card)
    this.session.choices = choicesOf(card)
    this.session.numbered = !this.can.cards && shown.numbered
    if (card.ask?.kind === 'form' ? this.can.forms : this.can.cards) this.#send({ kind: 'card', card })
    else this.#send({ kind: 'text', text: shown.text })
  }
  /** Answers with numbered choices, if there are more than a card can offer. `head` stands above them. */
  offer(head: string, choices: readonly { text: string; key: string }[]): void {
    const keyed = keyedIn(this.campaign)
    this.session.choices = choices.map(({ text, key }) => ({ text, button: keyed(key), picked: {} }))
    this.session.numbered = true
    this.say([head, ...numberedLines(this.session.choices)].join('\n'))
  }
  /** Sends a file, which delivery makes. If the channel takes no files, the person is told which way is left. */
  sendFile(order: DocumentOrder): void {
    if (this.can.files) this.#send({ kind: 'file', order: this.#ordered(order) })
    else this.say('这里发不了文件。请在企业微信的党建助手应用或钉钉里说同样的话领取。')
  }

  /** Delivery makes it later, when another period may be open, so the order names the period. */
  #ordered({ document, with: what }: DocumentOrder): DocumentOrder {
    const { period } = this.campaign
    return { document, with: period ? { ...what, gradingPeriod: period.number } : what }
  }

  /** Tells somebody else what this person did: at once, further ones within the hour as one. `urgent`: never waits for the hour; `counted`: see Waiting. */
  async tell(
    person: Person,
    text: string,
    {
      about,
      urgent = false,
      counted = false,
    }: { about: string; urgent?: boolean | undefined; counted?: boolean | undefined },
  ): Promise<void> {
    const notice = { text, about, urgent, ...(counted ? { counted } : {}) }
    const row = await sendNotice(this.#changes, this.world, { person, notice, instance: this.#instance })
    if (row) this.#rows.push(row)
  }

  /** Tells the organization department words that lead back to nobody. */
  async tellAnonymously(text: string): Promise<void> {
    const passing = { changes: this.#changes, world: this.world, instance: this.#instance }
    this.#rows.push(...(await passAnonymous(passing, text)))
  }

  /**
   * Posts to a group now, as its one message of the day (R5, R6), together with this turn's changes. `false`: not now, because it is night
   * or a day off, or the group has had its message; then nothing is written.
   */
  async postToGroup(group: Group, { text, about }: { text: string; about: string }): Promise<boolean> {
    const { now, calendar, campaign } = this.world
    const date = now.toPlainDate()
    const channel = groupChannel(group, this.world.channels)
    if (!channel || !isPushTime(now, calendar) || (await wasTold(this.#changes, date, group.id))) return false
    markSaid(this.#changes, campaign, { entries: [], date, receiver: group.id })
    const row: OutboxRow = {
      id: nextId('', this.#instance),
      lane: group.id,
      to: 'group',
      channel,
      kind: 'bulletin',
      about: [about],
      message: { kind: 'text', text },
      inPlace: false,
      unique: true,
      queued: Date.now(),
    }
    this.#changes.append(outbox, [row.lane, row.id], { value: row })
    this.#rows.push(row)
    return true
  }

  /** Writes what belongs to the turn itself. Call it once, at the end. */
  async close(): Promise<OutboxRow[]> {
    await this.#changes.put(sessions, [this.who.id], { value: this.session })
    return this.#rows
  }

  #opened(message: Message): Message {
    const line = this.#opening
    if (line === undefined) return message
    this.#opening = undefined
    if (message.kind === 'text') return { ...message, text: `${line}\n\n${message.text}` }
    const fits = !line.includes('\n')
    if (fits && message.kind === 'card' && message.card.ask?.kind !== 'form') {
      const { card } = message
      return { kind: 'card', card: { ...card, text: card.text === undefined ? line : `${line}\n\n${card.text}` } }
    }
    this.say(line)
    return message
  }

  #send(said: Message): void {
    const message = this.#opened(said)
    const first = !this.#answered
    const inPlace =
      message.kind === 'card' && first && (this.inbound.what.kind === 'tap' || this.inbound.what.kind === 'form')
    this.#answered = true
    this.session.last = nextId(this.session.last, this.#instance)
    const row: OutboxRow = {
      id: this.session.last,
      lane: this.who.id,
      to: 'person',
      channel: this.inbound.channel,
      kind: 'answer',
      about: [],
      message,
      ...(this.inbound.handle ? { handle: this.inbound.handle } : {}),
      inPlace,
      unique: message.kind === 'card',
      queued: Date.now(),
      ...(this.inbound.answerInPlace && first ? { heldUntil: Date.now() + heldMs } : {}),
    }
    this.#changes.append(outbox, [row.lane, row.id], { value: row })
    this.#rows.push(row)
  }
}

export const freshSession = (channel: ChannelName): Session => ({
  channel,
  text: false,
  choices: [],
  numbered: false,
  last: '',
})
