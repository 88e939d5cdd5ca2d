import { join, resolve } from 'node:path'
import { type Credentials, randomCredentials } from '../platforms/simulator/peer.ts'
import { type Child, startChild } from './child.ts'
import { agreeableApi, callbacks, campaignFile, rosterFile, type Said } from './college.ts'
import { figure, type Line, rounded } from './line.ts'
import { load, median, type Round } from './load.ts'

export type CallbackLoad = {
  engine: 'embedded' | 'redis'
  /** Without it the program keeps its embedded store in `folder`. */
  redisUrl?: string
  said: readonly Said[]
  rounds: number
  /** Callbacks a round. */
  count: number
  folder: string
}

const connections = 32

/**
 * Durable text callbacks, against a server that only verifies, decrypts and answers (`bare-server.ts`), and the program's memory.
 *
 * The built program runs as `npm start` runs it: real route, encryption, handlers and durable commits, with settings of its own. Load,
 * program and bare server are three processes; program and bare server take turns, a round each, and of every figure the median of the
 * rounds counts, so that a machine that is slower for a while is so for both. A first round, which is not counted, warms both up.
 * Answers are delivered meanwhile, to an API that says yes to everything: the first thirty of each person in that first round, after it
 * thirty a minute each, as WeCom allows; the rest stays in the outbox, which grows. A callback counts when its 200 is there.
 */
export async function callbackFigures(wanted: CallbackLoad): Promise<Line[]> {
  const { engine, said, folder, redisUrl } = wanted
  const credentials = randomCredentials()
  const api = await agreeableApi()
  const bare = await startChild('bench/bare-server', {
    args: [credentials.token, credentials.encodingAesKey],
    cwd: folder,
  })
  const program = await startChild('main', { env: settings(credentials, api.base, folder, redisUrl), cwd: folder })
  try {
    const restMb = await residentMb(program)
    const { ours, theirs } = await alternate(wanted, credentials, program, bare)
    const [perSecond, barePerSecond] = [ours, theirs].map((all) => median(all.map((one) => one.perSecond)))
    return [
      figure('callbacks', {
        engine,
        text: said[0]?.text ?? '',
        people: said.length,
        connections,
        perSecond: rounded(perSecond),
        p50Ms: rounded(median(ours.map(({ p50 }) => p50))),
        p99Ms: rounded(median(ours.map(({ p99 }) => p99))),
        barePerSecond: rounded(barePerSecond),
        bareP99Ms: rounded(median(theirs.map(({ p99 }) => p99))),
        ratio: rounded((perSecond ?? 0) / (barePerSecond ?? 1)),
      }),
      figure('memory', { engine, restMb: rounded(restMb), loadMb: rounded(await residentMb(program)) }),
    ]
  } finally {
    await program.stop()
    await bare.stop()
    api.close()
  }
}

/** The bare server gets everything three times over, so that its rounds are not over too soon: it knows no repeats. */
async function alternate(
  { said, rounds, count }: CallbackLoad,
  credentials: Credentials,
  program: Child,
  bare: Child,
): Promise<{ ours: Round[]; theirs: Round[] }> {
  const ours: Round[] = []
  const theirs: Round[] = []
  for (let round = 0; round <= rounds; round++) {
    const requests = callbacks(credentials, said, count)
    const mine = await load(program.port, requests, connections)
    const other = await load(bare.port, [...requests, ...requests, ...requests], connections)
    if (round === 0) continue
    ours.push(mine)
    theirs.push(other)
  }
  return { ours, theirs }
}

const settings = (credentials: Credentials, apiBase: string, folder: string, redisUrl: string | undefined) => ({
  PORT: '0',
  DATA_DIR: join(folder, 'data'),
  CAMPAIGN_FILE: resolve(campaignFile),
  ROSTER_FILE: resolve(rosterFile),
  // Before the push time, so that nothing but answers goes out.
  CLOCK_START: '2022-04-18T06:00:00+08:00',
  WECOM_CORP_ID: credentials.corpId,
  WECOM_AGENT_ID: String(credentials.agentId),
  WECOM_SECRET: credentials.secret,
  WECOM_TOKEN: credentials.token,
  WECOM_ENCODING_AES_KEY: credentials.encodingAesKey,
  WECOM_API_BASE: apiBase,
  ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
})

/** Resident memory, as the program itself tells it. */
async function residentMb({ port }: Child): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\d{1,16})/m.exec(text)?.[1]) / 2 ** 20
}
