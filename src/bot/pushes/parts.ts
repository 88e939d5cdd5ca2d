import type { Store } from '../../store/store.ts'
import type { Kind, OutboxRow } from '../messages/outbox.ts'
import type { World } from '../roster/world.ts'
import type { Schedule } from './schedule.ts'

/** The parts that pushes need. `queued`: rows that a commit put into the outbox. `started`: one message of this kind was begun. */
export type PushParts = {
  store: Store
  schedules: readonly Schedule[]
  world: () => Promise<World>
  instance: string
  queued: (rows: readonly OutboxRow[]) => void
  log: { info: (context: object, line: string) => void }
  started?: (kind: Kind) => void
}
