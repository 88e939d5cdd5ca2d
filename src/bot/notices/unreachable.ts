import { z } from 'zod'
import { personOf } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import { table } from '../../store/table.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import type { World } from '../roster/world.ts'
import { announced, tellDepartment } from './announce.ts'

/** People whom the platform did not know. The organization department is told once. */
const unreachable = table('unreachable', z.strictObject({ at: z.number() }))

/**
 * The rows that tell the organization department of a person whom the platform does not know, so that it corrects the roster. Empty if it
 * was told of this person before, or if the person has left the roster. `id` is the person's.
 */
export async function tellUnreachable(
  store: Store,
  world: World,
  { id, instance }: { id: string; instance: string },
): Promise<OutboxRow[]> {
  const person = personOf(world.roster, id)
  if (!person) return []
  const text = `${person.name}收不到消息：平台不认识名册里的账号，或不在应用可见范围内。请核对名册和可见范围。`
  return announced(store, async (changes) => {
    if (await changes.read(unreachable, id)) return []
    changes.append(unreachable, [id], { value: { at: Date.now() } })
    return tellDepartment(changes, world, { text, about: 'unreachable', instance, except: id })
  })
}
