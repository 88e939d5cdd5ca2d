import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openRedis } from '../../src/store/redis.ts'
import { all, type Store } from '../../src/store/store.ts'
import { type RawRow, rowsOfFile, rowsOfRedis } from './raw-rows.ts'
import { type RedisServer, startRedis } from './redis-server.ts'
import { describeWith } from './tools.ts'

/** Opens an empty store of the engine. It is closed and its files are deleted at the end. */
export type Open = () => Promise<Store>

/** All rows that the engine itself keeps of a store, each with everything that can be read of it. */
export type Raw = (store: Store) => Promise<RawRow[]>

/** Runs the same tests on both engines. */
export function onBothEngines(body: (open: Open, raw: Raw) => void): void {
  describe('embedded', () => {
    const opened: { store: Store; folder: string }[] = []
    afterAll(async () => {
      for (const { store, folder } of opened) {
        await store.close()
        await rm(folder, { recursive: true, force: true })
      }
    })
    body(
      async () => {
        const folder = await mkdtemp(join(tmpdir(), 'engine-'))
        const store = await openEmbedded(folder, { kind: 'platform' })
        opened.push({ store, folder })
        return store
      },
      async (store) => rowsOfFile(opened.find((one) => one.store === store)?.folder ?? ''),
    )
  })
  describeWith('redis-server', 'redis', () => {
    let server: RedisServer
    const opened: Store[] = []
    beforeAll(async () => {
      server = await startRedis()
    })
    afterAll(async () => {
      for (const store of opened) await store.close()
      await server.stop()
    })
    body(
      async () => {
        const store = await openRedis(server.url, `college-${opened.length}`)
        opened.push(store)
        return store
      },
      (store) => rowsOfRedis(server.url, `college-${opened.indexOf(store)}`),
    )
  })
}

export const contentsOf = async (store: Pick<Store, 'list'>, ...tables: string[]): Promise<[string, unknown][]> => {
  const found: [string, unknown][] = []
  for await (const { key, value } of all(store, []))
    if (tables.length === 0 || tables.includes(key[0] ?? '')) found.push([JSON.stringify(key), value])
  return found
}
