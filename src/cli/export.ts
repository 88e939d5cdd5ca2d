import { ConfigurationError, loadEnvironment, readConfig } from '../config.ts'
import { exportRecords } from '../store/portable.ts'
import { openToRead } from './open-store.ts'
import { runCommand } from './run-command.ts'

/** `npm run export -- DIR`: all records as plain JSON lines; beside a running program too. */
await runCommand(async () => {
  const [dir] = process.argv.slice(2)
  if (dir === undefined) throw new ConfigurationError('用法：npm run export -- 空目录')
  const store = await openToRead(readConfig(loadEnvironment()))
  try {
    const count = await exportRecords(store, dir)
    process.stdout.write(`已导出${count}条记录到 ${dir}。内容是明文，请妥善保管。\n`)
  } finally {
    await store.close()
  }
})
