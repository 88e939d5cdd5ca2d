import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { Stopped } from '../../src/errors.ts'
import { openEmbedded, openEmbeddedReadOnly } from '../../src/store/embedded.ts'
import { describeWith } from '../support/tools.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'store-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const lineOf = async (opening: Promise<unknown>): Promise<string> => {
  const error = await opening.catch((reason: unknown) => reason)
  if (!(error instanceof Stopped)) throw new Error('it was not refused')
  return error.message
}
const run = (program: string, ...args: string[]): Promise<{ stdout: string }> =>
  promisify(execFile)(program, args, { cwd: import.meta.dirname })

it('keeps everything over a restart, and versions of two starts never meet', async () => {
  const seen = new Set<string>()
  for (let start = 1; start <= 3; start++) {
    const store = await openEmbedded(dir, { kind: 'platform' })
    const before = await store.get(['a'])
    expect(before?.value).toBe(start === 1 ? undefined : start - 1)
    await store.commit([{ put: ['a'], value: start }])
    seen.add((await store.get(['a']))?.version ?? '')
    await store.close()
  }
  expect(seen.size).toBe(3)
})

it('makes its folder where there is none', async () => {
  const store = await openEmbedded(join(dir, 'deep', 'data'), { kind: 'simulator' })
  expect(await store.commit([{ put: ['a'], value: 1 }])).toBe(true)
  await store.close()
})

it('what was committed before close is there, also when nobody waited', async () => {
  const store = await openEmbedded(dir, { kind: 'platform' })
  const commits = [1, 2, 3].map((n) => store.commit([{ put: ['a', String(n)], value: n }]))
  await store.close()
  expect(await Promise.all(commits)).toEqual([true, true, true])
  const again = await openEmbedded(dir, { kind: 'platform' })
  expect(await again.list(['a'])).toHaveLength(3)
  await again.close()
})

it('a second program is refused with one line, and may start when the first has ended', async () => {
  const first = await openEmbedded(dir, { kind: 'platform' })
  expect(await lineOf(openEmbedded(dir, { kind: 'platform' }))).toBe(
    `DATA_DIR：${dir} 正由另一个运行中的程序使用，请先停止它`,
  )
  const other = `import('../../src/store/embedded.ts').then((m) => m.openEmbedded(${JSON.stringify(dir)}, { kind: 'platform' })).then(() => console.log('opened'), (e) => console.log(e.name))`
  expect((await run(process.execPath, '--import', 'tsx', '--eval', other)).stdout).toBe('Stopped\n')
  expect(await first.commit([{ put: ['a'], value: 'still working' }])).toBe(true)
  await first.close()
  const second = await openEmbedded(dir, { kind: 'platform' })
  expect((await second.get(['a']))?.value).toBe('still working')
  await second.close()
})

it.each([
  ['platform', 'simulator', '这里是企业微信或钉钉正式运行的数据，不能用作模拟器的数据，请换一个目录'],
  ['simulator', 'platform', '这里是模拟器的数据，不能用于企业微信或钉钉的正式运行，请换一个目录'],
] as const)('a store of a %s refuses to be a %s’s', async (kind, other, line) => {
  await (await openEmbedded(dir, { kind })).close()
  expect(await lineOf(openEmbedded(dir, { kind: other }))).toBe(`DATA_DIR：${line}`)
  await (await openEmbedded(dir, { kind })).close()
})

it('a file that is no store, and a folder that cannot be made, are refused with one line', async () => {
  writeFileSync(join(dir, 'store.db'), '这不是数据库'.repeat(100))
  expect(await lineOf(openEmbedded(dir, { kind: 'platform' }))).toContain('SQLITE_NOTADB')
  expect(await lineOf(openEmbedded(join(dir, 'store.db', 'below'), { kind: 'platform' }))).toContain('ENOTDIR')
})

it('a reader beside the running program sees what is committed, as it is committed', async () => {
  const store = await openEmbedded(dir, { kind: 'platform' })
  await store.commit([{ put: ['a'], value: 1 }])
  const reader = await openEmbeddedReadOnly(dir)
  expect((await reader.get(['a']))?.value).toBe(1)
  await store.commit([{ put: ['a'], value: 2 }])
  expect((await reader.get(['a']))?.value).toBe(2)
  await reader.close()
  expect(await store.commit([{ put: ['a'], value: 3 }])).toBe(true)
  await store.close()
  const alone = await openEmbeddedReadOnly(dir)
  expect((await alone.list([])).map(({ value }) => value)).toEqual([3])
  await alone.close()
})

it('a reader makes no store where there is none', async () => {
  mkdirSync(join(dir, 'empty'))
  expect(await lineOf(openEmbeddedReadOnly(join(dir, 'empty')))).toContain('没有 store.db')
  expect(existsSync(join(dir, 'empty', 'store.db'))).toBe(false)
})

describeWith('prlimit', 'a disk that takes no more', () => {
  const Stored = z.object({ left: z.array(z.string()), right: z.array(z.string()) })
  const Seen = z.object({ acknowledged: z.array(z.string()), errors: z.array(z.string()), stored: Stored })

  it('refuses commits as unavailable, leaves nothing half written, and goes on when there is room again', async () => {
    const limit = ['--fsize=2000000:unlimited', process.execPath, '--import', 'tsx', 'limited-disk.ts', dir]
    const { stdout } = await run('prlimit', ...limit)
    const { full, afterwards } = z.object({ full: Seen, afterwards: Seen }).parse(JSON.parse(stdout))
    expect(full.errors).toEqual(['StoreUnavailable'])
    expect(full.acknowledged.length).toBeGreaterThan(10)
    expect(full.stored).toEqual({ left: full.acknowledged, right: full.acknowledged })
    const all = [...full.acknowledged, '9000']
    expect(afterwards).toEqual({ acknowledged: all, errors: [], stored: { left: all, right: all } })
  })
})
