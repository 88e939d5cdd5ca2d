import { setTimeout as sleep } from 'node:timers/promises'
import type { Channel, Parcel, Receive, RenderedFile } from '../../../../src/bot/messages/channel.ts'
import type { Inbound, Message } from '../../../../src/bot/messages/message.ts'
import { InOrder } from '../../../../src/bot/turn/in-order.ts'
import { parcelTo } from '../../../support/memory-parts.ts'

type Row = { parcel: Parcel; held: boolean; gone: boolean }
const mostTries = 60

/** The smallest bot with an outbox in memory. Every event counts once. Messages that no answer carried are delivered in order. */
export class SmallBot {
  readonly heard: Inbound[] = []
  /** The codes of messages that could not be delivered. */
  readonly dead: string[] = []
  /** The errors that the store throws for the next events. */
  readonly failures: Error[] = []
  answers: (inbound: Inbound) => Message[] = () => []
  /** Work that takes time before an event is stored. */
  work: (inbound: Inbound) => Promise<void> = async () => undefined
  file: RenderedFile = { name: '附件2.docx', data: Buffer.alloc(64, 'x') }
  channel: Channel | undefined
  readonly #taken = new Set<string>()
  readonly #lanes = new Map<string, Row[]>()
  readonly #order = new InOrder()
  readonly #pumps = new Map<string, Promise<void>>()

  readonly receive: Receive = (inbound) => this.#order.run(inbound.account, () => this.#receive(inbound))

  async #receive(inbound: Inbound): ReturnType<Receive> {
    const failure = this.failures.shift()
    if (failure) throw failure
    if (this.#taken.has(inbound.once)) return {}
    this.#taken.add(inbound.once)
    this.heard.push(inbound)
    await this.work(inbound)
    const rows = this.answers(inbound).map((message, i): Row => {
      const handle = inbound.handle ? { handle: inbound.handle } : {}
      const parcel = parcelTo(inbound.account, message, { ...handle, unique: message.kind === 'card' })
      return { parcel, held: inbound.answerInPlace === true && i === 0, gone: false }
    })
    const lane = this.#lane(inbound.account)
    lane.push(...rows)
    if (!inbound.answerInPlace) this.#pump(inbound.account)
    const [inPlace, ...rest] = rows.map((row) => ({
      parcel: row.parcel,
      settle: async (done: boolean) => {
        row.gone = done
        row.held = false
        this.#pump(inbound.account)
      },
    }))
    return inPlace && inbound.answerInPlace ? { inPlace, rest } : {}
  }

  /** The texts that the bot heard, and the kinds of the other messages. */
  get texts(): string[] {
    return this.heard.map(({ what }) => (what.kind === 'text' ? what.text : what.kind))
  }

  /** Writes first. Resolves when the message is delivered or given up. */
  async push(account: string, message: Message, more: Partial<Parcel> = {}): Promise<void> {
    this.#lane(account).push({ parcel: parcelTo(account, message, more), held: false, gone: false })
    this.#pump(account)
    await this.idle()
  }

  /** Resolves when everything that may go has gone. */
  async idle(): Promise<void> {
    while (this.#pumps.size > 0) await Promise.all(this.#pumps.values())
  }

  #lane(account: string): Row[] {
    const lane = this.#lanes.get(account) ?? []
    this.#lanes.set(account, lane)
    return lane
  }

  #pump(account: string): void {
    if (this.#pumps.has(account)) return
    const pump = this.#deliver(this.#lane(account)).finally(() => this.#pumps.delete(account))
    this.#pumps.set(account, pump)
  }

  async #deliver(lane: Row[]): Promise<void> {
    // Messages are settled from the last to the first, so a moment later all are settled.
    await sleep(1)
    for (let row = lane[0]; row && !row.held; row = lane[0]) {
      if (!row.gone) await this.#send(row.parcel)
      lane.shift()
    }
  }

  async #send(parcel: Parcel): Promise<void> {
    const channel = this.channel
    if (!channel) return void this.dead.push('no channel')
    const requests = channel.requests(parcel)
    let [sent, uncertain] = [0, false]
    for (let tries = 0; tries < mostTries; tries++) {
      const request = requests[sent]
      if (!request) return
      const away = channel.ready?.() === false
      const outcome = away ? undefined : await channel.send(request, parcel, this.file)
      if (outcome?.kind === 'sent' || (outcome?.kind === 'anew' && uncertain)) sent++
      else if (!outcome || outcome.kind === 'again') {
        uncertain ||= outcome?.ambiguous ?? false
        await sleep(20)
      } else if (outcome.kind === 'anew') {
        const { handle: _, ...fresh } = parcel
        return this.#send({ ...fresh, id: `${parcel.id}-anew` })
      } else return void this.dead.push(outcome.kind === 'configuration' ? outcome.line : outcome.code)
    }
    this.dead.push('tried in vain')
  }
}
