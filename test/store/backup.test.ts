import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { backUp } from '../../src/store/backup.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import type { Store } from '../../src/store/store.ts'

let dir: string
let store: Store
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'backup-'))
  store = await openEmbedded(dir, { kind: 'platform' })
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true, force: true })
})

const day = (date: string): Date => new Date(`${date}T03:23:00+08:00`)
const backups = async (): Promise<string[]> => (await readdir(join(dir, 'backup'))).sort()

it('a back-up made while the program writes can be put back', async () => {
  await store.commit([{ put: ['a', '1'], value: { kept: true } }])
  const copy = await backUp(dir, 14)
  await store.commit([{ put: ['a', '2'], value: 'later' }])
  await store.close()
  await rm(join(dir, 'store.db'))
  await rm(join(dir, 'store.db-wal'), { force: true })
  await rename(copy ?? '', join(dir, 'store.db'))
  store = await openEmbedded(dir, { kind: 'platform' })
  expect(await store.list(['a'])).toMatchObject([{ key: ['a', '1'], value: { kept: true } }])
})

it('is made once a day, by the day of people here, for its owner alone', async () => {
  const early = new Date('2022-04-20T00:23:00+08:00')
  expect(await backUp(dir, 14, early)).toMatch(/store-2022-04-20\.db$/)
  expect(await backUp(dir, 14, day('2022-04-20'))).toBeUndefined()
  expect(await backups()).toEqual(['store-2022-04-20.db'])
  expect((await stat(join(dir, 'backup'))).mode & 0o077).toBe(0)
  expect((await stat(join(dir, 'backup', 'store-2022-04-20.db'))).mode & 0o077).toBe(0)
})

it('is kept as many days as were asked for; other files are left alone', async () => {
  await backUp(dir, 14, day('2022-04-01'))
  await writeFile(join(dir, 'backup', 'mine.db'), 'x')
  await backUp(dir, 14, day('2022-04-15'))
  expect(await backups()).toEqual(['mine.db', 'store-2022-04-01.db', 'store-2022-04-15.db'])
  await backUp(dir, 14, day('2022-04-16'))
  expect(await backups()).toEqual(['mine.db', 'store-2022-04-15.db', 'store-2022-04-16.db'])
})

it('one that fails leaves no half file, and what a power cut left half done goes with the next', async () => {
  const elsewhere = join(dir, 'nowhere')
  await expect(backUp(elsewhere, 14)).rejects.toThrow('back-up')
  expect(await readdir(join(elsewhere, 'backup'))).toEqual([])
  await mkdir(join(dir, 'backup'))
  for (const name of ['store-2022-04-19.db.part', 'store-2022-04-19.db.part-journal'])
    await writeFile(join(dir, 'backup', name), 'half')
  await backUp(dir, 14, day('2022-04-20'))
  expect(await backups()).toEqual(['store-2022-04-20.db'])
})

it('does not hold up the program: it goes on committing while the copy is made', async () => {
  const text = 'x'.repeat(2000)
  for (let page = 0; page < 10; page++)
    await store.commit(Array.from({ length: 1000 }, (_, n) => ({ put: ['big', `${page}-${n}`], value: text })))
  let done = false
  const copying = backUp(dir, 14, day('2022-04-20')).finally(() => (done = true))
  const half = join(dir, 'backup', 'store-2022-04-20.db.part')
  let meanwhile = 0
  while (!done) {
    await store.commit([{ put: ['small'], value: meanwhile }])
    if (existsSync(half)) meanwhile++
  }
  await copying
  // The writes happened while the copy was made, not only before and after it.
  expect(meanwhile).toBeGreaterThan(1)
})
