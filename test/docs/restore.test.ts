import { execFile } from 'node:child_process'
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { auditedTables } from '../../handlers/all.ts'
import { backUp } from '../../src/store/backup.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openRedis } from '../../src/store/redis.ts'
import { seal } from '../../src/store/seals.ts'
import type { Store } from '../../src/store/store.ts'
import { programFolder, runCommand } from '../support/command.ts'
import { startRedis } from '../support/redis-server.ts'
import { aYearOf, talkingCollege } from '../support/talking-college.ts'
import { describeWith } from '../support/tools.ts'

// Many commands run one after another, each in a process of its own.
vi.setConfig({ testTimeout: 180_000 })

/** Follows docs/backup.md: people say things, a back-up, something goes wrong, the page's own steps, verify, and the words again. */
const platform = 'DINGTALK_CLIENT_ID=dingnobody\nDINGTALK_CLIENT_SECRET=secret\n'
let folder = ''
beforeEach(async () => {
  folder = await programFolder()
  await writeFile(join(folder, '.env'), platform)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Open = () => Promise<Store>
const embedded: Open = () => openEmbedded(join(folder, 'data'), { kind: 'platform' })

async function within<T>(open: Open, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await open()
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
const aYear = (open: Open): Promise<void> =>
  within(open, async (store) => {
    await aYearOf(await talkingCollege(store))
    await seal(store, auditedTables, { at: '2022-04-25T02:10:00Z', keys: undefined })
  })
const history = (open: Open): Promise<string> =>
  within(open, async (store) => (await talkingCollege(store)).reads('yangxiaodong', '历史 软件教研室'))
const twoVersions = /第1版，98 分[\s\S]*第2版，97 分/
const nothingFound = { code: 0, stdout: expect.stringMatching(/核对了[1-9]\d*份记录.*没有发现异常/) }

it('what the page tells puts the store of that day back, without what was said since', async () => {
  const page = await readFile('docs/backup.md', 'utf8')
  const [steps = ''] = [...page.matchAll(/```sh\n(mv store\.db[\s\S]*?)\n```/g)].map(([, block = '']) => block)
  await aYear(embedded)
  await backUp(join(folder, 'data'), 14, new Date('2022-05-09T12:00:00+08:00'))
  await within(embedded, async (store) => {
    const { says } = await talkingCollege(store)
    for (const words of ['评分 软件教研室 全部满分', '提交']) await says('yangxiaodong', words)
  })
  expect(await history(embedded)).toContain('第3版')

  await promisify(execFile)('sh', ['-ec', steps], { cwd: join(folder, 'data') })
  expect(await runCommand(folder, 'verify')).toMatchObject(nothingFound)
  expect(await history(embedded)).toMatch(twoVersions)
  expect(await history(embedded)).not.toContain('第3版')
})

it('an export brings everything back when the store is gone', async () => {
  await aYear(embedded)
  expect(await runCommand(folder, 'export', '导出')).toMatchObject({ code: 0 })
  expect(await runCommand(folder, 'import', '导出')).toMatchObject({ code: 1 })
  await rename(join(folder, 'data'), join(folder, 'lost'))
  expect(await runCommand(folder, 'import', '导出')).toMatchObject({ code: 0 })
  expect(await runCommand(folder, 'verify')).toMatchObject(nothingFound)
  expect(await history(embedded)).toMatch(twoVersions)
})

describeWith('redis-server', 'on Redis', () => {
  it('an export and the files of Redis each bring everything back', async () => {
    const server = await startRedis('--maxmemory-policy', 'noeviction')
    const redis = new Redis(server.url)
    const open: Open = () => openRedis(server.url, 'dangjian')
    try {
      await writeFile(join(folder, '.env'), `${platform}REDIS_URL=${server.url}\n`)
      await aYear(open)
      const files = join(String(await redis.config('GET', 'dir')).split(',')[1] ?? '', 'appendonlydir')
      await cp(files, join(folder, 'appendonlydir'), { recursive: true })
      expect(await runCommand(folder, 'export', '导出')).toMatchObject({ code: 0 })

      await redis.flushall()
      expect((await runCommand(folder, 'verify')).stdout).toContain('核对了0份记录')
      expect(await runCommand(folder, 'import', '导出')).toMatchObject({ code: 0 })
      expect(await runCommand(folder, 'verify')).toMatchObject(nothingFound)
      expect(await history(open)).toMatch(twoVersions)

      await redis.flushall()
      await server.kill()
      await rm(files, { recursive: true })
      await cp(join(folder, 'appendonlydir'), files, { recursive: true })
      await server.start()
      expect(await runCommand(folder, 'verify')).toMatchObject(nothingFound)
      expect(await history(open)).toMatch(twoVersions)
    } finally {
      redis.disconnect()
      await server.stop()
    }
  })
})
