import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { backUp } from '../../src/store/backup.ts'
import { openEmbedded } from '../../src/store/embedded.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'backup-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

it('a back-up made while the program writes can be put back', async () => {
  const store = await openEmbedded(dir, { kind: 'platform' })
  await store.commit([{ put: ['a', '1'], value: { kept: true } }])
  const copy = await backUp(dir, 14)
  await store.commit([{ put: ['a', '2'], value: 'later' }])
  await store.close()
  await rm(join(dir, 'store.db'))
  await rename(copy, join(dir, 'store.db'))
  const restored = await openEmbedded(dir, { kind: 'platform' })
  expect(await restored.list(['a'])).toMatchObject([{ key: ['a', '1'], value: { kept: true } }])
  await restored.close()
})

it('keeps as many days as were asked for, and leaves other files alone', async () => {
  const store = await openEmbedded(dir, { kind: 'platform' })
  await backUp(dir, 14, new Date('2022-04-01T20:00:00Z'))
  await writeFile(join(dir, 'backup', 'mine.db'), 'x')
  await backUp(dir, 14, new Date('2022-04-20T20:00:00Z'))
  await store.close()
  expect((await readdir(join(dir, 'backup'))).sort()).toEqual(['mine.db', 'store-2022-04-20.db'])
})

it('a back-up that fails leaves no half file', async () => {
  await expect(backUp(join(dir, 'nowhere'), 14)).rejects.toThrow('back-up')
  expect(await readdir(join(dir, 'nowhere', 'backup'))).toEqual([])
})
