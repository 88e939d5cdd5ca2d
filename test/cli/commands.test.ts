import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { freePort } from '../../src/bench/free-port.ts'
import { college } from '../campaign/invented-college.ts'
import { programFolder } from '../support/command.ts'
import { compiled } from '../support/compiled.ts'
import { rosterWorkbook } from '../support/roster-workbook.ts'

/** Runs every command of package.json as an administrator does: the built program, in a folder with a `.env`. */
vi.setConfig({ testTimeout: 180_000 })

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(await readFile('package.json', 'utf8')))
const commands = Object.entries(scripts).flatMap(([name, line]) => {
  const [, script] = /^node (?:--max-semi-space-size=16 )?src\/run\.mjs (\S+)$/.exec(line) ?? []
  return script === undefined ? [] : [{ name, script }]
})

type Ran = { code: number; stdout: string; stderr: string }
let built: Awaited<ReturnType<typeof compiled>>
let folder = ''
let port = 0
beforeAll(async () => {
  built = await compiled()
  folder = await programFolder()
  port = await freePort()
  await writeFile(join(folder, 'roster.xlsx'), await rosterWorkbook({ people: college }))
  await writeFile(join(folder, 'smaller.xlsx'), await rosterWorkbook({ people: college.slice(0, -1) }))
  await writeFile(join(folder, 'none.xlsx'), 'not a workbook')
  await writeFile(
    join(folder, '.env'),
    `WECOM_CORP_ID=wwcollege
WECOM_AGENT_ID=1000002
WECOM_SECRET=secret
WECOM_TOKEN=token
WECOM_ENCODING_AES_KEY=${'a'.repeat(43)}
WECOM_API_BASE=http://127.0.0.1:9
ROSTER_FILE=roster.xlsx
PORT=${port}
`,
  )
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await built.remove()
})

const fileOf = (name: string): string =>
  resolve(built.file(`src/${commands.find((one) => one.name === name)?.script ?? ''}.ts`))
const env = { PATH: process.env['PATH'] ?? '' }

function run(name: string, ...args: string[]): Promise<Ran> {
  return new Promise((done) =>
    execFile(process.execPath, [fileOf(name), ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    ),
  )
}
const well = (stdout: RegExp) => ({ code: 0, stdout: expect.stringMatching(stdout), stderr: '' })
const refused = (line: RegExp) => ({ code: 1, stdout: '', stderr: expect.stringMatching(line) })

describe.each(commands)('npm run $name', ({ name }) => {
  it('says with --help how it is used, in Chinese, and does nothing', async () => {
    const { code, stdout, stderr } = await run(name, '--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.startsWith(name === 'start' ? '用法：npm start' : `用法：npm run ${name}`)).toBe(true)
    expect(stdout).toMatch(/[。]\n\n {2}--/)
  })

  it('refuses an option it does not know and one argument too many, in one line with its usage', async () => {
    expect(await run(name, '--wibble')).toEqual(refused(/^没有这个选项：--wibble。用法：npm .+\n$/))
    expect(await run(name, 'a', 'b', 'c')).toEqual(refused(/^多了一个参数：[abc]。用法：npm .+\n$/))
  })
})

it.each(['import-roster', 'export', 'import', 'archive', 'new-campaign', 'purge'])(
  '%s says what is missing where nothing is written behind it',
  async (name) => expect(await run(name)).toEqual(refused(/^用法：npm run .+\n$/)),
)

it.each([
  ['new-campaign', ['27'], /^年份应为四位数字.*\n$/],
  ['archive', ['all.tar'], /^文件名应以 \.zip 结尾。用法：.*\n$/],
  ['rehearse', ['--from', '2022-13-01'], /^--from 应为日期.*\n$/],
  ['rehearse', ['--from', '2022-05-01', '--to', '2022-04-01'], /^--from 不能晚于 --to\n$/],
  ['rehearse', ['--branches', '-3'], /^这个选项后面缺内容，或不该有内容：--branches。用法：.*\n$/],
  ['rehearse', ['--answers', 'x'], /^--answers 应为数字\n$/],
  ['rehearse', ['--roster', 'nowhere.xlsx'], /^--roster：读不到名册文件 nowhere\.xlsx\n$/],
  ['crash-year', ['--kills', 'x'], /^--kills 应为正整数\n$/],
  ['crash-year', ['--instances', '2'], /^--instances 大于1时要写 --redis\n$/],
  ['import-roster', ['nowhere.xlsx'], /^读不到 nowhere\.xlsx.*\n$/],
  ['lint:campaign', ['nowhere.yaml'], /^读不到 nowhere\.yaml.*\n$/],
] as const)('%s %j is one line', async (name, args, line) => expect(await run(name, ...args)).toEqual(refused(line)))

describe('beside the running program', () => {
  let program: ChildProcess
  beforeAll(async () => {
    program = spawn(process.execPath, [fileOf('start')], { cwd: folder, env, stdio: 'ignore' })
    for (let i = 0; i < 300; i++) {
      if (
        await fetch(`http://127.0.0.1:${port}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return
      await sleep(100)
    }
    throw new Error('the program did not become healthy')
  })
  afterAll(async () => {
    if (program.exitCode === null) program.kill('SIGKILL')
  })

  it('what reads is answered', async () => {
    expect(await run('verify')).toEqual(well(/没有发现异常。\n$/))
    expect(await run('export', 'out')).toEqual(well(/^已导出\d+条记录到 out/))
    expect(await run('archive', 'all.zip')).toEqual(well(/^已归档\d+份文件和全部记录到 all\.zip/))
    const doctor = await run('doctor')
    expect(doctor).toMatchObject({ code: 1, stderr: '' })
    expect(doctor.stdout).toMatch(/^正常　存储：可以读取$/m)
    expect(doctor.stdout).toMatch(/^有问题　.*127\.0\.0\.1:9/m)
  })

  it('what the program does for a command is done at once', async () => {
    const people = college.filter((row) => row['企业微信账号'] !== '').length
    const codes = await run('link-codes')
    expect(codes).toMatchObject({ code: 0, stderr: '' })
    expect(codes.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(people)
    expect(await run('import-roster', 'none.xlsx')).toEqual(refused(/^.+\n$/))
    const gone = college.at(-1)?.['姓名'] ?? ''
    expect(await run('import-roster', 'smaller.xlsx')).toEqual(
      well(new RegExp(`^导入\\d+行，名册里有账号的\\d+人.*。\n新名册里没有：${gone}。`, 'm')),
    )
    await run('export', 'after')
    // The message may be queued, held for the morning, or under way; that depends on the hour.
    const tables = ['outbox', 'doubtful', 'notices'].map((table) => join(folder, 'after', `${table}.jsonl`))
    const records = await Promise.all(tables.map((file) => readFile(file, 'utf8').catch(() => '')))
    expect(records.join('\n')).toContain(`新名册里没有：${gone}`)
  })

  it('what wants the store for itself is refused', async () => {
    expect(await run('import', 'out')).toEqual(refused(/^DATA_DIR：.*正由另一个运行中的程序使用.*\n$/))
    expect(await run('purge', '--campaign', '2022', '--yes')).toEqual(refused(/正由另一个运行中的程序使用/))
    expect(await run('start')).toEqual(refused(/正由另一个运行中的程序使用/))
  })

  it('a program that is ending is waited for, and then the same works without one', async () => {
    const ended = once(program, 'exit')
    program.kill('SIGTERM')
    expect(await run('import-roster', 'roster.xlsx', '--again')).toEqual(
      well(/^导入\d+行.*\n这份名册以前用过，已按它改回：又有了/m),
    )
    await ended
    expect(await run('import-roster', 'smaller.xlsx')).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^这份名册以前用过.*--again。\n$/),
      stderr: '',
    })
    expect(await run('verify')).toEqual(well(/没有发现异常。\n$/))
    expect(await run('link-codes')).toMatchObject({ code: 0, stderr: '' })
    expect(await run('archive', 'last.zip')).toEqual(well(/^已归档/))
    expect(await run('import', 'out')).toEqual(refused(/^存储里已有数据，只能导入到空的存储\n$/))
    expect(await run('purge', '--campaign', '2022', '--yes')).toEqual(well(/^已清除\d+条记录/))
    expect(await run('import-roster', 'smaller.xlsx')).toEqual(well(/^导入\d+行/m))
  })
})

it('without a store there is nothing to read, in one line', async () => {
  await rm(join(folder, 'data'), { recursive: true, force: true })
  for (const [name, ...args] of [['verify'], ['export', 'nothing'], ['archive', 'nothing.zip']] as const)
    expect(await run(name, ...args)).toEqual(refused(/^DATA_DIR：.*还没有数据.*\n$/))
})
