import { parseArgs } from 'node:util'
import { auditedTables } from '../../handlers/all.ts'
import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { refuseWhileRunning } from '../delivery/running.ts'
import { shred } from '../store/embedded-shred.ts'
import { purge, purgeable, type Removed } from '../store/purge.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { dataKeysOf, openStore, storeFolder } from './open-store.ts'
import { runCommand } from './run-command.ts'

/** `npm run purge -- --campaign 2022 --yes`: nothing of a campaign is left but a certificate. No program may run. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { campaign: { type: 'string' }, yes: { type: 'boolean', default: false } } })
  const { campaign } = values
  if (campaign === undefined)
    throw new ConfigurationError('用法：npm run purge -- --campaign 2022 --yes（请先 npm run archive）')
  const config = readConfig(loadEnvironment())
  const what = { campaign, current: (await loadCampaign(config.campaignFile)).id }
  const store = await openStore(config)
  try {
    await refuseWhileRunning(store)
    if (!values.yes) {
      const found = words(await purgeable(store, what))
      process.stdout.write(`将清除活动“${campaign}”的${found}，以及全部备份。请先归档。确认清除请加 --yes。\n`)
      return 1
    }
    const at = new Date().toISOString()
    const removed = await purge(store, what, { tables: auditedTables, at, keys: dataKeysOf(config) })
    process.stdout.write(`已清除${words(removed)}。存储里只留下清除证明和变更记录的校验链。\n`)
    if (store.shared)
      process.stdout.write('Redis 的持久化文件和备份里可能还有旧数据：请执行 BGREWRITEAOF，并清理备份。\n')
  } finally {
    await store.close()
  }
  if (!store.shared) await shred(storeFolder(config))
  return 0
})

function words(removed: Removed): string {
  const tables = Object.entries(removed).map(([table, count]) => `${table} ${count}`)
  return `${Object.values(removed).reduce((sum, count) => sum + count, 0)}条记录（${tables.join('，')}）`
}
