import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { callbackFigures } from '../bench/callbacks.ts'
import { campaignFile, help, sampleRoster, scoring } from '../bench/college.ts'
import { commitFigure } from '../bench/commits.ts'
import { dueFigure } from '../bench/due.ts'
import { goalLines } from '../bench/goals.ts'
import type { Line } from '../bench/line.ts'
import { peerFigure } from '../bench/peers.ts'
import { provinceFigure } from '../bench/province.ts'
import { readerFigures, readersOf } from '../bench/readers.ts'
import { startRedis } from '../bench/redis.ts'
import { rehearsalFigure } from '../bench/rehearsals.ts'
import { scaleOutFigure } from '../bench/scale-out.ts'
import { startFigure } from '../bench/start.ts'
import { namesOf } from '../campaign/roster/branch-names.ts'
import type { Roster } from '../campaign/roster/roster.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { generatedCollege } from '../crash/generated-college.ts'
import { openEmbedded } from '../store/embedded.ts'
import { openRedis } from '../store/redis.ts'
import { keepHeapSmall } from '../wiring/heap.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { command } from './run-command.ts'

/** The sizes of the loads: `full` for the published figures, `--quick` to see that the bench works. */
const full = {
  people: 10_000,
  branches: [40, 400, 4000],
  commits: 8000,
  rounds: 3,
  callbacks: 4800,
  restMs: 60_000,
  records: 60_000,
  province: { colleges: 100, branches: 400 },
}
const quick: typeof full = {
  people: 100,
  branches: [8],
  commits: 64,
  rounds: 1,
  callbacks: 64,
  restMs: 1,
  records: 300,
  province: { colleges: 2, branches: 8 },
}

const printed: Line[] = []
function print(line: Line): void {
  printed.push(line)
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Stores are made in a folder of DATA_DIR, on the disk that the program would use, and removed afterwards. */
const declared = {
  name: 'bench',
  about: '测性能，每行一个 JSON。在 DATA_DIR 里用临时的存储，不碰已有的数据。',
  wants: [],
  options: {
    quick: { type: 'boolean', about: '只试跑一遍，数字没有意义' },
    peers: { type: 'boolean', about: '同时量一个做同样事情的最简程序' },
  },
} as const

await command(declared, async ({ values }) => {
  const { dataDir } = readConfig(loadEnvironment())
  await mkdir(dataDir, { recursive: true })
  const folder = await mkdtemp(resolve(dataDir, 'bench-'))
  const redis = await startRedis(join(folder, 'redis'))
  try {
    const size = values.quick ? quick : full
    await run(size, folder, redis?.url)
    if (values.peers)
      print(await peerFigure(folder, help(generatedCollege(40)), { rounds: size.rounds, count: size.callbacks }))
    for (const line of goalLines(printed, size.branches)) print(line)
  } finally {
    await redis?.stop()
    await rm(folder, { recursive: true, force: true })
  }
})

async function run(size: typeof full, folder: string, redisUrl: string | undefined): Promise<void> {
  const campaign = await loadCampaign(campaignFile)
  const embedded = (name: string) => openEmbedded(join(folder, name), { kind: 'platform' })
  // As in the program.
  const asUsual = keepHeapSmall()
  const due = await embedded('due')
  print(await dueFigure(due, campaign, size.people))
  await due.close()
  asUsual()
  for (const branches of size.branches) print(rehearsalFigure(campaign, branches))

  for (const [engine, store] of [
    ['embedded', await embedded('commits')] as const,
    ...(redisUrl === undefined ? [] : [['redis', await openRedis(redisUrl, 'commits')] as const]),
  ]) {
    print(await commitFigure(engine, store, size.commits))
    await store.close()
  }

  const names = namesOf(await sampleRoster())
  for (const line of readerFigures(readersOf(campaign, names, names.slice(0, 3)), size.rounds)) print(line)
  const own = (): Promise<string> => mkdtemp(join(folder, 'program-'))
  print(await startFigure({ folder: await own() }, campaign, { records: size.records, rounds: size.rounds }))
  for (const load of loadsOf(size, redisUrl)) {
    const { rounds, callbacks: count, restMs } = size
    const lines = await callbackFigures({ ...load, rounds, count, restMs, folder: await own() })
    for (const line of lines) print(line)
  }
  const busy = printed.find((line) => line.figure === 'callbacks' && line['branches'] === size.province.branches)
  print(provinceFigure(campaign, { ...size.province, perSecond: Number(busy?.['perSecond']) }))
  if (redisUrl !== undefined)
    print(await scaleOutFigure({ folder: await own(), redisUrl }, size.rounds, size.callbacks))
}

/** Scorecards and help in colleges of all sizes, and the scorecards of the smallest on Redis. */
function loadsOf({ branches }: typeof full, redisUrl: string | undefined) {
  const colleges = branches.map(generatedCollege)
  const scores = (roster: Roster) => ({ roster, said: scoring(roster), what: 'score card' as const })
  const helps = (roster: Roster) => ({ roster, said: help(roster), what: 'help' as const })
  const onRedis = redisUrl === undefined ? [] : colleges.slice(0, 1).map((roster) => ({ ...scores(roster), redisUrl }))
  return [
    ...colleges
      .flatMap((roster) => [scores(roster), helps(roster)])
      .map((one) => ({ ...one, engine: 'embedded' as const })),
    ...onRedis.map((one) => ({ ...one, engine: 'redis' as const })),
  ]
}
