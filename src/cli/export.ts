import { loadEnvironment, readConfig } from '../config.ts'
import { exportRecords } from '../store/portable.ts'
import { openToRead } from '../wiring/open-store.ts'
import { command } from './run-command.ts'

const declared = {
  name: 'export',
  about: '把全部记录导出成明文的 JSON，目录只有本人能读；程序运行时也可以。',
  wants: ['空目录'],
  options: {},
}

await command(declared, async ({ given: [dir = ''] }) => {
  const store = await openToRead(readConfig(loadEnvironment()))
  try {
    const count = await exportRecords(store, dir)
    process.stdout.write(`已导出${count}条记录到 ${dir}。内容是明文，请妥善保管。\n`)
  } finally {
    await store.close()
  }
})
