import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { runningClock } from '../bot/clock.ts'
import type { Imported as Done } from '../bot/roster-import/roster-import.ts'
import { currentRoster } from '../bot/roster-import/roster-import.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import { type Config, loadEnvironment, readConfig } from '../config.ts'
import { stopped } from '../errors.ts'
import type { SentRoster } from '../wiring/commands.ts'
import { askRunning } from '../wiring/control.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { openStore, storeFolder } from '../wiring/open-store.ts'
import { channelsOf } from '../wiring/platforms.ts'
import { takeRoster } from '../wiring/take-roster.ts'
import { command } from './run-command.ts'

const Imported = z.object({
  people: z.number(),
  imported: z.number(),
  problems: z.array(z.string()),
  hints: z.array(z.string()),
  missing: z.array(z.string()),
  absent: z.array(z.string()),
  older: z.boolean(),
  undone: z.string().exactOptional(),
})

const declared = {
  name: 'import-roster',
  about: '导入名册；程序运行时也可以，立即生效。有问题的行逐行指出，导入了任何一行退出码就是0。',
  wants: ['名册.xlsx'],
  options: {
    again: { type: 'boolean', about: '以前用过、已被新名册替换的文件也导入，并说明撤销了什么' },
  },
} as const

await command(declared, async ({ given: [file = ''], values: { again = false } }) => {
  const content = await readFile(file).catch(() => {
    throw stopped('file-unreadable', { file })
  })
  const config = readConfig(loadEnvironment())
  const running = config.redis
    ? undefined
    : await askRunning(
        storeFolder(config),
        'import-roster',
        JSON.stringify({ file: content.toString('base64'), again } satisfies z.infer<typeof SentRoster>),
      )
  const done = running ? Imported.parse(running.value) : await importDirectly(config, { file: content, again })
  if (done.older && done.undone === undefined) {
    process.stdout.write('这份名册以前用过，之后已导入过新的，没有导入。确要改回请加 --again。\n')
    return 1
  }
  for (const line of [...done.problems, ...done.hints]) process.stdout.write(`${line}\n`)
  process.stdout.write(
    `导入${done.imported}行，名册里有账号的${done.people}人${done.problems.length > 0 ? `，有问题${done.problems.length}行` : ''}。\n`,
  )
  if (done.undone !== undefined) process.stdout.write(`${done.undone}\n`)
  if (done.missing.length > 0)
    process.stdout.write(`新名册里没有：${done.missing.join('、')}。组织部回复“确认移除”后生效。\n`)
  if (done.absent.length > 0)
    process.stdout.write(`新名册里没有这些有记录的支部：${done.absent.join('、')}。记录都保留，已请组织部说明去向。\n`)
  return done.imported > 0 ? 0 : 1
})

/** Imports into the store itself. The messages for the organization department wait in the outbox until the program runs. */
async function importDirectly(config: Config, sent: { file: Uint8Array; again: boolean }): Promise<Done> {
  const campaign = await loadCampaign(config.campaignFile)
  const store = await openStore(config)
  try {
    const instance = randomBytes(4).toString('hex')
    const calendar = calendarOf(campaign.calendar.overrides)
    const clock = runningClock(config.clockStart)
    const world = async () => ({
      campaign,
      calendar,
      roster: await currentRoster(store),
      channels: channelsOf(config, store),
      now: clock.now(),
    })
    return (await takeRoster({ store, campaign, world, instance }, sent)).done
  } finally {
    await store.close()
  }
}
