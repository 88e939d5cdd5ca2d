import { z } from 'zod'
import { holdersOf } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { announced, tellDepartment } from '../notices/announce.ts'
import type { Snapshot } from './schedule.ts'
import { isInactive } from './unreachable.ts'

/** The ids of the people whom the organization department was told about. */
const told = table('inactive', z.strictObject({ people: z.array(z.string()) }))

/**
 * Tells the organization department which people the bot cannot remind because they have not written to it yet, and tells it again when
 * there are more. It waits until somebody there can be told, because a waiting list would be out of date when it arrives.
 */
export async function tellInactive(store: Store, snapshot: Snapshot, instance: string): Promise<OutboxRow[]> {
  const { world } = snapshot
  const department = holdersOf(world.roster, 'organization-department')
  if (department.length > 0 && department.every((person) => isInactive(person, snapshot))) return []
  const inactive = world.roster.people.filter((person) => isInactive(person, snapshot))
  const names = inactive.map(({ name }) => name).join('、')
  const text = `未激活${inactive.length}人：${names}。他们还没给机器人发过消息，提醒转给上级。请他们打开机器人，发一句“帮助”。`
  return announced(store, async (changes) => {
    const before = new Set((await changes.read(told))?.people)
    if (inactive.every(({ id }) => before.has(id))) return []
    await changes.put(told, [], { value: { people: inactive.map(({ id }) => id) } })
    return tellDepartment(changes, world, { text, about: 'inactive', instance })
  })
}
