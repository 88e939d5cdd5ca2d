import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Crashes, crashYear } from '../../src/crash/crash-run.ts'
import { compiled } from '../support/compiled.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { describeWith } from '../support/tools.ts'

const timeout = 900_000
let sources: Awaited<ReturnType<typeof compiled>>
beforeAll(async () => {
  sources = await compiled()
}, 120_000)
afterAll(() => sources.remove())

/** Plays the year and checks everything that arrived. */
async function expectExact(crashes: Omit<Crashes, 'program' | 'campaign' | 'branches'>): Promise<void> {
  const program = [sources.file('src/crash/crashed-program.ts')]
  const { figures, problems } = await crashYear({
    ...crashes,
    program,
    branches: 8,
    campaign: 'campaigns/2022/campaign.yaml',
  })
  expect(problems).toEqual([])
  expect(figures).toMatchObject({ lost: 0, unexpected: 0, doubledToPeople: 0, left: 0, violations: 0 })
  expect(figures.kills).toBeGreaterThanOrEqual(crashes.kills)
  // The message on its way may come twice, because the platform does not recognise repeats.
  expect(figures.doubledToGroups).toBeLessThanOrEqual(figures.kills)
}

describe('kill -9 at any moment of a year: everybody gets every reminder, once', () => {
  it('from the embedded store, in a year', { timeout }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crash-year-'))
    await expectExact({ place: { folder }, instances: 1, kills: 44 })
    rmSync(folder, { recursive: true })
  })

  describeWith('redis-server', 'from Redis', () => {
    let server: RedisServer
    beforeAll(async () => {
      server = await startRedis()
    })
    afterAll(() => server.stop())

    it('with two instances, in spring', { timeout }, () =>
      expectExact({
        place: { redis: server.url, prefix: 'two' },
        instances: 2,
        kills: 34,
        from: '2022-04-02',
        to: '2022-06-10',
      }),
    )
    it('with five instances, in summer', { timeout }, () =>
      expectExact({
        place: { redis: server.url, prefix: 'five' },
        instances: 5,
        kills: 24,
        from: '2022-07-20',
        to: '2022-09-30',
      }),
    )
  })
})
