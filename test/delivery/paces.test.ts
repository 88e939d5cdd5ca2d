import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { takePlace } from '../../src/delivery/paces.ts'
import { Rests } from '../../src/delivery/rests.ts'
import { pacesOf } from '../../src/platforms/wecom/requests.ts'
import { openRedis } from '../../src/store/redis.ts'
import { startRedis } from '../support/redis-server.ts'
import { describeWith } from '../support/tools.ts'

afterEach(() => vi.restoreAllMocks())

describeWith('redis-server', 'a group’s robot shared by two instances', () => {
  it('says 20 things a minute, whoever of them says it; the rest is said when the minute is over', async () => {
    const server = await startRedis()
    const stores = await Promise.all([openRedis(server.url, 'robot'), openRedis(server.url, 'robot')])
    const group = { key: 'robot-key', name: '全院党建工作群', members: [] }
    const paces = pacesOf({ id: '1', to: { group }, message: { kind: 'text', text: '已完成 19/28' }, unique: true })
    let now = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => now)
    const rests = new Rests(() => {})
    let said = 0
    const all = Array.from({ length: 45 }, async (_, i) => {
      const store = stores[i % 2]
      if (store) await takePlace(store, paces, rests)
      said++
    })
    const minute = async (count: number): Promise<void> => {
      while (said < count || rests.count < all.length - count) await sleep(5)
      // A waiting instance looks again every second.
      await sleep(1200)
      expect(said).toBe(count)
    }
    await minute(20)
    now += 59_000
    await minute(20)
    now += 3_000
    await minute(40)
    now += 62_000
    await Promise.all(all)
    for (const store of stores) await store.close()
    await server.stop()
  })
})
