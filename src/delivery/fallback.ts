import type { OutboxRow } from '../bot/messages/outbox.ts'
import type { Session } from '../bot/records/session.ts'
import { pushWays, type World } from '../bot/roster/world.ts'
import { personOf } from '../campaign/roster/roster.ts'

/** The same message on the person's other channel, unless it answers what the person just asked there. */
export function fallback(
  row: OutboxRow,
  world: World,
  { id, session }: { id: string; session: Session | undefined },
): OutboxRow | undefined {
  if (row.to !== 'person' || row.kind === 'answer') return undefined
  const person = personOf(world.roster, row.lane)
  const other = person && pushWays(person, world.channels, session).find((way) => way !== row.channel)
  if (!other) return undefined
  const { handle: _, ...rest } = row
  return { ...rest, id, channel: other, inPlace: false }
}
