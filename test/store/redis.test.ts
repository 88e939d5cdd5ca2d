import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { openRedis } from '../../src/store/redis.ts'
import type { Store } from '../../src/store/store.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { describeWith } from '../support/tools.ts'

const unavailable = { name: 'StoreUnavailable' }

describeWith('redis-server', 'a store in Redis', () => {
  let server: RedisServer
  let admin: Redis
  let store: Store
  let lines: string[]
  let stores = 0
  const open = (prefix = `store-${stores}`): Promise<Store> =>
    openRedis(server.url, prefix, { log: (line) => lines.push(line) })

  beforeAll(async () => {
    server = await startRedis()
    admin = new Redis(server.url).on('error', () => 'killed by a test; it comes back')
  })
  afterAll(async () => {
    admin.disconnect()
    await server.stop()
  })
  beforeEach(async () => {
    lines = []
    stores++
    store = await open()
  })
  afterEach(() => store.close())

  it('says so where Redis does not write its log file anew, so what was overwritten is still in it', async () => {
    await admin.call('ACL', 'SETUSER', 'default', '-bgrewriteaof')
    await store.shred()
    await admin.call('ACL', 'SETUSER', 'default', '+bgrewriteaof')
    expect(lines.join('\n')).toContain('没有执行 BGREWRITEAOF')
  })

  it('has only keys of its own prefix, on one shard, without names in them', async () => {
    await store.commit([{ put: ['person', 'p203'], value: { name: '王书记' }, expiresAt: Date.now() + 60_000 }])
    const keys = (await admin.keys('*')).filter((key) => key.includes(`store-${stores}`)).toSorted()
    expect(keys).toEqual(
      ['commits', 'expiry', 'mark', 'order', 'records', 'tables'].map((name) => `{store-${stores}}:${name}`),
    )
  })

  it('two colleges on one Redis do not see each other', async () => {
    const other = await open('another-college')
    await store.commit([{ put: ['a'], value: 1 }])
    expect([await other.get(['a']), await other.list([])]).toEqual([undefined, []])
    await other.close()
  })

  it('of two programs on one store exactly one wins, and each reads what the other wrote', async () => {
    const other = await open()
    for (let n = 0; n < 50; n++) {
      const claim = (by: Store, name: string) => by.commit([{ put: ['lease', String(n)], value: name, if: 'absent' }])
      const [mine, theirs] = await Promise.all([claim(store, 'mine'), claim(other, 'theirs')])
      expect(mine).toBe(!theirs)
      expect((await store.get(['lease', String(n)]))?.value).toBe(mine ? 'mine' : 'theirs')
    }
    await other.close()
  })

  it('goes on when Redis has forgotten its scripts', async () => {
    await store.commit([{ put: ['a'], value: 1 }])
    await admin.script('FLUSH')
    expect(await store.commit([{ put: ['b'], value: 1 }])).toBe(true)
    expect(await store.list([])).toHaveLength(2)
  })

  it('a commit whose answer was lost is found done: not written twice, not reported as refused', async () => {
    const proxy = await losing(server.port)
    const through = await openRedis(proxy.url, `store-${stores}`)
    await through.commit([{ put: ['a'], value: 'before' }])
    for (let n = 0; n < 10; n++) {
      proxy.loseNextAnswer()
      expect(await through.commit([{ put: ['once', String(n)], value: n, if: 'absent' }])).toBe(true)
      expect(proxy.lost()).toBe(n + 1)
    }
    expect(await through.list(['once'])).toHaveLength(10)
    await through.close()
    await proxy.close()
  })

  it('without memory left refuses as unavailable, writes nothing, and goes on afterwards', async () => {
    await admin.config('SET', 'maxmemory', '1')
    const pair = [
      { put: ['left'], value: 1 },
      { put: ['right'], value: 1 },
    ]
    await expect(store.commit(pair)).rejects.toMatchObject({ ...unavailable, message: 'OOM' })
    await admin.config('SET', 'maxmemory', '0')
    expect(await store.list([])).toEqual([])
    expect(await store.commit(pair)).toBe(true)
  })

  it('says that it cannot be written: without memory, as a replica, and while Redis is away', async () => {
    await store.check()
    await admin.config('SET', 'maxmemory', '1')
    await expect(store.check()).rejects.toMatchObject({ ...unavailable, message: 'OOM' })
    await admin.config('SET', 'maxmemory', '0')
    await store.check()
    await server.kill()
    await expect(store.check()).rejects.toMatchObject(unavailable)
    await server.start()
    await expect.poll(() => store.check().then(() => 'well', String), { timeout: 10_000 }).toBe('well')
    await admin.replicaof('127.0.0.1', 1)
    await expect(store.check()).rejects.toMatchObject(unavailable)
    await admin.replicaof('NO', 'ONE')
    await expect.poll(() => store.check().then(() => 'well', String), { timeout: 10_000 }).toBe('well')
    expect(await store.list([])).toEqual([])
  })

  it('is no longer itself once Redis was emptied: nothing is acknowledged, also when another program began anew', async () => {
    await store.commit([{ put: ['a'], value: 1 }])
    await admin.flushall()
    const again = () => store.commit([{ put: ['b'], value: 1 }])
    await expect(again()).rejects.toMatchObject({ ...unavailable, message: 'MOVED' })
    await expect(store.check()).rejects.toMatchObject({ ...unavailable, message: 'MOVED' })
    const anew = await open()
    expect(await anew.commit([{ put: ['c'], value: 1 }])).toBe(true)
    await expect(again()).rejects.toMatchObject({ ...unavailable, message: 'MOVED' })
    expect((await anew.list([])).map(({ key }) => key)).toEqual([['c']])
    await anew.close()
  })

  it('while Redis is away everything is refused as unavailable; it comes back by itself', async () => {
    await store.commit([{ put: ['a'], value: 1 }])
    await server.kill()
    await expect(store.commit([{ put: ['b'], value: 1 }])).rejects.toMatchObject(unavailable)
    await expect(store.get(['a'])).rejects.toMatchObject(unavailable)
    await expect(store.list([])).rejects.toMatchObject(unavailable)
    await server.start()
    await expect.poll(() => store.commit([{ put: ['c'], value: 1 }]).catch(() => false), { timeout: 10_000 }).toBe(true)
    expect((await store.list([])).map(({ key }) => key)).toEqual([['a'], ['c']])
    expect(lines).toEqual(['与 Redis 的连接断开，正在重连；在此之前平台的请求会得到 503', '已重新连上 Redis'])
  })

  it('what was refused while Redis stood still does not happen later', async () => {
    await store.commit([{ put: ['a'], value: 1 }])
    server.freeze()
    await expect(store.commit([{ put: ['too late'], value: 1 }])).rejects.toMatchObject(unavailable)
    server.thaw()
    await expect.poll(() => store.commit([{ put: ['b'], value: 1 }]).catch(() => false), { timeout: 10_000 }).toBe(true)
    expect((await store.list([])).map(({ key }) => key)).toEqual([['a'], ['b']])
  })

  it('says in one line which settings can lose what was acknowledged, and nothing where they cannot', async () => {
    expect(lines).toEqual([])
    await admin.config('SET', 'appendfsync', 'everysec')
    await admin.config('SET', 'maxmemory-policy', 'volatile-lru')
    await (await open()).close()
    await admin.config('SET', 'appendfsync', 'always')
    await admin.config('SET', 'maxmemory-policy', 'noeviction')
    expect(lines).toEqual([
      'Redis 的设置可能丢失已确认的数据：appendfsync everysec（应为 always），maxmemory-policy volatile-lru（应为 noeviction）',
    ])
  })

  it('where Redis cannot be reached the start is refused with one line', async () => {
    await expect(openRedis('redis://127.0.0.1:1', 'nowhere')).rejects.toMatchObject({
      name: 'Stopped',
      message: 'REDIS_URL：连不上 Redis（ECONNREFUSED），请检查地址、密码和 Redis 是否在运行',
    })
  })
})

describeWith('redis-server', 'Redis with a password', () => {
  it('refuses the start with one line when it is missing or wrong', async () => {
    const server = await startRedis('--requirepass', 'secret')
    const address = `127.0.0.1:${server.port}`
    for (const url of [`redis://${address}`, `redis://:wrong@${address}`])
      await expect(openRedis(url, 'p')).rejects.toMatchObject({ name: 'Stopped', message: /NOAUTH|WRONGPASS/ })
    await (await openRedis(`redis://:secret@${address}`, 'p')).close()
    await server.stop()
  })
})

describeWith('redis-server', 'Redis with a replica', () => {
  it('what was acknowledged is on the replica too; a replica that falls behind is told once', async () => {
    const primary = await startRedis('--repl-diskless-sync-delay', '0')
    const replica = await startRedis('--replicaof', '127.0.0.1', String(primary.port))
    const onReplica = new Redis(replica.url)
    const onPrimary = new Redis(primary.url)
    await expect.poll(() => onReplica.info('replication'), { timeout: 20_000 }).toContain('master_link_status:up')
    // The primary counts the replica as connected only a moment later.
    await expect.poll(() => onPrimary.info('replication'), { timeout: 20_000 }).toContain('state=online')
    onPrimary.disconnect()
    const lines: string[] = []
    const store = await openRedis(primary.url, 'p', { log: (line) => lines.push(line) })
    const onServer = new Redis(primary.url)
    const waits = async () => Number(/cmdstat_wait:calls=(\d+)/.exec(await onServer.info('commandstats'))?.[1] ?? 0)
    // On a busy machine a replica that has just joined may take longer than a commit waits for it. Then it is not asked for a while.
    const arrives = async (): Promise<boolean> => {
      const before = await waits()
      await store.commit([{ put: ['first'], value: 1 }])
      return (
        lines.splice(0).length === 0 &&
        (await waits()) > before &&
        '\u0001first' in (await onReplica.hgetall('{p}:records'))
      )
    }
    await expect.poll(arrives, { timeout: 20_000 }).toBe(true)
    for (let n = 0; n < 20; n++) {
      expect(await store.commit([{ put: ['a'], value: n }])).toBe(true)
      expect((await onReplica.hgetall('{p}:records'))['\u0001a']).toMatch(new RegExp(` ${n}$`))
    }
    expect(lines).toEqual([])
    replica.freeze()
    expect(await store.commit([{ put: ['a'], value: 1 }])).toBe(true)
    // The primary itself is asked to wait once, not at each commit.
    const waited = await waits()
    for (let n = 0; n < 20; n++) expect(await store.commit([{ put: ['a'], value: n }])).toBe(true)
    expect(await waits()).toBe(waited)
    expect(lines).toEqual(['Redis 的副本没有及时确认写入，主库此时损坏会丢数据，请检查副本'])
    replica.thaw()
    const waitsAgain = async (): Promise<boolean> =>
      (await store.commit([{ put: ['b'], value: 1 }])) && (await waits()) > waited
    await expect.poll(waitsAgain, { timeout: 20_000 }).toBe(true)
    onServer.disconnect()
    await store.close()
    onReplica.disconnect()
    await replica.stop()
    await primary.stop()
  })
})

/** A connection to Redis that breaks on request, between a question and its answer. */
async function losing(port: number) {
  let lose = false
  let lost = 0
  const open = new Set<Socket>()
  const proxy = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (answer: Buffer) => {
      if (!lose) return client.write(answer)
      lose = false
      lost++
      return client.destroy()
    })
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = z.object({ port: z.number() }).parse(proxy.address())
  return {
    url: `redis://127.0.0.1:${address.port}`,
    loseNextAnswer: () => {
      lose = true
    },
    lost: () => lost,
    async close() {
      for (const socket of open) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
