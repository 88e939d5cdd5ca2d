import { z } from 'zod'
import { holdersOf } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { isInactive } from '../pushes/push-plan.ts'
import type { Snapshot } from '../pushes/schedule.ts'
import { announced, tellDepartment } from './announce.ts'

/** Ids of the people of whom the organization department was told. */
const told = table('inactive', z.strictObject({ people: z.array(z.string()) }))

/**
 * Lists to the organization department whom the bot cannot remind since they have not written to it yet; again when there are more.
 * Once somebody there can be told: a list that waits for them would be out of date when it comes.
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
    await changes.put(told, [], { people: inactive.map(({ id }) => id) })
    return tellDepartment(changes, world, { text, about: 'inactive', instance })
  })
}
