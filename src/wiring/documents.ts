import type { RenderedFile } from '../bot/channel.ts'
import type { DocumentOrder } from '../bot/message.ts'
import type { World } from '../bot/world.ts'
import type { Store } from '../store/store.ts'

/** Makes the documents that handlers order, from the records as they are at this moment. */
export const renderer =
  (_store: Store, _world: () => Promise<World>) =>
  (order: DocumentOrder): Promise<RenderedFile> =>
    Promise.reject(new Error(`unknown document ${order.document}`))
