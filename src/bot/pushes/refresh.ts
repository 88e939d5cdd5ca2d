import { personOf } from '../../campaign/roster/roster.ts'
import type { Write } from '../../store/store.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { Shared } from '../shared.ts'
import { pushSnapshot } from './at-hand.ts'
import type { PushParts } from './parts.ts'
import { duesOn, ledgerEntry, messageOf, pushOf, type Text } from './push-plan.ts'
import { reminderText } from './reminders.ts'
import { unsaid } from './said.ts'

/** The row to send, or the writes that drop it. */
export type Refreshed = { row: OutboxRow } | { drop: readonly Write[] }

/** A queued push as of now, just before it is sent: a person who has done the duty meanwhile hears nothing. */
export class Refresh {
  readonly #parts: PushParts
  /** What is due today, read after the call. Calls that come meanwhile share the next reading. */
  readonly #current = new Shared(async () => {
    const { store, schedules, world } = this.#parts
    const snapshot = await (await pushSnapshot(store, await world(), schedules)).snapshot()
    return { snapshot, dues: duesOn(schedules, snapshot, { date: snapshot.world.now.toPlainDate() }) }
  })

  constructor(parts: PushParts) {
    this.#parts = parts
  }

  /**
   * Returns the same row if nothing changed, or if another instance has queued it for a day that has not come here. Returns another text if
   * something changed, or nothing if all of it was done or its day is over. `begun`: it may have arrived in its present form; then it stays
   * so while all of it is due, because a platform recognises a repeat only by the same bytes.
   */
  async of(row: OutboxRow, begun: boolean): Promise<Refreshed> {
    const { push } = row
    if (!push) return { row }
    if (push.asked !== undefined) return this.#askedFor(row, push.asked, begun)
    const { dues, snapshot } = await this.#current.get()
    const today = snapshot.world.now.toPlainDate().toString()
    if (push.date > today) return { row }
    if (push.date < today) return { drop: await unsaid(this.#parts.store, snapshot.world.campaign, row) }
    const mine = new Set(push.ledger.map((entry) => entry.join('\n')))
    const current = pushOf(
      (dues.get(row.lane) ?? []).filter((due) => mine.has(ledgerEntry(due).join('\n'))),
      snapshot.world,
    )
    if (!current) return { drop: [] }
    const stays = begun && current.ledger.length === push.ledger.length
    return { row: stays ? row : saying(row, current.about, messageOf(current)) }
  }

  async #askedFor(row: OutboxRow, at: string, begun: boolean): Promise<Refreshed> {
    const { snapshot } = await this.#current.get()
    const person = personOf(snapshot.world.roster, row.lane)
    const reminder = person && reminderText(this.#parts.schedules, snapshot, { person, at })
    if (!reminder) return { drop: [] }
    return { row: begun ? row : saying(row, reminder.about, { kind: 'text', text: reminder.text }) }
  }
}

/** The row itself if it says this already. */
const saying = (row: OutboxRow, about: string[], message: Text): OutboxRow =>
  row.message.kind === 'text' && row.message.text === message.text ? row : { ...row, about, message }
