import { loadEnvironment, readConfig } from '../config.ts'
import { refuseWhileRunning } from '../delivery/running.ts'
import { importRecords } from '../store/portable.ts'
import { openStore } from '../wiring/open-store.ts'
import { command } from './run-command.ts'

const declared = {
  name: 'import',
  about: '把导出的全部记录导入空的存储；要先停止全部程序。中断了的，再运行一次就接着导入。',
  wants: ['导出的目录'],
  options: {},
}

await command(declared, async ({ given: [dir = ''] }) => {
  const store = await openStore(readConfig(loadEnvironment()), { importing: true })
  try {
    await refuseWhileRunning(store)
    process.stdout.write(`已导入${await importRecords(store, dir)}条记录。\n`)
  } finally {
    await store.close()
  }
})
