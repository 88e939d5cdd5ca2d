import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type CallbackLoad, callbackFigures } from '../bench/callbacks.ts'
import { campaignFile, help, sampleRoster, scoring } from '../bench/college.ts'
import { commitFigure } from '../bench/commits.ts'
import { dueFigure } from '../bench/due.ts'
import type { Line } from '../bench/line.ts'
import { readerFigures, readersOf } from '../bench/readers.ts'
import { startRedis } from '../bench/redis.ts'
import { rehearsalFigure } from '../bench/rehearsals.ts'
import { namesOf } from '../campaign/roster/branch-names.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { openEmbedded } from '../store/embedded.ts'
import { openRedis } from '../store/redis.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { command } from './run-command.ts'

/** How much of everything: as the figures are meant, and `--quick`, to see that the bench works. */
const full = { people: 10_000, branches: [40, 400, 4000], commits: 8000, rounds: 5, callbacks: 6000 }
const quick: typeof full = { people: 100, branches: [8, 16], commits: 64, rounds: 1, callbacks: 64 }

const print = (line: Line): boolean => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Stores lie in a folder of DATA_DIR, on the disk that the program would use, and are removed. */
const declared = {
  name: 'bench',
  about: '测性能，每行一个 JSON。在 DATA_DIR 里用临时的存储，不碰已有的数据。',
  wants: [],
  options: { quick: { type: 'boolean', about: '只试跑一遍，数字没有意义' } },
} as const

await command(declared, async ({ values }) => {
  const { dataDir } = readConfig(loadEnvironment())
  await mkdir(dataDir, { recursive: true })
  const folder = await mkdtemp(resolve(dataDir, 'bench-'))
  const redis = await startRedis(join(folder, 'redis'))
  try {
    await run(values.quick ? quick : full, folder, redis?.url)
  } finally {
    await redis?.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function run(size: typeof full, folder: string, redisUrl: string | undefined): Promise<void> {
  const campaign = await loadCampaign(campaignFile)
  const embedded = (name: string) => openEmbedded(join(folder, name), { kind: 'platform' })
  const due = await embedded('due')
  print(await dueFigure(due, campaign, size.people))
  await due.close()
  for (const branches of size.branches) print(rehearsalFigure(campaign, branches))

  for (const [engine, store] of [
    ['embedded', await embedded('commits')] as const,
    ...(redisUrl === undefined ? [] : [['redis', await openRedis(redisUrl, 'commits')] as const]),
  ]) {
    print(await commitFigure(engine, store, size.commits))
    await store.close()
  }

  const roster = await sampleRoster()
  const names = namesOf(roster)
  for (const line of readerFigures(readersOf(campaign, names, names.slice(0, 3)), size.rounds)) print(line)
  const loads: Pick<CallbackLoad, 'engine' | 'said' | 'redisUrl'>[] = [
    { engine: 'embedded', said: scoring(roster) },
    { engine: 'embedded', said: help(roster) },
    ...(redisUrl === undefined ? [] : [{ engine: 'redis', said: scoring(roster), redisUrl } as const]),
  ]
  for (const one of loads) {
    const own = await mkdtemp(join(folder, 'callbacks-'))
    const lines = await callbackFigures({ ...one, rounds: size.rounds, count: size.callbacks, folder: own })
    for (const line of lines) print(line)
  }
}
