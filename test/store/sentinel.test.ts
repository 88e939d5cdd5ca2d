import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { expect, it } from 'vitest'
import { freePort } from '../../src/bench/free-port.ts'
import { openRedis } from '../../src/store/redis.ts'
import { startRedis } from '../support/redis-server.ts'
import { describeWith } from '../support/tools.ts'

/** One Sentinel that watches a primary and takes half a second of silence for its end. */
async function startSentinel(primary: number) {
  const dir = mkdtempSync(join(tmpdir(), 'sentinel-'))
  const port = await freePort()
  const file = join(dir, 'sentinel.conf')
  writeFileSync(
    file,
    `port ${port}\ndir ${dir}\nsentinel monitor college 127.0.0.1 ${primary} 1\nsentinel down-after-milliseconds college 500\nsentinel failover-timeout college 3000\n`,
  )
  const server = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' })
  const client = new Redis(port, { retryStrategy: (times) => Math.min(50 * times, 500) }).on('error', () => 'it starts')
  return {
    port,
    client,
    stop() {
      client.disconnect()
      server.kill('SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

describeWith('redis-server', 'Redis behind Sentinel', () => {
  it('after a fail-over commits go to the new primary, and those in between are refused', async () => {
    const primary = await startRedis('--repl-diskless-sync-delay', '0')
    const replica = await startRedis('--replicaof', '127.0.0.1', String(primary.port))
    const sentinel = await startSentinel(primary.port)
    const known = () => sentinel.client.call('SENTINEL', 'replicas', 'college').then(JSON.stringify, String)
    await expect.poll(known, { timeout: 20_000 }).toContain(String(replica.port))
    const onReplica = new Redis(replica.url).on('error', () => 'stopped by the test')
    await expect.poll(() => onReplica.info('replication'), { timeout: 20_000 }).toContain('master_link_status:up')
    // Nobody listens at the address of REDIS_URL. Only the Sentinels know where the primary is.
    const at = [
      { host: '127.0.0.1', port: await freePort() },
      { host: '127.0.0.1', port: sentinel.port },
    ]
    const store = await openRedis({ url: 'redis://127.0.0.1:1', sentinels: { at, name: 'college' } }, 'p')
    const commit = (name: string) => store.commit([{ put: [name], value: 1 }])
    await expect.poll(() => commit('a').then(() => onReplica.hlen('{p}:records')), { timeout: 20_000 }).toBe(1)

    primary.freeze()
    await expect(commit('b')).rejects.toMatchObject({ name: 'StoreUnavailable' })
    await expect.poll(() => onReplica.info('replication'), { timeout: 20_000 }).toContain('role:master')
    await expect.poll(() => commit('c').catch(() => false), { timeout: 10_000 }).toBe(true)
    await store.check()
    // The old primary comes back and soon is a replica. The program must never take it for the store.
    primary.thaw()
    for (let n = 0; n < 30; n++) await commit(`d${n}`).catch(() => false)
    const stored = (await store.list([])).map(({ key }) => key[0])
    expect(stored).toEqual(expect.arrayContaining(['a', 'c']))
    expect(await onReplica.hlen('{p}:records')).toBe(stored.length)
    expect(stored).not.toContain('b')
    await store.close()
    onReplica.disconnect()
    sentinel.stop()
    await replica.stop()
    await primary.stop()
  }, 90_000)

  it('where no Sentinel answers the start is refused with one line', async () => {
    const sentinels = { at: [{ host: '127.0.0.1', port: 1 }], name: 'college' }
    const refused = { name: 'Stopped', message: expect.stringContaining('REDIS_URL：连不上 Redis') }
    await expect(openRedis({ url: 'redis://127.0.0.1', sentinels }, 'p')).rejects.toMatchObject(refused)
  })
})
