import type { Roster } from '../campaign/roster/roster.ts'
import type { Credentials } from '../platforms/simulator/peer.ts'
import { type Child, startChild } from './child.ts'
import { callbacks, type Said } from './college.ts'
import { figure, type Line, rounded } from './line.ts'
import { load, median, type Round } from './load.ts'
import { programOn, residentMb } from './program.ts'

export type CallbackLoad = {
  engine: 'embedded' | 'redis'
  /** Without it the program keeps its embedded store in `folder`. */
  redisUrl?: string
  roster: Roster
  /** What is said, and its name among the figures. */
  said: readonly Said[]
  what: 'score card' | 'help'
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
  const { engine, said, what, folder, roster } = wanted
  const { credentials, start, close } = await programOn(wanted, roster)
  const bare = await startChild('bench/bare-server', {
    args: [credentials.token, credentials.encodingAesKey],
    cwd: folder,
  })
  const program = await start()
  try {
    const restMb = await residentMb(program)
    const { ours, theirs } = await alternate(wanted, credentials, { program, bare })
    const [perSecond, barePerSecond] = [ours, theirs].map((all) => median(all.map((one) => one.perSecond)))
    return [
      figure('callbacks', {
        engine,
        what,
        branches: roster.branches.length,
        people: said.length,
        connections,
        perSecond: rounded(perSecond),
        p50Ms: rounded(median(ours.map(({ p50 }) => p50))),
        p99Ms: rounded(median(ours.map(({ p99 }) => p99))),
        barePerSecond: rounded(barePerSecond),
        bareP99Ms: rounded(median(theirs.map(({ p99 }) => p99))),
        ratio: rounded((perSecond ?? 0) / (barePerSecond ?? 1)),
      }),
      figure('memory', {
        engine,
        what,
        branches: roster.branches.length,
        restMb: rounded(restMb),
        loadMb: rounded(await residentMb(program)),
      }),
    ]
  } finally {
    await program.stop()
    await bare.stop()
    close()
  }
}

/** The bare server gets everything three times over, so that its rounds are not over too soon: it knows no repeats. */
async function alternate(
  { said, rounds, count }: CallbackLoad,
  credentials: Credentials,
  { program, bare }: { program: Child; bare: Child },
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
