import { auditedTables } from '../../handlers/all.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { refuseWhileRunning } from '../delivery/running.ts'
import { stopped } from '../errors.ts'
import { refuseUnarchived } from '../store/archive-mark.ts'
import { shred } from '../store/embedded-shred.ts'
import { purge, purgeable, type Removed } from '../store/purge.ts'
import { loadCampaign } from '../wiring/load-campaign.ts'
import { dataKeysOf, openStore, storeFolder } from '../wiring/open-store.ts'
import { command, usageOf } from './run-command.ts'

const declared = {
  name: 'purge',
  about: '清除一个归档过的活动，只留下清除证明；要先停止全部程序。',
  wants: [],
  options: {
    campaign: { type: 'string', value: '活动', about: '哪个活动，如 2022（计划文件里的 id）' },
    yes: { type: 'boolean', about: '确认清除；没有它只说将清除什么' },
    'without-archive': { type: 'boolean', about: '没有归档、或归档之后又有改动，也清除' },
  },
} as const

await command(declared, async ({ values }) => {
  const { campaign } = values
  if (campaign === undefined) throw stopped('usage', { problem: '', usage: usageOf(declared) })
  const config = readConfig(loadEnvironment())
  const what = { campaign, current: (await loadCampaign(config.campaignFile)).id, tables: auditedTables }
  const store = await openStore(config)
  try {
    await refuseWhileRunning(store)
    const found = await purgeable(store, what)
    if (Object.keys(found).length === 0) {
      process.stdout.write(`活动“${campaign}”已经清除过，没有剩下什么。\n`)
      return 0
    }
    if (!values['without-archive']) await refuseUnarchived(store, what)
    if (!values.yes) {
      process.stdout.write(`将清除活动“${campaign}”的${words(found)}，以及全部备份。确认清除请加 --yes。\n`)
      return 1
    }
    const removed = await purge(store, what, { at: new Date().toISOString(), keys: dataKeysOf(config) })
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
