import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../bot/messages/channel.ts'
import type { Config } from '../config.ts'
import { Stopped } from '../errors.ts'
import { openEmbedded, openEmbeddedReadOnly, type ReadOnlyStore, type StoreKind } from '../store/embedded.ts'
import { checkKeys, type DataKeys, decrypting, encrypted } from '../store/encrypted.ts'
import { refuseHalfImported } from '../store/portable.ts'
import type * as Redis from '../store/redis.ts'
import { type Store } from '../store/store.ts'
import { isRunning } from './control.ts'

/** Loaded only when used, because a program on the embedded store needs no memory for it. */
const openRedis: typeof Redis.openRedis = async (...where) => (await import('../store/redis.ts')).openRedis(...where)

/** The folder of the embedded store. The simulator keeps its own and never uses Redis. */
export const storeFolder = ({ dataDir, simulator }: Config): string =>
  simulator ? join(dataDir, 'simulator') : dataDir

export const dataKeysOf = ({ dataKey, dataKeyOld }: Config): DataKeys | undefined =>
  dataKey && { key: dataKey, old: dataKeyOld }

/** The store named by the settings, to read and write. Values are encrypted if there is a key. Throws Stopped. */
export async function openStore(
  config: Config,
  { log, importing = false }: { log?: Log; importing?: boolean } = {},
): Promise<Store> {
  const { redis, simulator } = config
  const warn = (line: string): void => log?.warn({}, line)
  const store =
    redis && !simulator
      ? await openRedis(redis, redis.prefix, { log: warn })
      : await openOnceFree(storeFolder(config), { kind: simulator ? 'simulator' : 'platform', log: warn })
  const keys = dataKeysOf(config)
  return orClosed(store, async () => {
    if (!importing) await refuseHalfImported(store)
    if (keys) return encrypted(store, keys, (line) => log?.info({}, line))
    await checkKeys(store, keys)
    if (!simulator) log?.warn({}, '没有设置 DATA_KEY：数据以明文保存，变更记录的封存只能发现意外改动')
    return store
  })
}

/** The same store, only to read, even while a program runs. `lenient` returns altered values as they are. Throws Stopped. */
export async function openToRead(config: Config, { lenient = false } = {}): Promise<ReadOnlyStore> {
  const store =
    config.redis && !config.simulator
      ? await openRedis(config.redis, config.redis.prefix)
      : await openEmbeddedReadOnly(storeFolder(config))
  const keys = dataKeysOf(config)
  return orClosed(store, async () => {
    await refuseHalfImported(store)
    const { mixed } = await checkKeys(store, keys)
    return keys ? decrypting(store, keys, { mixed, lenient }) : store
  })
}

/** The time for which a program that is ending may still hold its store, in milliseconds. */
const endingMs = 10_000

/** Waits for a program that is ending, but not for one that keeps running. */
async function openOnceFree(folder: string, options: { kind: StoreKind; log: (line: string) => void }): Promise<Store> {
  for (const since = Date.now(); ; await sleep(100)) {
    try {
      return await openEmbedded(folder, options)
    } catch (error) {
      const isOver = Date.now() - since > endingMs
      if (!(error instanceof Stopped && error.code === 'store-in-use') || isOver || (await isRunning(folder)))
        throw error
    }
  }
}

/** Closes a store that is refused, because an open one would keep the process alive. */
async function orClosed<T>(store: Pick<Store, 'close'>, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    await store.close()
    throw error
  }
}
