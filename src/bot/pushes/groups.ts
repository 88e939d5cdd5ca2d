import type { Group } from '../../campaign/roster/roster.ts'
import { nextId, type OutboxRow, outbox } from '../messages/outbox.ts'
import type { Changes } from '../records/changes.ts'
import { groupChannel, type World } from '../roster/world.ts'
import { messageOf, type Push } from './push-plan.ts'

/** The row for a message to a group, written into `changes`, or undefined if no channel reaches the group. */
export function pushToGroup(
  changes: Changes,
  world: World,
  { group, push, at, instance }: { group: Group; push: Push; at: NonNullable<OutboxRow['push']>; instance: string },
): OutboxRow | undefined {
  const channel = groupChannel(group, world.channels)
  if (!channel) return undefined
  const row: OutboxRow = {
    id: nextId('', instance),
    lane: group.id,
    to: 'group',
    channel,
    kind: push.kind,
    about: push.about,
    message: messageOf(push),
    inPlace: false,
    unique: true,
    queued: Date.now(),
    push: at,
  }
  changes.append(outbox, [row.lane, row.id], { value: row })
  return row
}
