import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadEnvironment, readConfig } from '../config.ts'
import { crashYear, type Figures } from '../crash/crash-run.ts'
import type { Place } from '../crash/crashed-program.ts'
import { stopped } from '../errors.ts'
import { command, countOf } from './run-command.ts'

const declared = {
  name: 'crash-year',
  about: '一年又一年地运行并反复强行终止程序，看有没有丢失或重复的消息；结果是一行 JSON，有问题退出码是1。',
  wants: [],
  options: {
    kills: { type: 'string', value: '次数', default: '1000', about: '一共终止多少次，默认1000' },
    branches: { type: 'string', value: '数量', default: '40', about: '多少个支部，默认40' },
    redis: { type: 'string', value: '地址', about: '用这个 Redis（自己的前缀），默认用内嵌的存储' },
    instances: { type: 'string', value: '数量', default: '1', about: '同时运行几个程序（要有 Redis），默认1' },
  },
} as const

const happened = ['kills', 'standstills', 'days', 'messages', 'seconds'] as const
const judged = ['lost', 'unexpected', 'doubledToPeople', 'doubledToGroups', 'left', 'violations'] as const
const sum = (one: Figures, other: Figures): Figures => ({
  ...one,
  ...Object.fromEntries([...happened, ...judged].map((name) => [name, one[name] + other[name]])),
})

await command(declared, async ({ values }) => {
  const wanted = countOf(values.kills, 'kills')
  const branches = countOf(values.branches, 'branches')
  const instances = countOf(values.instances, 'instances')
  if (instances > 1 && values.redis === undefined) throw stopped('instances-need-redis', {})
  const { campaignFile: campaign } = readConfig(loadEnvironment())
  const problems: string[] = []
  let total: Figures | undefined
  for (let year = 1; !total || total.kills < wanted; year++) {
    const folder = await mkdtemp(join(tmpdir(), 'crash-year-'))
    const place: Place =
      values.redis === undefined ? { folder } : { redis: values.redis, prefix: `crash-year-${process.pid}-${year}` }
    const { figures, problems: found } = await crashYear({
      program: [fileURLToPath(new URL('../crash/crashed-program.js', import.meta.url))],
      place,
      instances,
      kills: wanted - (total?.kills ?? 0),
      branches,
      campaign,
    })
    await rm(folder, { recursive: true })
    problems.push(...found)
    total = total ? sum(total, figures) : figures
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.stdout.write(`${JSON.stringify(total)}\n`)
  return problems.length + total.left === 0 ? 0 : 1
})
