import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadEnvironment, readConfig } from '../config.ts'
import { crashYear } from './crash-run.ts'
import { runCommand } from './run-command.ts'

/**
 * `npm run crash-year -- [--kills 1000] [--branches 40] [--redis redis://… --instances 2]`: prints what came of it as one JSON line;
 * ends with 1 where anything was lost, doubled or unexpected. With Redis below a prefix of its own.
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
  const folder = await mkdtemp(join(tmpdir(), 'crash-year-'))
  const { figures, problems } = await crashYear({
    program: [fileURLToPath(new URL('./crashed-program.js', import.meta.url))],
    place: values.redis === undefined ? { folder } : { redis: values.redis, prefix: `crash-year-${process.pid}` },
    instances: Number(values.instances),
    kills: Number(values.kills),
    branches: Number(values.branches),
    campaign: readConfig(loadEnvironment()).campaignFile,
  })
  await rm(folder, { recursive: true })
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.stdout.write(`${JSON.stringify(figures)}\n`)
  return problems.length + figures.left === 0 ? 0 : 1
}

await runCommand(main)
