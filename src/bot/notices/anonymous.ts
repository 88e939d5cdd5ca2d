import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { holdersOf, type Person } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { Changes } from '../records/changes.ts'
import type { World } from '../roster/world.ts'
import { pushTo } from './notices.ts'

/**
 * Words without a name for somebody who cannot be written to yet. Keys: person of the organization department, drawn. They are written apart
 * and hold neither sender nor time. `unread`: nobody else of the department got them.
 */
const anonymousWords = table(
  'anonymous-words',
  z.strictObject({ text: z.string(), unread: z.literal(true).exactOptional() }),
)

type Passing = { changes: Changes; world: World; instance: string }

/** Passes words on to the organization department as rows that lead back to nobody; keeps them for whom nothing reaches. */
export async function passAnonymous(passing: Passing, text: string): Promise<OutboxRow[]> {
  const rows: OutboxRow[] = []
  const without: Person[] = []
  for (const person of departmentOf(passing.world)) {
    const row = await told(passing, person, text)
    if (row) rows.push(row)
    else without.push(person)
  }
  const value = rows.length === 0 ? { text, unread: true as const } : { text }
  for (const { id } of without) passing.changes.append(anonymousWords, [id, drawn()], { value, apart: true })
  return rows
}

/**
 * Passes on what is kept for those who can be written to now, and to the present department what was kept for somebody who has left it and
 * nobody else got. Called whenever something may be pushed.
 */
export async function passKept(
  store: Store,
  world: World,
  { instance, queued }: { instance: string; queued: (rows: readonly OutboxRow[]) => void },
): Promise<void> {
  const passing = { changes: new Changes(store), world, instance }
  const { changes } = passing
  const department = new Map(departmentOf(world).map((person) => [person.id, person]))
  if (department.size === 0) return
  const rows: OutboxRow[] = []
  const kept = await changes.list(anonymousWords)
  const known = new Set(kept.filter(({ ids }) => department.has(ids[0] ?? '')).map(({ value }) => value.text))
  for (const { ids, value } of kept) {
    const person = department.get(ids[0] ?? '')
    const row = person && (await told(passing, person, value.text))
    if (person && !row) continue
    await changes.remove(anonymousWords, ids)
    if (row) rows.push(row)
    else if (value.unread && !known.has(value.text)) rows.push(...(await passAnonymous(passing, value.text)))
    known.add(value.text)
  }
  if (changes.writes.length > 0 && (await store.commit(changes.writes))) queued(rows)
}

/** What is kept for somebody to whom we cannot write first: said with their next answer. */
export async function takeKept(changes: Changes, world: World, person: Person): Promise<string[]> {
  if (!departmentOf(world).includes(person)) return []
  const kept = await changes.list(anonymousWords, person.id)
  for (const { ids } of kept) await changes.remove(anonymousWords, ids)
  return kept.map(({ value }) => sentence(value.text))
}

const departmentOf = ({ roster }: World): readonly Person[] => holdersOf(roster, 'organization-department')
const drawn = (): string => randomBytes(16).toString('base64url')
const sentence = (text: string): string => `匿名意见：${text}`

const told = ({ changes, world, instance }: Passing, person: Person, text: string): Promise<OutboxRow | undefined> =>
  pushTo(changes, world, {
    person,
    message: { text: sentence(text), kind: 'notice', about: ['suggestion'], apart: true },
    instance,
  })
