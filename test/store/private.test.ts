import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backUp } from '../../src/store/backup.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { encrypted } from '../../src/store/encrypted.ts'
import { secrets, talkingCollege } from '../support/talking-college.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'private-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const files = (): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile())
const found = (): string[] => {
  const all = files().map((path) => readFileSync(path))
  return secrets.filter((secret) => all.some((bytes) => bytes.includes(secret)))
}

describe('after a first DATA_KEY', () => {
  it('no name is in any file any more: neither in free pages nor in the log file nor in back-ups', async () => {
    const clear = await openEmbedded(dir, { kind: 'platform' })
    const college = await talkingCollege(clear)
    await college.says('yangxiaodong', '评分 软件教研室 全部满分')
    await college.says('yangxiaodong', '取消')
    await backUp(dir, 14)
    expect(found().length).toBeGreaterThan(20)
    await clear.close()

    const bare = await openEmbedded(dir, { kind: 'platform' })
    const store = await encrypted(bare, { key: Buffer.alloc(32, 1) })
    await talkingCollege(store)
    await store.sweep()
    expect(found()).toEqual([])
    expect(await (await talkingCollege(store)).reads('yangxiaodong', '进度')).toContain('评分')
    await store.close()
    expect(found()).toEqual([])
  })
})

describe('a folder that others may look into', () => {
  const openToOthers = (): string[] => [dir, ...files()].filter((path) => (statSync(path).mode & 0o077) !== 0)

  it('is closed to them, with all that is in it', async () => {
    await (await openEmbedded(dir, { kind: 'platform' })).close()
    mkdirSync(join(dir, 'backup'))
    writeFileSync(join(dir, 'backup', 'store-2022-04-01.db'), 'an old back-up')
    for (const path of [dir, join(dir, 'backup'), ...files()]) chmodSync(path, 0o755)
    const lines: string[] = []
    const store = await openEmbedded(dir, { kind: 'platform', log: (line) => lines.push(line) })
    await store.commit([{ put: ['a'], value: 1 }])
    expect(openToOthers()).toEqual([])
    expect(lines).toEqual([])
    await store.close()
  })

  it('what a link leads to is left alone', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'))
    writeFileSync(join(elsewhere, 'theirs'), 'x', { mode: 0o644 })
    symlinkSync(join(elsewhere, 'theirs'), join(dir, 'link'))
    await (await openEmbedded(dir, { kind: 'platform' })).close()
    expect(statSync(join(elsewhere, 'theirs')).mode & 0o777).toBe(0o644)
    rmSync(elsewhere, { recursive: true })
  })
})
