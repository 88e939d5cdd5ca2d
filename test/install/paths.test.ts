import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { freePort } from '../../src/bench/free-port.ts'
import { describeWith } from '../support/tools.ts'
import { folderWith, ran, removed, started } from './checkout.ts'

/** The ways to install in docs/install.md, as far as a machine can follow them without Docker and without systemd's own folder. */
const realPlatform = {
  DINGTALK_CLIENT_ID: 'dingnobody',
  DINGTALK_CLIENT_SECRET: 'secret',
  DINGTALK_API_BASE: 'http://127.0.0.1:9',
  DINGTALK_OAPI_BASE: 'http://127.0.0.1:9',
}
let checkout = ''
let built: { code: number; output: string }
beforeAll(async () => {
  checkout = await folderWith()
  built = await ran(checkout, 'npm', 'run', 'build')
}, 240_000)
afterAll(() => removed(checkout))

describe('npm ci && npm start', () => {
  it('opens the simulator at the address that it prints', async () => {
    const PORT = String(await freePort())
    const program = await started(checkout, ['npm', 'start'], { PORT })
    try {
      await expect.poll(() => program.output()).toContain(`http://127.0.0.1:${PORT}`)
      expect(await (await fetch(program.url)).text()).toContain('党建助手')
    } finally {
      await program.stop()
    }
  })

  it('npm run build makes what the service starts', async () => {
    expect(built).toMatchObject({ code: 0 })
    const program = await started(checkout, ['node', 'dist/src/main.js'], {
      ...realPlatform,
      PORT: String(await freePort()),
      DATA_DIR: join(checkout, 'service'),
      NODE_ENV: 'production',
    })
    await program.stop()
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile('package.json', 'utf8')))
    expect(program.output()).toContain(`"version":"${version}"`)
    expect(program.output()).not.toContain('"level":60')
  })
})

const dockerfile = (await readFile('Dockerfile', 'utf8')).replaceAll('\\\n', ' ')
const stages = dockerfile.split(/^FROM /m).slice(1)
const final = stages.at(-1) ?? ''

describe('Dockerfile', () => {
  it('builds in one stage and runs in another, on Node 24, without root, and says whether it is well', () => {
    expect(stages.map((stage) => stage.split(/\s/)[0])).toEqual(['node:24-bookworm-slim', 'node:24-bookworm-slim'])
    expect(final).toMatch(/^USER node$/m)
    expect(final).toMatch(/^HEALTHCHECK .*CMD \[/m)
    expect(final).not.toMatch(/COPY .*\.env|DATA_KEY/)
  })

  it('what it copies is all that the program needs, dashboard and simulator too', async () => {
    const copied = [...final.matchAll(/^COPY (?:--from=build \/app\/)?(.+) \S+$/gm)].flatMap(([, what = '']) =>
      what.split(' '),
    )
    const image = await folderWith(copied, checkout)
    const healthcheck = z.array(z.string()).parse(JSON.parse(/CMD (\["node", "-e".*\])$/m.exec(final)?.[1] ?? '[]'))
    const start = z.tuple([z.string()], z.string()).parse(JSON.parse(/^CMD (\[.*\])$/m.exec(final)?.[1] ?? '[]'))
    for (const platform of [{}, { ...realPlatform, PUBLIC_URL: 'https://bot.example.edu.cn' }]) {
      const PORT = String(await freePort())
      const env = { ...platform, PORT, DATA_DIR: join(image, `data-${PORT}`), NODE_ENV: 'production' }
      const program = await started(image, start, env)
      try {
        const page = await fetch(`${program.url}${'PUBLIC_URL' in platform ? '/login/style.css' : '/'}`)
        expect(page.status).toBe(200)
        const [node = '', flag = '', script = ''] = healthcheck
        expect((await ran(image, 'env', `PORT=${PORT}`, node, flag, script)).code).toBe(0)
      } finally {
        await program.stop()
      }
    }
    await removed(image)
  })

  it('starts with the same flags as every other way', async () => {
    const ways = await Promise.all(
      ['package.json', 'Dockerfile', 'docs/dangjian-bot.service', 'docs/install-windows.md'].map(async (file) => ({
        file,
        line: (await readFile(file, 'utf8'))
          .split('\n')
          .find((line) => /("start":|^CMD|^ExecStart=|<arguments>)/.test(line)),
      })),
    )
    for (const { file, line } of ways) expect(line, file).toContain('--max-semi-space-size=16')
  })

  it('needs no package in production that npm ci --omit=dev leaves out', async () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile('package.json', 'utf8')))
    const pattern = `^(import|export)\\b.* from '[^.'][^']*'|import\\('[^.'][^']*'\\)`
    // The benchmark makes its college with a package of the tests.
    const { output } = await ran(
      checkout,
      ...(['grep', '-rhoE', pattern, 'dist', '--include=*.js', '--exclude-dir=bench'] as const),
    )
    const imported = new Set(
      [...output.matchAll(/'([^']+)'/g)]
        .map(([, name = '']) => name)
        .filter((name) => !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        ),
    )
    expect(imported.size).toBeGreaterThan(10)
    expect([...imported].filter((name) => dependencies[name] === undefined)).toEqual([])
  })
})

const Service = z.looseObject({
  image: z.string().optional(),
  build: z.string().optional(),
  command: z.string().optional(),
  profiles: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  restart: z.literal('unless-stopped'),
})
const Compose = z.object({
  services: z.record(z.enum(['bot', 'redis', 'caddy']), Service),
  volumes: z.record(z.string(), z.null()),
})

describe('compose.yaml', () => {
  it('keeps every record on a volume, the root read-only, Redis durable, and TLS in front', async () => {
    const { services, volumes } = Compose.parse(parse(await readFile('compose.yaml', 'utf8')))
    const { bot, redis, caddy } = services
    expect(bot).toMatchObject({ read_only: true, cap_drop: ['ALL'], build: '.' })
    expect(bot.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)])
    expect(redis.profiles).toEqual(['redis'])
    expect(redis.command).toMatch(/--appendonly yes --appendfsync always --maxmemory-policy noeviction/)
    expect(caddy.profiles).toEqual(['https'])
    expect(caddy.command).toMatch(/reverse-proxy .*--to bot:3000$/)
    for (const { volumes: used } of [bot, redis, caddy])
      expect(used.some((volume) => Object.keys(volumes).includes(volume.split(':')[0] ?? ''))).toBe(true)
  })

  describeWith('redis-server', 'the Redis of the profile', () => {
    it('takes every option of its command', async () => {
      const { services } = Compose.parse(parse(await readFile('compose.yaml', 'utf8')))
      const [, ...options] = (services.redis.command ?? '').split(' ')
      const port = String(await freePort())
      const quick = [...options, '--port', port, '--dir', checkout, '--daemonize', 'no']
      const server = ran(checkout, 'timeout', '2', 'redis-server', ...quick)
      expect((await server).output).toContain('Ready to accept connections')
    })
  })
})

describeWith('systemd-analyze', 'the systemd unit', () => {
  it('is verified, and exposes little', async () => {
    const unit = 'docs/dangjian-bot.service'
    expect((await ran('.', 'systemd-analyze', 'security', '--offline=yes', unit)).output).toMatch(
      /Overall exposure level for dangjian-bot\.service: [01]\.\d OK/,
    )
    const { output } = await ran('.', 'systemd-analyze', 'verify', unit)
    // What the machine lacks (its node, the network unit) is no fault of the unit file.
    expect(output.split('\n').filter((line) => /dangjian-bot\.service:\d+:/.test(line))).toEqual([])
  })
})
