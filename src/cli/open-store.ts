import { join } from 'node:path'
import type { Log } from '../bot/channel.ts'
import type { Config } from '../config.ts'
import { openEmbedded } from '../store/embedded.ts'
import { openRedis } from '../store/redis.ts'
import type { Store } from '../store/store.ts'

/** Where the embedded store lies: the simulator keeps its own, and never Redis. */
export const storeFolder = ({ dataDir, simulator }: Config): string => (simulator ? join(dataDir, 'simulator') : dataDir)

/** The store that the settings name, to be read and written. Throws StoreRefused. */
export async function openStore(config: Config, log?: Log): Promise<Store> {
  const { redis, simulator } = config
  if (redis && !simulator)
    return openRedis(redis.url, redis.prefix, { log: (line) => log?.warn({ store: 'redis' }, line) })
  return openEmbedded(storeFolder(config), { kind: simulator ? 'simulator' : 'platform' })
}
