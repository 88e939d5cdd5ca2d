import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { auditedTables } from '../../handlers/all.ts'
import { freePort } from '../../src/bench/free-port.ts'
import { lease } from '../../src/delivery/lease.ts'
import { instanceLease } from '../../src/delivery/running.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { type DataKeys, encrypted } from '../../src/store/encrypted.ts'
import { openRedis } from '../../src/store/redis.ts'
import { seal } from '../../src/store/seals.ts'
import type { Store } from '../../src/store/store.ts'
import { selfSigned } from '../support/certificate.ts'
import { contentsOf } from '../support/engines.ts'
import { startProxy } from '../support/proxy.ts'
import { startRedis } from '../support/redis-server.ts'
import { aYearOf, secrets, talkingCollege, words } from '../support/talking-college.ts'
import { describeWith } from '../support/tools.ts'

// Many commands run one after another, each in a process of its own.
vi.setConfig({ testTimeout: 180_000 })

type Run = { code: number; stdout: string; stderr: string }
const tsx = fileURLToPath(import.meta.resolve('tsx'))
const keys: DataKeys = { key: randomBytes(32) }
const base64 = (key: Uint8Array): string => Buffer.from(key).toString('base64')

let dir: string
let env: { [name: string]: string }
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'commands-'))
  env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: join(dir, 'data'),
    WECOM_CORP_ID: 'wwcollege',
    WECOM_AGENT_ID: '1000002',
    WECOM_SECRET: 'secret',
    WECOM_TOKEN: 'token',
    WECOM_ENCODING_AES_KEY: randomBytes(33).toString('base64').replace(/[+/=]/g, 'a').slice(0, 43),
    WECOM_API_BASE: 'http://127.0.0.1:9',
    PORT: '0',
  }
})
afterEach(() => rm(dir, { recursive: true, force: true }))

/** Runs a command as an administrator does, in the program's folder without a `.env`. */
function run(command: string, args: string[] = [], more: { [name: string]: string } = {}): Promise<Run> {
  const script = resolve(`src/${command === 'start' ? 'main' : `cli/${command}`}.ts`)
  const options = { cwd: resolve('.'), env: { ...env, ...more } }
  return new Promise((done) =>
    execFile(process.execPath, ['--import', tsx, script, ...args], options, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    ),
  )
}
const refused = (line: RegExp) => ({ code: 1, stdout: '', stderr: expect.stringMatching(line) })
const oneLine = ({ stderr }: Run): boolean => stderr.trimEnd().split('\n').length === 1

/** Fills a store as a year does. */
async function filled(store: Store, secret?: DataKeys): Promise<void> {
  const clear = secret ? await encrypted(store, secret) : store
  await seal(clear, auditedTables, { at: '2022-04-25T02:00:00Z', keys: secret })
  await aYearOf(await talkingCollege(clear))
  await seal(clear, auditedTables, { at: '2022-04-25T02:10:00Z', keys: secret })
  if (secret) await clear.sweep()
}
const opened = (): Promise<Store> => openEmbedded(join(dir, 'data'), { kind: 'platform' })
async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await opened()
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

describe('verify', () => {
  it('beside a running program: nothing found is 0, and what seals cannot find without a key is said', async () => {
    await withStore(async (store) => {
      await filled(store)
      const { code, stdout, stderr } = await run('verify')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toBe(
        '封存都没有用密钥（DATA_KEY）：能发现意外改动，发现不了有人连同封存一起改写。\n核对了5份记录、8条变更、2次封存，没有发现异常。\n',
      )
      await store.commit([{ delete: ['audit', 'scorecard', '2022', 'b2', 'deciding', '000001'] }])
      const after = await run('verify')
      expect(after.code).toBe(1)
      expect(after.stdout).toMatch(/^scorecard\/2022\/b2\/deciding：/m)
      expect(after.stdout).toMatch(/发现\d+处异常。\n$/)
    })
  })

  it('with a key: a value that was altered at rest is found with its place, and the rest is looked at', async () => {
    await withStore((store) => filled(store, keys))
    const key = { DATA_KEY: base64(keys.key) }
    expect(await run('verify', [], key)).toMatchObject({
      code: 0,
      stdout: '核对了5份记录、8条变更、2次封存，没有发现异常。\n',
    })
    await withStore((store) =>
      store.commit([{ put: ['scorecard', '2022', 'b1', 'deciding'], value: { $sealed: 'AAAA' } }]),
    )
    expect(await run('verify', [], key)).toMatchObject({
      code: 1,
      stdout: 'scorecard/2022/b1/deciding：记录不见了或内容不对。\n核对了5份记录、8条变更、2次封存，发现1处异常。\n',
    })
  })

  it('a wrong key, none, or no store is one line', async () => {
    await withStore((store) => filled(store, keys))
    for (const [command, wrong] of [
      ['start', { DATA_KEY: base64(randomBytes(32)) }],
      ['start', {}],
      ['verify', {}],
    ] as const) {
      const said = await run(command, [], wrong)
      expect(said.code).toBe(1)
      expect(said.stderr).toMatch(/^DATA_KEY：/)
      expect(oneLine(said)).toBe(true)
    }
    expect(await run('verify', [], { DATA_DIR: join(dir, 'nothing') })).toEqual(refused(/^DATA_DIR：.*还没有数据.*\n$/))
  })
})

describe('export and import', () => {
  it('go beside a running program and into an empty store, never into one that is in use or has records', async () => {
    const key = { DATA_KEY: base64(keys.key) }
    const out = join(dir, 'out')
    await withStore(async (store) => {
      await filled(store, keys)
      expect(await run('export', [out], key)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^已导出\d+条记录/),
      })
      expect(await run('import', [out], key)).toEqual(refused(/正由另一个运行中的程序使用/))
    })
    expect((await stat(out)).mode & 0o777).toBe(0o700)
    expect(await readFile(join(out, 'report.jsonl'), 'utf8')).toContain(words.visit)
    expect(await run('import', [out], key)).toEqual(refused(/已有数据/))
    const elsewhere = { DATA_DIR: join(dir, 'other') }
    expect(await run('import', [out], { ...elsewhere, ...key })).toMatchObject({ code: 0, stderr: '' })
    expect(await run('verify', [], { ...elsewhere, ...key })).toMatchObject({ code: 0 })
  })
})

describe('archive and purge', () => {
  it('archive: documents and records in one file of its owner', async () => {
    const file = join(dir, 'archive.zip')
    await withStore((store) => filled(store))
    expect(await run('archive', [file])).toMatchObject({ code: 0, stderr: '' })
    expect((await stat(file)).mode & 0o077).toBe(0)
    const files = unzipSync(await readFile(file))
    const names = Object.keys(files)
    expect(names.filter((name) => /^文件\/.*\.docx$/.test(name)).length).toBeGreaterThanOrEqual(6)
    expect(names.filter((name) => name.endsWith('.xlsx'))).toHaveLength(1)
    expect(Buffer.from(files['记录/scorecard.jsonl'] ?? []).toString()).toContain('"b2"')
    expect(Buffer.from(files['记录/roster.jsonl'] ?? []).toString()).toContain('许一鸣')
    const again = await run('archive', [file])
    expect(again).toEqual(refused(/archive\.zip 已经有了/))
    expect(oneLine(again)).toBe(true)
    expect(await run('archive', [join(dir, 'no', 'where.zip')])).toEqual(refused(/ENOENT/))
  })

  it('purge: only what was archived as it is, only with --yes, only without a running program', async () => {
    await withStore(async (store) => {
      await filled(store)
      expect(await run('purge', ['--campaign', '2022', '--yes'])).toEqual(refused(/正由另一个运行中的程序使用/))
    })
    const before = await withStore((store) => contentsOf(store))
    expect(await run('purge', ['--campaign', '2022', '--yes'])).toEqual(refused(/^活动“2022”还没有归档/))
    expect(await run('archive', [join(dir, 'first.zip')])).toMatchObject({ code: 0, stderr: '' })
    const changed = (note: string) => ({ put: ['scorecard', '2022', 'b9', 'deciding'], value: { note } })
    await withStore((store) => store.commit([changed('later')]))
    expect(await run('purge', ['--campaign', '2022', '--yes'])).toEqual(refused(/^活动“2022”归档.*之后又有改动/))
    await withStore((store) => store.commit([{ delete: ['scorecard', '2022', 'b9', 'deciding'] }]))
    expect(await run('purge', ['--campaign', '2022'])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^将清除活动“2022”的\d+条记录.*请加 --yes。\n$/),
    })
    const unknown = await run('purge', ['--campaign', '2031', '--yes'])
    expect(unknown).toEqual(refused(/^没有活动“2031”/))
    expect(oneLine(unknown)).toBe(true)
    expect(await run('purge', ['--yes'])).toEqual(refused(/^用法：/))
    const mark = '["archive-mark","2022"]'
    expect((await withStore((store) => contentsOf(store))).filter(([key]) => key !== mark)).toEqual(before)

    expect(await run('purge', ['--campaign', '2022', '--yes'])).toMatchObject({ code: 0, stderr: '' })
    for (const name of await readdir(join(dir, 'data'))) {
      const bytes = await readFile(join(dir, 'data', name))
      for (const secret of secrets) expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false)
    }
    expect(await run('verify')).toMatchObject({ code: 0 })
    expect(await run('purge', ['--campaign', '2022', '--yes'])).toEqual({
      code: 0,
      stdout: '活动“2022”已经清除过，没有剩下什么。\n',
      stderr: '',
    })
  })
})

describeWith('redis-server', 'on Redis', () => {
  let server: Awaited<ReturnType<typeof startRedis>>
  let store: Store
  beforeEach(async () => {
    server = await startRedis()
    store = await openRedis(server.url, 'dangjian')
    env['REDIS_URL'] = server.url
  })
  afterEach(async () => {
    await store.close()
    await server.stop()
  })

  it('import and purge are refused while a program runs; verify, export and purge do as on the embedded store', async () => {
    await filled(store)
    const out = join(dir, 'out')
    // As if it were renewed all the while.
    await lease(store, instanceLease('abcd'), { owner: 'abcd', now: Date.now() + 600_000 })
    expect(await run('verify')).toMatchObject({ code: 0 })
    expect(await run('export', [out])).toMatchObject({ code: 0 })
    expect(await run('purge', ['--campaign', '2022', '--yes'])).toEqual(refused(/^REDIS_URL：有程序正在使用/))
    expect(await run('import', [out], { REDIS_PREFIX: 'dangjian' })).toEqual(refused(/^REDIS_URL：有程序正在使用/))
    await store.commit([{ delete: ['lease', instanceLease('abcd')] }])
    expect(await run('import', [out], { REDIS_PREFIX: 'other' })).toMatchObject({ code: 0 })
    expect(await run('purge', ['--campaign', '2022', '--yes', '--without-archive'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('BGREWRITEAOF'),
    })
    const left = JSON.stringify(await contentsOf(store))
    for (const secret of secrets) expect(left).not.toContain(secret)
    expect(await run('verify')).toMatchObject({ code: 0 })
    expect(await run('verify', [], { REDIS_PREFIX: 'other' })).toMatchObject({ code: 0 })
  })

  it('wrong keys end the command, though the connection is open', async () => {
    await filled(store, keys)
    expect(await run('verify', [], { DATA_KEY: base64(randomBytes(32)) })).toEqual(refused(/^DATA_KEY：/))
    expect(await run('verify')).toEqual(refused(/^DATA_KEY：/))
  })
})

describe('doctor', () => {
  it('says of the store what to do, a line each, and ends with 1', async () => {
    await withStore((store) => filled(store, keys))
    const { code, stdout } = await run('doctor', [], { DATA_KEY: base64(randomBytes(32)) })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^有问题　存储：DATA_KEY：/m)
    const right = await run('doctor', [], { DATA_KEY: base64(keys.key) })
    expect(right.stdout).toMatch(/^正常　存储：可以读取$/m)
    expect(right.stdout).toMatch(/^正常　名册：有账号的\d+人$/m)
    expect(right.code).toBe(1)
  })

  it('tells a certificate, a proxy and the network apart', async () => {
    const server = createServer(selfSigned, (_, answer) => answer.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const safe = `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
    const proxy = await startProxy({ login: 'wang:geheim' })
    const wrong = proxy.url.replace('geheim', 'falsch')
    await writeFile(join(dir, 'ca.pem'), selfSigned.cert)
    const said = async (more: { [name: string]: string }): Promise<string> =>
      (await run('doctor', [], { WECOM_API_BASE: safe, ...more })).stdout
    expect(await said({ WECOM_API_BASE: `http://127.0.0.1:${await freePort()}` })).toMatch(
      /^有问题　网络：连不上 http:\/\/127\.0\.0\.1:\d+（ECONNREFUSED）/m,
    )
    expect(await said({})).toMatch(/^有问题　证书：.*DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS$/m)
    expect(await said({ HTTPS_PROXY: 'http://127.0.0.1:9' })).toMatch(/^有问题　代理：经 .*ECONNREFUSED/m)
    expect(await said({ HTTPS_PROXY: wrong })).toMatch(/^有问题　代理：.*拒绝了请求（407）/m)
    const right = await said({ HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: join(dir, 'ca.pem') })
    expect(right).toMatch(/^正常　时钟：与平台相差不到1分钟$/m)
    expect(right).not.toContain('geheim')
    await proxy.stop()
    server.closeAllConnections()
    server.close()
  })
})
