import { parseArgs } from 'node:util'
import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { shred } from '../store/embedded-shred.ts'
import { purge, purgeable } from '../store/purge.ts'
import { openStore, storeFolder } from './open-store.ts'
import { runCommand } from './run-command.ts'

/** `npm run purge -- --campaign 2022 --yes`: nothing of a campaign is left but a certificate. No program may run. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { campaign: { type: 'string' }, yes: { type: 'boolean', default: false } } })
  const { campaign } = values
  if (campaign === undefined)
    throw new ConfigurationError('用法：npm run purge -- --campaign 2022 --yes（请先 npm run archive）')
  const config = readConfig(loadEnvironment())
  const store = await openStore(config)
  const words = (removed: { [table: string]: number }): string =>
    `${Object.values(removed).reduce((sum, count) => sum + count, 0)}条记录（${Object.entries(removed)
      .map(([table, count]) => `${table} ${count}`)
      .join('，')}）`
  if (!values.yes) {
    process.stdout.write(
      `将清除${campaign}年活动的${words(await purgeable(store, campaign))}，以及名册和全部备份。确认请加 --yes。\n`,
    )
    await store.close()
    return 1
  }
  const removed = await purge(store, campaign, new Date().toISOString())
  await store.close()
  if (!store.shared) await shred(storeFolder(config))
  process.stdout.write(`已清除${words(removed)}和全部备份。存储里只留下清除证明和变更记录的校验链。\n`)
  return 0
})
