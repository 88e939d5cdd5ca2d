import { auditedTables } from '../../handlers/all.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { type Verified, verify } from '../store/verify.ts'
import { dataKeysOf, openToRead } from '../wiring/open-store.ts'
import { command } from './run-command.ts'

const declared = {
  name: 'verify',
  about: '核对变更记录有无篡改，程序运行时也可以。没有异常退出码是0，有是1。',
  wants: [],
  options: {},
}

await command(declared, async () => {
  const config = readConfig(loadEnvironment())
  const store = await openToRead(config, { lenient: true })
  try {
    const verified = await verify(store, auditedTables, dataKeysOf(config))
    const { records, entries, seals, findings } = verified
    for (const { place, sentence } of findings) process.stdout.write(`${place}：${sentence}\n`)
    for (const line of limits(verified)) process.stdout.write(`${line}\n`)
    const sum = `核对了${records}份记录、${entries}条变更、${seals}次封存`
    process.stdout.write(findings.length > 0 ? `${sum}，发现${findings.length}处异常。\n` : `${sum}，没有发现异常。\n`)
    return findings.length > 0 ? 1 : 0
  } finally {
    await store.close()
  }
})

/** Lines that say what the seals cannot find. */
function limits({ seals, unkeyed, unsealed }: Verified): string[] {
  return [
    ...(unkeyed > 0
      ? [
          `${unkeyed === seals ? '封存都' : `封存第1至${unkeyed}号`}没有用密钥（DATA_KEY）：能发现意外改动，发现不了有人连同封存一起改写。`,
        ]
      : []),
    ...(unsealed > 0
      ? [`有${unsealed}条变更还没有封存（程序每10分钟封存一次）：整条连同记录一起改写还发现不了。`]
      : []),
  ]
}
