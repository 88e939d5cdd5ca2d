import type { Person } from '../../campaign/roster/roster.ts'
import type { Store } from '../../store/store.ts'
import { Changes } from '../records/changes.ts'
import type { World } from '../roster/world.ts'
import { freshSession, Turn } from '../turn/turn.ts'

/**
 * A turn that says nothing and writes nothing. It reads what duties and lists need, as this person may see it, so the dashboard's figures
 * come from the same functions that answer in the chat.
 */
export function lookOf(store: Pick<Store, 'get' | 'list' | 'marks'>, world: World, who: Person): Turn {
  const inbound = { channel: 'wecom', account: '', once: '', what: { kind: 'opened' } } as const
  return new Turn({ world, who, inbound, session: freshSession('wecom'), changes: new Changes(store), instance: '' })
}
