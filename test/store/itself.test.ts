import { cpSync, mkdtempSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'

const moved = { name: 'StoreUnavailable', message: 'MOVED' }

let dir: string
let data: string
let store: Store
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'itself-'))
  data = join(dir, 'data')
  store = await openEmbedded(data, { kind: 'platform' })
  await store.commit([{ put: ['a'], value: 1 }])
})
afterEach(async () => {
  await store.close()
  rmSync(dir, { recursive: true, force: true })
})

it.each<[string, () => void]>([
  ['its file was deleted', () => rmSync(join(data, 'store.db'))],
  ['its log file was deleted', () => rmSync(join(data, 'store.db-wal'))],
  ['its folder was renamed', () => renameSync(data, join(dir, 'elsewhere'))],
  ['its folder was deleted', () => rmSync(data, { recursive: true })],
  ['its file was emptied', () => truncateSync(join(data, 'store.db'))],
  [
    'a back-up was put in its place',
    () => {
      cpSync(join(data, 'store.db'), join(dir, 'copy'))
      renameSync(join(dir, 'copy'), join(data, 'store.db'))
    },
  ],
])('where %s nothing is acknowledged any more', async (_, happens) => {
  await store.check()
  happens()
  await expect(store.commit([{ put: ['b'], value: 1 }])).rejects.toMatchObject(moved)
  await expect(store.check()).rejects.toMatchObject(moved)
})

it('what was refused did not happen: put back, it goes on as it was', async () => {
  renameSync(data, join(dir, 'elsewhere'))
  await expect(store.commit([{ put: ['b'], value: 1 }])).rejects.toMatchObject(moved)
  renameSync(join(dir, 'elsewhere'), data)
  await store.check()
  expect(await store.commit([{ put: ['c'], value: 1 }])).toBe(true)
  expect((await store.list([])).map(({ key }) => key)).toEqual([['a'], ['c']])
})
