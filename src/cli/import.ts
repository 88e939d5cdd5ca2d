import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { refuseWhileRunning } from '../delivery/running.ts'
import { importRecords } from '../store/portable.ts'
import { openStore } from './open-store.ts'
import { runCommand } from './run-command.ts'

/** `npm run import -- DIR`: what was exported, into an empty store with no program running. */
await runCommand(async () => {
  const [dir] = process.argv.slice(2)
  if (dir === undefined) throw new ConfigurationError('用法：npm run import -- 导出的目录')
  const store = await openStore(readConfig(loadEnvironment()))
  try {
    await refuseWhileRunning(store)
    process.stdout.write(`已导入${await importRecords(store, dir)}条记录。\n`)
  } finally {
    await store.close()
  }
})
