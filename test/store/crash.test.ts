import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openRedis } from '../../src/store/redis.ts'
import { all, type Store, StoreUnavailable } from '../../src/store/store.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { describeWith } from '../support/tools.ts'

/** How often each program is killed. `CRASH_ROUNDS=1000` makes it more. */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 20)
const patience = rounds * 10_000

describe('kill -9 of the program, embedded store', () => {
  const dir = mkdtempSync(join(tmpdir(), 'crash-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  it('loses nothing acknowledged, leaves no half commit, and starts again at once', { timeout: patience }, () =>
    killOften('embedded', dir, () => openEmbedded(dir, { kind: 'platform' })),
  )
})

describeWith('redis-server', 'kill -9, Redis', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  it('of the program loses nothing acknowledged and leaves no half commit', { timeout: patience }, () =>
    killOften('redis', server.url, () => openRedis(server.url, 'numbering')),
  )

  it('of Redis itself loses nothing acknowledged; the program goes on by itself', { timeout: patience }, async () => {
    const store = await openRedis(server.url, 'server-killed')
    const acknowledged = new Set<string>()
    let refused = 0
    let next = 0
    let ended = false
    const write = async (): Promise<void> => {
      while (!ended) {
        const n = String(next++)
        try {
          if (await store.commit(halves(n))) acknowledged.add(n)
          else refused++
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) throw error
        }
      }
    }
    const writers = Array.from({ length: 8 }, write)
    for (let round = 0; round < rounds; round++) {
      const target = acknowledged.size + 1 + Math.floor(Math.random() * 100)
      while (acknowledged.size < target) await new Promise((resolve) => setTimeout(resolve, 1))
      await server.kill()
      await server.start()
    }
    ended = true
    await Promise.all(writers)
    await expectWhole(store, acknowledged)
    expect(refused, 'its own commit taken for somebody else’s').toBe(0)
    await store.close()
  })
})

const halves = (n: string) => [
  { put: ['left', n], value: n, if: 'absent' },
  { put: ['right', n], value: n, if: 'absent' },
]

/** Kills the program again and again at random during its commits, and checks each time what is left. */
async function killOften(engine: string, place: string, reopen: () => Promise<Store>): Promise<void> {
  const acknowledged = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    const printed = await killedAfter(1 + Math.floor(Math.random() * 300), engine, place, round * 1_000_000)
    expect(printed.length).toBeGreaterThan(0)
    for (const line of printed) acknowledged.add(line)
    const store = await reopen()
    await expectWhole(store, acknowledged)
    await store.close()
  }
}

/** The lines that the program printed until its death: it gets kill -9 after this many acknowledgements. */
async function killedAfter(acknowledgements: number, engine: string, place: string, first: number): Promise<string[]> {
  const program = join(import.meta.dirname, 'numbering.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', program, engine, place, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (text: Buffer) => {
    output += text.toString()
    if (output.split('\n').length > acknowledgements) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
  return output.split('\n').slice(0, -1)
}

async function expectWhole(store: Store, acknowledged: ReadonlySet<string>): Promise<void> {
  const left = new Set<unknown>()
  const right = new Set<unknown>()
  for await (const { value } of all(store, ['left'])) left.add(value)
  for await (const { value } of all(store, ['right'])) right.add(value)
  expect(
    [...acknowledged].filter((n) => !left.has(n) || !right.has(n)),
    'acknowledged, and lost',
  ).toEqual([])
  expect(
    [...left, ...right].filter((n) => left.has(n) !== right.has(n)),
    'half a commit',
  ).toEqual([])
}
