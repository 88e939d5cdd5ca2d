import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { importRoster } from '../bot/roster/roster-import.ts'
import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { askRunning } from '../wiring/control.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { openStore, storeFolder } from './open-store.ts'
import { runCommand } from './run-command.ts'

export const Imported = z.object({
  people: z.number(),
  imported: z.number(),
  problems: z.array(z.string()),
  hints: z.array(z.string()),
  missing: z.array(z.string()),
  unchanged: z.boolean(),
})

/** `npm run import-roster -- FILE`: as at start, also beside a running program. Exit code 0 if anything was imported. */
await runCommand(async () => {
  const [file] = process.argv.slice(2)
  if (file === undefined) throw new ConfigurationError('用法：npm run import-roster -- 名册.xlsx')
  const content = await readFile(file).catch(() => {
    throw new ConfigurationError(`读不到名册文件 ${file}`)
  })
  const config = readConfig(loadEnvironment())
  const running = config.redis
    ? undefined
    : await askRunning(storeFolder(config), 'import-roster', content.toString('base64'))
  const done = running ? Imported.parse(running.value) : await importDirectly()
  for (const line of [...done.problems, ...done.hints]) process.stdout.write(`${line}\n`)
  process.stdout.write(
    `导入${done.imported}行，名册里有账号的${done.people}人${done.problems.length > 0 ? `，有问题${done.problems.length}行` : ''}。\n`,
  )
  if (done.missing.length > 0)
    process.stdout.write(`新名册里没有：${done.missing.join('、')}。组织部回复“确认移除”后生效。\n`)
  return done.imported > 0 ? 0 : 1

  async function importDirectly() {
    const store = await openStore(config)
    try {
      return await importRoster(store, content, await loadCampaign(config.campaignFile))
    } finally {
      await store.close()
    }
  }
})
