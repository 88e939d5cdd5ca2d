import { setTimeout } from 'node:timers/promises'
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
  /** The texts to send, and their name among the figures. */
  said: readonly Said[]
  what: 'score card' | 'help'
  rounds: number
  /** The number of callbacks in a round. */
  count: number
  /** How long the started program is left alone before its memory at rest is read. Node gives back what the start took after half a minute. */
  restMs: number
  folder: string
}

const connections = 32

/**
 * Measures durable text callbacks against a server that only verifies, decrypts and answers (`bare-server.ts`), and the program's memory.
 * The built program runs as `npm start` runs it, with real route, encryption, handlers and durable commits, and with settings of its own.
 * The load, the program and the bare server are three processes. Program and bare server take turns, one round each, and the median of the
 * rounds counts for each figure; so if the machine is slow for a while, it is slow for both. A first round, which is not counted, warms
 * both up.
 * Meanwhile answers are delivered to an API that accepts everything: in the first round the first thirty of each person, later thirty a
 * minute for each person, as WeCom allows. The rest stays in the outbox, which grows. A callback counts when its 200 has arrived.
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
    await setTimeout(wanted.restMs)
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

/** The bare server gets everything three times, so that its rounds last long enough. It does not recognise repeats. */
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
