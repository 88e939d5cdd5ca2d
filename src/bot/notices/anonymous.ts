import { randomBytes } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { holdersOf } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { Changes } from '../records/changes.ts'
import { type World, waysTo } from '../roster/world.ts'
import type { Turn } from '../turn/turn.ts'
import { sendNotice } from './notices.ts'

/**
 * Words that came without a name, until they are passed on. The key is drawn. Nothing leads back from them: they are written apart and hold
 * only the day, and they are passed on together on a later day, so that the time of the message reveals nothing either.
 */
const anonymousWords = table('anonymous-words', z.strictObject({ text: z.string(), day: z.string() }))

/** Keeps words for the organization department. Only the present turn ever knows who wrote them. */
export function keepAnonymous(turn: Turn, text: string): void {
  const id = randomBytes(16).toString('base64url')
  turn.putApart(anonymousWords, [id], { text, day: turn.now.toPlainDate().toString() })
}

/** Passes on the words of earlier days, as one message in the order of their drawn keys. Called at any time when pushes are allowed. */
export async function passAnonymous(
  store: Store,
  world: World,
  { instance, queued }: { instance: string; queued: (rows: readonly OutboxRow[]) => void },
): Promise<void> {
  const today = world.now.toPlainDate()
  const changes = new Changes(store)
  const kept = await changes.list(anonymousWords)
  const passed = kept.filter(({ value }) => Temporal.PlainDate.compare(value.day, today) < 0)
  const department = holdersOf(world.roster, 'organization-department').filter(
    (person) => waysTo(person, world.channels).length > 0,
  )
  if (passed.length === 0 || department.length === 0) return
  const text = passed.map(({ value }) => `匿名意见：${value.text}`).join('\n')
  const rows: OutboxRow[] = []
  for (const person of department) {
    const row = await sendNotice(changes, world, person, { text, about: 'suggestion', urgent: false }, instance)
    if (row) rows.push(row)
  }
  for (const { ids } of passed) await changes.remove(anonymousWords, ids)
  if (await store.commit(changes.writes)) queued(rows)
}
