import type { Temporal } from 'temporal-polyfill'
import { pushTo } from '../notices/notices.ts'
import { Changes } from '../records/changes.ts'
import { pushToGroup } from './groups.ts'
import type { PushParts } from './parts.ts'
import { type Push, planPushes } from './push-plan.ts'
import { markSaid, toldOn } from './said.ts'
import { receiverId, type Snapshot } from './schedule.ts'

const atOnce = 64

/**
 * Says what is due on a day and was not said: one message to each receiver (R5). Returns their number, without receivers that no channel
 * reaches.
 */
export async function sayDue(parts: PushParts, snapshot: Snapshot, date: Temporal.PlainDate): Promise<number> {
  const plan = planPushes(parts.schedules, snapshot, { date, told: await toldOn(parts.store, date) })
  let found = 0
  for (let some = taken(plan, atOnce); some.length > 0; some = taken(plan, atOnce)) {
    const said = await Promise.all(some.map((push) => say(parts, snapshot, { push, date })))
    found += said.filter((reached) => reached).length
  }
  return found
}

/** The next ones, at most so many. */
function taken<T>(from: Iterator<T>, most: number): T[] {
  const some: T[] = []
  while (some.length < most) {
    const next = from.next()
    if (next.done) break
    some.push(next.value)
  }
  return some
}

/** One commit: the ledger and the message. Of several instances one writes it, the others say nothing. False: no channel reaches them. */
async function say(
  parts: PushParts,
  { world }: Snapshot,
  { push, date }: { push: Push; date: Temporal.PlainDate },
): Promise<boolean> {
  const { store, instance, started, queued } = parts
  const changes = new Changes(store)
  markSaid(changes, world.campaign, { entries: push.ledger, date, receiver: receiverId(push.receiver) })
  const at = { date: date.toString(), ledger: push.ledger }
  const { text, kind, about } = push
  const row =
    'person' in push.receiver
      ? await pushTo(changes, world, {
          person: push.receiver.person,
          message: { text, kind, about, push: at },
          instance,
        })
      : pushToGroup(changes, world, { group: push.receiver.group, push, at, instance })
  if (!row) return false
  if (await store.commit(changes.writes)) {
    started?.(kind)
    queued([row])
  }
  return true
}
