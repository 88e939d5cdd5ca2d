import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { auditedTables } from '../../handlers/all.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { encrypted } from '../../src/store/encrypted.ts'
import { exportRecords, importRecords, refuseHalfImported } from '../../src/store/portable.ts'
import { openRedis } from '../../src/store/redis.ts'
import { seal } from '../../src/store/seals.ts'
import type { Store } from '../../src/store/store.ts'
import { verify } from '../../src/store/verify.ts'
import { contentsOf, onBothEngines } from '../support/engines.ts'
import { startRedis } from '../support/redis-server.ts'
import { aYearOf, talkingCollege, words } from '../support/talking-college.ts'
import { describeWith } from '../support/tools.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'portable-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const at = '2022-04-25T02:00:00Z'
const keys = { key: randomBytes(32) }

describeWith('redis-server', 'records go from one engine to the other', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  const stores: Store[] = []
  beforeEach(async () => {
    server = await startRedis()
    stores.push(await openEmbedded(join(dir, 'store'), { kind: 'platform' }), await openRedis(server.url, 'college'))
  })
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close()
    await server.stop()
  })

  for (const [from, to, fromIndex] of [
    ['embedded', 'redis', 0],
    ['redis', 'embedded', 1],
  ] as const)
    for (const secret of [undefined, keys])
      it(`${from} to ${to}${secret ? ', encrypted' : ''}: all equal, and verify holds`, async () => {
        const open = async (index: number): Promise<Store> => {
          const store = stores[index]
          if (!store) throw new Error('no store')
          return secret ? encrypted(store, secret) : store
        }
        const source = await open(fromIndex)
        await seal(source, auditedTables, { at, keys: secret })
        await talkingCollege(source).then(aYearOf)
        await seal(source, auditedTables, { at, keys: secret })
        const target = await open(1 - fromIndex)
        const count = await exportRecords(source, join(dir, 'out'))
        expect(await importRecords(target, join(dir, 'out'))).toBe(count)
        const records = async (store: Store) => (await contentsOf(store)).filter(([key]) => key !== '["data-key"]')
        expect(await records(target)).toEqual(await records(source))
        expect((await records(source)).length).toBe(count)
        expect((await verify(target, auditedTables, secret)).findings).toEqual([])
      })
})

onBothEngines((open) => {
  let store: Store
  const out = () => join(dir, 'out')
  beforeEach(async () => {
    store = await open()
  })
  const filesOf = async (folder: string): Promise<string> =>
    (await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))).join('\n')

  it('an export is in clear also where values are encrypted, for its owner alone, and holds no access token', async () => {
    const hidden = await encrypted(store, keys)
    await talkingCollege(hidden).then(aYearOf)
    await hidden.commit([{ put: ['token', 'x'], value: { token: 'secret-token', until: 1 } }])
    await exportRecords(hidden, out())
    expect((await stat(out())).mode & 0o777).toBe(0o700)
    for (const name of await readdir(out())) expect((await stat(join(out(), name))).mode & 0o077).toBe(0)
    const text = await filesOf(out())
    expect(text).toContain(words.visit)
    expect(text).toContain('许一鸣')
    expect(text).not.toMatch(/secret-token|\$sealed/)
  })

  it('what expires still expires after the journey', async () => {
    const ends = Date.now() + 3600e3
    await store.commit([{ put: ['once', 'wecom', '1'], value: { at: 1 }, expiresAt: ends }])
    await exportRecords(store, out())
    const other = await open()
    await importRecords(other, out())
    expect((await other.get(['once', 'wecom', '1']))?.expiresAt).toBe(ends)
  })

  it('an export beside a writing program is of one moment', async () => {
    await store.commit([
      { put: ['a'], value: 0 },
      { put: ['z'], value: 0 },
    ])
    let stop = false
    const writing = (async () => {
      for (let n = 1; !stop && n < 8; n++) {
        await store.commit([
          { put: ['a'], value: n },
          { put: ['z'], value: n },
        ])
        await new Promise((resolve) => setTimeout(resolve, 3))
      }
    })()
    // Lists slowly, as if each record were a page, so that writes fall between the records.
    const slowly: Pick<Store, 'list'> = {
      async list() {
        const a = await store.get(['a'])
        await new Promise((resolve) => setTimeout(resolve, 5))
        const z = await store.get(['z'])
        return [a, z].filter((one) => one !== undefined)
      },
    }
    await exportRecords(slowly, out())
    stop = true
    await writing
    const [a, z] = (await filesOf(out()))
      .trim()
      .split(/\n+/)
      .map((line) => /"value":(\d+)/.exec(line)?.[1])
    expect(a).toBe(z)
  })

  it('a folder that is not empty takes no export', async () => {
    await mkdir(out())
    await writeFile(join(out(), 'mine.txt'), 'x')
    await expect(exportRecords(store, out())).rejects.toThrow('不是空的')
  })

  it('what runs alone does not hinder an import, a record does', async () => {
    await store.commit([{ put: ['a', '1'], value: 1 }])
    await exportRecords(store, out())
    const other = await open()
    await other.commit([{ put: ['lease', 'x'], value: 1 }])
    expect(await importRecords(other, out())).toBe(1)
    await expect(importRecords(other, out())).rejects.toThrow('已有数据')
  })

  it('half an import is not for use until the same import was run again', async () => {
    for (let i = 0; i < 1200; i++) await store.commit([{ put: ['a', String(i).padStart(4, '0')], value: i }])
    await exportRecords(store, out())
    await exportRecords(store, join(dir, 'whole'))
    await rm(join(dir, 'whole', 'a.jsonl'))
    await writeFile(join(dir, 'whole', 'a.jsonl'), '{"key":["a","1"],"value":1}\n')
    const other = await open()
    let commits = 0
    const dying: Store = {
      ...other,
      commit: (writes) => (++commits > 2 ? Promise.reject(new Error('killed')) : other.commit(writes)),
    }
    await expect(importRecords(dying, out())).rejects.toThrow('killed')
    await expect(refuseHalfImported(other)).rejects.toThrow('上次导入没有完成')
    await expect(importRecords(other, join(dir, 'whole'))).rejects.toThrow('导入的是另一些记录')
    expect(await importRecords(other, out())).toBe(1200)
    await refuseHalfImported(other)
    expect(await contentsOf(other)).toEqual(await contentsOf(store))
  })

  const good = '{"key":["a","1"],"value":1}'
  const bad: { [name: string]: () => Promise<void> } = {
    'a line that is no JSON': () => writeFile(join(out(), 'a.jsonl'), `${good}\nnonsense\n`),
    'a line of something else': () => writeFile(join(out(), 'a.jsonl'), `${good}\n{"name":"x"}\n`),
    'a record twice': () => writeFile(join(out(), 'a.jsonl'), `${good}\n${good}\n`),
    'a record of another table': () => writeFile(join(out(), 'b.jsonl'), `${good}\n`),
    nothing: () => Promise.resolve(),
    'no folder': () => rm(out(), { recursive: true }),
  }
  for (const [name, make] of Object.entries(bad))
    it(`an import of ${name} is refused, and nothing is written`, async () => {
      await mkdir(out())
      await writeFile(join(out(), '0.jsonl'), name === 'nothing' ? '' : '{"key":["0"],"value":0}\n')
      await make()
      await expect(importRecords(store, out())).rejects.toMatchObject({ name: 'Stopped' })
      expect(await contentsOf(store)).toEqual([])
    })
})
