import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadEnvironment, readConfig } from '../config.ts'
import { crashYear, type Figures } from '../crash/crash-run.ts'
import type { Place } from '../crash/crashed-program.ts'
import { runCommand } from './run-command.ts'

/**
 * `npm run crash-year -- [--kills 1000] [--branches 40] [--redis redis://… --instances 2]`: years, until the program was killed so often;
 * prints what came of it as one JSON line; ends with 1 where anything was lost, doubled or unexpected. With Redis below prefixes of its own.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '1000' },
      branches: { type: 'string', default: '40' },
      redis: { type: 'string' },
      instances: { type: 'string', default: '1' },
    },
  })
  const { campaignFile: campaign } = readConfig(loadEnvironment())
  const wanted = Number(values.kills)
  const problems: string[] = []
  let total: Figures | undefined
  for (let year = 1; !total || total.kills < wanted; year++) {
    const folder = await mkdtemp(join(tmpdir(), 'crash-year-'))
    const place: Place =
      values.redis === undefined ? { folder } : { redis: values.redis, prefix: `crash-year-${process.pid}-${year}` }
    const { figures, problems: found } = await crashYear({
      program: [fileURLToPath(new URL('../crash/crashed-program.js', import.meta.url))],
      place,
      instances: Number(values.instances),
      kills: wanted - (total?.kills ?? 0),
      branches: Number(values.branches),
      campaign,
    })
    await rm(folder, { recursive: true })
    problems.push(...found)
    total = total ? sum(total, figures) : figures
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.stdout.write(`${JSON.stringify(total)}\n`)
  return problems.length + total.left === 0 ? 0 : 1
}

const happened = ['kills', 'standstills', 'days', 'messages', 'seconds'] as const
const judged = ['lost', 'unexpected', 'doubledToPeople', 'doubledToGroups', 'left', 'violations'] as const
const sum = (one: Figures, other: Figures): Figures => ({
  ...one,
  ...Object.fromEntries([...happened, ...judged].map((name) => [name, one[name] + other[name]])),
})

await runCommand(main)
