import type { OutboxRow } from '../bot/outbox.ts'
import { type World, waysTo } from '../bot/world.ts'

/** The same message on the person's other channel, for what they did not just ask for there. */
export function fallback(row: OutboxRow, world: World, id: string): OutboxRow | undefined {
  if (row.to !== 'person' || row.kind === 'answer') return undefined
  const person = world.roster.people.find((one) => one.id === row.lane)
  const other =
    person && waysTo(person, world.channels).find((way) => way !== row.channel && world.channels.get(way)?.push)
  if (!other) return undefined
  const { handle: _, ...rest } = row
  return { ...rest, id, channel: other, inPlace: false }
}
