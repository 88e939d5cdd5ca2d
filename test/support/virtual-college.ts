import { setTimeout as sleep } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import { handlers } from '../../handlers/all.ts'
import { schedules } from '../../schedules/all.ts'
import { asText } from '../../src/bot/messages/card-text.ts'
import type { Channel, Outcome, Parcel } from '../../src/bot/messages/channel.ts'
import type { Can, ChannelName, Said } from '../../src/bot/messages/message.ts'
import { OutboxRow, outbox } from '../../src/bot/messages/outbox.ts'
import type { Pushes } from '../../src/bot/pushes/pushes.ts'
import { Changes } from '../../src/bot/records/changes.ts'
import { liaisonReports, scorecards } from '../../src/bot/records/records.ts'
import { rosters, rosterVersion } from '../../src/bot/roster/world.ts'
import type { Bot } from '../../src/bot/turn/bot.ts'
import { isPushTime } from '../../src/campaign/calendar/ladder.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import type { Roster } from '../../src/campaign/roster/roster.ts'
import { Delivery } from '../../src/delivery/delivery.ts'
import { Growing } from '../../src/rehearsal/growing.ts'
import type { Records } from '../../src/rehearsal/rehearsal.ts'
import { answeredTables } from '../../src/rehearsal/scripted-college.ts'
import { all, type Store } from '../../src/store/store.ts'
import type { Table } from '../../src/store/table.ts'
import { assemble } from '../../src/wiring/assemble.ts'
import { beijing } from './beijing.ts'

const can: Can = { cards: true, forms: false, files: true, push: true }
export const channels: ReadonlyMap<ChannelName, Can> = new Map([
  ['wecom', can],
  ['dingtalk', can],
])

/** What arrived at a platform, by the program's clock. `to` is an account, or `#` and the key of a group. */
export type Arrival = {
  at: Temporal.ZonedDateTime
  to: string
  text: string
  mention: readonly string[]
  /** Made from the sent request by the platform's own rule: equal requests give equal keys. */
  body: string
}

/** The college's platforms. They take and keep everything, unless `refuses` gives another outcome. */
export class Door {
  readonly arrivals: Arrival[] = []
  refuses: (parcel: Parcel) => Outcome | undefined = () => undefined
  taken: (arrival: Arrival) => void = () => {}
  now: () => Temporal.ZonedDateTime = () => beijing('2022-04-01 08:00')

  channel(name: ChannelName): Channel {
    return {
      name,
      can,
      requests: ({ to, message }) => [{ call: 'say', body: JSON.stringify({ to, message }) }],
      paces: () => [],
      send: async ({ body }, parcel) => {
        const refused = this.refuses(parcel)
        if (refused) return refused
        const arrival = { at: this.now(), to: whom(parcel), ...said(parcel), body }
        this.arrivals.push(arrival)
        this.taken(arrival)
        return { kind: 'sent' }
      },
    }
  }

  to(receiver: string): Arrival[] {
    return this.arrivals.filter(({ to }) => to === receiver)
  }
}
const whom = ({ to }: Parcel): string => ('account' in to ? to.account : `#${to.group.key}`)
const said = ({ message }: Parcel): { text: string; mention: readonly string[] } => {
  if (message.kind === 'text') return { text: message.text, mention: message.mention ?? [] }
  return { text: message.kind === 'card' ? asText(message.card).text : message.order.document, mention: [] }
}

/** `now` is the start, written `2022-04-26 09:07`. */
type Setting = { store: Store; campaign: Campaign; roster: Roster; door?: Door; instance?: string; now?: string }

/** Bot, pushes and delivery joined as in the program, on a clock that stands until it is moved. */
export class VirtualCollege {
  readonly door: Door
  readonly logged: { context: object; line: string }[] = []
  readonly bot: Bot
  readonly pushes: Pushes
  readonly delivery: Delivery
  readonly campaign: Campaign
  readonly #store: Store
  readonly #records: Records = { scorecards: new Map(), liaisonReports: new Map(), kept: new Growing() }
  /** Rows that wait for `deliver`. */
  #held: OutboxRow[] | undefined
  now: Temporal.ZonedDateTime

  private constructor({ store, campaign, door = new Door(), instance = 'one', now = '2022-04-01 08:00' }: Setting) {
    this.now = beijing(now)
    this.#store = store
    this.door = door
    this.campaign = campaign
    door.now = () => this.now
    const log = (context: object, line: string): number => this.logged.push({ context, line })
    const assembled = assemble({
      store,
      campaign,
      clock: { now: () => this.now },
      handlers: handlers(schedules),
      schedules,
      instance,
      log: { info: log, warn: log, error: log },
    })
    for (const name of channels.keys()) assembled.connect(door.channel(name))
    this.bot = assembled.bot
    this.pushes = assembled.pushes
    this.delivery = assembled.delivery
    const deliver = (rows: readonly OutboxRow[]): void => Delivery.prototype.queued.call(this.delivery, rows)
    this.delivery.queued = (rows) => {
      if (this.#held) this.#held.push(...rows)
      else deliver(rows)
    }
  }

  /** Puts the roster in force and starts. A store that has a roster keeps it, as after a crash. */
  static async open(setting: Setting): Promise<VirtualCollege> {
    await setting.store.commit([
      { put: rosters.key('1'), value: setting.roster, if: 'absent' },
      { put: rosterVersion.key(), value: { current: '1', content: '' }, if: 'absent' },
    ])
    const college = new VirtualCollege(setting)
    await college.delivery.start()
    return college
  }

  close(): Promise<void> {
    return this.delivery.stop()
  }

  /** Moves the clock and does what the program does every minute. */
  async at(moment: string | Temporal.ZonedDateTime): Promise<void> {
    this.now = typeof moment === 'string' ? beijing(moment) : moment
    await this.pushes.run()
    await this.quiet()
  }

  /** Decides what is due at this moment. Nothing is sent before the returned function is called. */
  async decide(moment: Temporal.ZonedDateTime): Promise<() => Promise<void>> {
    this.now = moment
    const held: OutboxRow[] = []
    this.#held = held
    await this.pushes.run()
    this.#held = undefined
    return () => {
      this.delivery.queued(held)
      return this.quiet()
    }
  }

  /** One person says or taps something. Returns the texts that come back. */
  async says(account: string, said: string | Said, channel: ChannelName = 'wecom'): Promise<string> {
    const before = this.door.to(account).length
    const what = typeof said === 'string' ? ({ kind: 'text', text: said } as const) : said
    await this.bot.receive({ channel, account, once: `${Math.random()}`, what })
    await this.quiet()
    return this.door
      .to(account)
      .slice(before)
      .map((arrival) => arrival.text)
      .join('\n---\n')
  }

  /** Changes the records as people's answers do. */
  async answer(change: (records: Records) => void): Promise<void> {
    const before = {
      scorecards: new Map(this.#records.scorecards),
      liaisonReports: new Map(this.#records.liaisonReports),
    }
    const rows = new Map(answeredTables.map((table: Table<unknown>) => [table, new Set(this.#records.kept.of(table))]))
    change(this.#records)
    const changes = new Changes(this.#store)
    const how = { at: this.now.toInstant().toString(), who: 'system', channel: 'wecom', what: '提交' }
    const { id } = this.campaign
    for (const [name, card] of this.#records.scorecards)
      if (before.scorecards.get(name) !== card)
        await changes.change(scorecards, [id, ...name.split('~')], { value: card, change: how })
    for (const [name, report] of this.#records.liaisonReports)
      if (before.liaisonReports.get(name) !== report)
        await changes.change(liaisonReports, [id, ...name.split('~')], { value: report, change: how })
    for (const [table, known] of rows)
      for (const row of this.#records.kept.of(table))
        if (!known.has(row)) await changes.change(table, row.ids, { value: row.value, change: how })
    await this.#store.commit(changes.writes)
  }

  get records(): Records {
    return this.#records
  }

  async waiting(): Promise<OutboxRow[]> {
    const rows: OutboxRow[] = []
    for await (const { value } of all(this.#store, outbox.key())) rows.push(OutboxRow.parse(value))
    return rows
  }

  /** Waits until everything is sent that may go at this moment. */
  async quiet(): Promise<void> {
    for (;;) {
      const { now, calendar } = await this.bot.world()
      const mayPush = isPushTime(now, calendar)
      if (!(await this.waiting()).some((row) => row.kind === 'answer' || mayPush)) return
      await sleep(1)
    }
  }
}
