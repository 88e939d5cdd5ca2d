import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stopped } from '../../src/errors.ts'
import { askRunning, isRunning, serveControl } from '../../src/wiring/control.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'control-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const failed: unknown[] = []
const serve = (dir: string, name = '') =>
  serveControl(
    dir,
    {
      echo: async (said) => `${name}${said.length}`,
      fails: () => Promise.reject(new Error('geheim')),
      refuses: () => Promise.reject(stopped('program-refused', { problem: '请先停止它' })),
    },
    (error) => failed.push(error),
  )

describe('a command beside the running program', () => {
  it('is answered, large as it may be', async () => {
    expect(await askRunning(folder, 'echo', '')).toBeUndefined()
    const stop = await serve(folder)
    expect(await isRunning(folder)).toBe(true)
    expect(await askRunning(folder, 'echo', 'x'.repeat(5_000_000))).toEqual({ value: '5000000' })
    await stop()
    expect(await isRunning(folder)).toBe(false)
    expect(await readdir(folder)).toEqual([])
  })

  it('that is refused says why; a fault of the program stays in its log', async () => {
    const stop = await serve(folder)
    await expect(askRunning(folder, 'refuses', '')).rejects.toThrow(/^请先停止它$/)
    await expect(askRunning(folder, 'fails', '')).rejects.toThrow('运行中的程序没有办成，请查看它的日志')
    await expect(askRunning(folder, 'unknown', '')).rejects.toThrow('不懂这个命令')
    expect(failed).toHaveLength(1)
    await stop()
  })

  it('reaches the right one of two colleges whose folders have long names, also after kill -9', async () => {
    const long = (college: string): string => join(folder, '基层组织建设年'.repeat(6), college)
    const stops: (() => Promise<void>)[] = []
    for (const college of ['a', 'b']) {
      await mkdir(long(college), { recursive: true })
      // The file that a killed program leaves behind.
      await writeFile(join(long(college), 'control.sock'), '')
      stops.push(await serve(long(college), college))
    }
    for (const college of ['a', 'b'])
      expect(await askRunning(long(college), 'echo', 'xyz')).toEqual({ value: `${college}3` })
    for (const stop of stops) await stop()
    expect(await readdir(long('a'))).toEqual([])
  })
})
