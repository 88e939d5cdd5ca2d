import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { has } from '../support/tools.ts'

const tsx = fileURLToPath(import.meta.resolve('tsx'))
const positive = z.number().positive()
const engine = z.enum(['embedded', 'redis'])
const what = z.enum(['score card', 'help'])
const Line = z.discriminatedUnion('figure', [
  z.strictObject({
    figure: z.literal('due'),
    people: positive,
    seconds: positive,
    pushes: positive,
    firstSeconds: positive,
    minuteMs: positive,
    grownMb: positive,
  }),
  z.strictObject({
    figure: z.literal('rehearsal'),
    branches: positive,
    messages: positive,
    seconds: positive,
    msPerBranch: positive,
  }),
  z.strictObject({ figure: z.literal('commits'), engine, alone: positive, writers: z.literal(32), together: positive }),
  z.strictObject({
    figure: z.literal('callbacks'),
    engine,
    what,
    branches: positive,
    people: positive,
    connections: z.literal(32),
    perSecond: positive,
    p50Ms: positive,
    p99Ms: positive,
    barePerSecond: positive,
    bareP99Ms: positive,
    ratio: positive,
  }),
  z.strictObject({
    figure: z.literal('reader'),
    reader: z.string().min(1),
    characters: z.literal(20_000),
    worstMs: positive,
    shape: z.string().min(1),
  }),
  z.strictObject({
    figure: z.literal('memory'),
    engine,
    what,
    branches: positive,
    restMb: positive,
    loadMb: positive,
  }),
  z.strictObject({ figure: z.literal('start'), engine, records: positive, seconds: positive }),
  z.strictObject({
    figure: z.literal('scale-out'),
    engine,
    cores: positive,
    one: positive,
    two: positive,
    times: positive,
  }),
  z.strictObject({
    figure: z.literal('province'),
    colleges: positive,
    branches: positive,
    messages: positive,
    messagesOnBusiestDay: positive,
    turnsOnBusiestDay: positive,
    coreMinutesOnBusiestDay: positive,
    simulatedInSeconds: positive,
  }),
  z.strictObject({ figure: z.literal('peer'), peer: z.string().min(1), perSecond: positive, ratio: positive }),
  z.strictObject({
    figure: z.literal('goal'),
    goal: z.string().min(1),
    wanted: z.string().min(1),
    measured: z.number(),
    holds: z.enum(['yes', 'no']),
  }),
])

describe('npm run bench, with next to no load', () => {
  let folder = ''
  let stdout = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-'))
    const args = ['--import', tsx, 'src/cli/bench.ts', '--quick', '--peers']
    const run = await promisify(execFile)(process.execPath, args, { env: { ...process.env, DATA_DIR: folder } })
    stdout = run.stdout
  }, 400_000)
  afterAll(() => rm(folder, { recursive: true }))

  it('says every figure, each in a line of JSON, for the engines that this machine has', () => {
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)))
    const said = lines.map((line) => ('engine' in line ? `${line.figure} ${line.engine}` : line.figure))
    const redis = has('redis-server') ? ['commits redis', 'callbacks redis', 'memory redis', 'scale-out redis'] : []
    const expected = [
      'due',
      'rehearsal',
      'reader',
      'commits embedded',
      'callbacks embedded',
      'memory embedded',
      'start embedded',
      'province',
      'peer',
      'goal',
      ...redis,
    ]
    expect(new Set(said)).toEqual(new Set(expected))
  })

  it('says of each goal whether it holds', () => {
    const goals = stdout.split('\n').flatMap((line) => (line.includes('"goal"') ? [Line.parse(JSON.parse(line))] : []))
    expect(goals.length).toBeGreaterThanOrEqual(11)
  })

  it('leaves nothing in DATA_DIR', async () => {
    expect(await readdir(folder)).toEqual([])
  })
})
