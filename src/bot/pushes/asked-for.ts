import { Temporal } from 'temporal-polyfill'
import { type Person, personOf } from '../../campaign/roster/roster.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { pushTo } from '../notices/notices.ts'
import { Changes } from '../records/changes.ts'
import type { World } from '../roster/world.ts'
import { pushSnapshot } from './at-hand.ts'
import type { PushParts } from './parts.ts'
import { duesOn, ledgerEntry } from './push-plan.ts'
import { reminders, reminderText } from './reminders.ts'
import { markSettled } from './said.ts'
import type { Due, Snapshot } from './schedule.ts'

/**
 * Says the reminders that people asked for. What would be due by now counts as said with them, because those duties were moved, not added.
 */
export async function sayAskedFor(parts: PushParts, world: World): Promise<void> {
  const { store, schedules } = parts
  const due = (await new Changes(store).list(reminders)).filter(
    ({ value }) => Temporal.Instant.compare(Temporal.Instant.from(value.at), world.now.toInstant()) <= 0,
  )
  if (due.length === 0) return
  const snapshot = await (await pushSnapshot(store, world, schedules)).snapshot()
  const asked = new Set(due.map(({ ids }) => ids[0]))
  const away = new Map([...snapshot.away].filter(([person]) => !asked.has(person)))
  const dues = duesOn(schedules, { ...snapshot, away }, { date: world.now.toPlainDate() })
  for (const id of asked) {
    const person = personOf(world.roster, id)
    if (id !== undefined) await remind(parts, id, person && { person, snapshot, dues: dues.get(id) ?? [] })
  }
}

/** `wanted` is missing if the person is no longer in the roster. Then nothing is said and the wish ends. */
async function remind(
  { store, instance, schedules, queued }: PushParts,
  id: string,
  wanted: { person: Person; snapshot: Snapshot; dues: readonly Due[] } | undefined,
): Promise<void> {
  const changes = new Changes(store)
  const reminder = await changes.read(reminders, id)
  if (!reminder) return
  await changes.remove(reminders, [id])
  let row: OutboxRow | undefined
  if (wanted) {
    const { person, snapshot, dues } = wanted
    const { world } = snapshot
    const date = world.now.toPlainDate()
    const text = reminderText(schedules, snapshot, { person, at: reminder.at })
    const push = { date: date.toString(), ledger: [], asked: reminder.at }
    row = text && (await pushTo(changes, world, { person, message: { ...text, kind: 'reminder', push }, instance }))
    const entries = dues.filter(({ kind }) => kind !== 'escalation').map(ledgerEntry)
    await markSettled(changes, world.campaign, { entries, date })
  }
  if (await store.commit(changes.writes)) queued(row ? [row] : [])
}
