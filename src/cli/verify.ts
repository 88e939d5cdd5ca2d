import { auditedTables } from '../bot/records.ts'
import { loadEnvironment, readConfig } from '../config.ts'
import { verify } from '../store/verify.ts'
import { openToRead } from './open-store.ts'
import { purgedIn } from './purged.ts'
import { runCommand } from './run-command.ts'

/** `npm run verify`: also beside a running program. Exit code 1 where anything was tampered with. */
await runCommand(async () => {
  const config = readConfig(loadEnvironment())
  const store = await openToRead(config)
  try {
    const keys = [config.dataKey, config.dataKeyOld].filter((key) => key !== undefined)
    const { records, entries, seals, findings } = await verify(store, auditedTables, keys, await purgedIn(store))
    for (const { place, sentence } of findings) process.stdout.write(`${place}：${sentence}\n`)
    const sum = `核对了${records}份记录、${entries}条变更、${seals}次封存`
    process.stdout.write(findings.length > 0 ? `${sum}，发现${findings.length}处异常。\n` : `${sum}，没有发现异常。\n`)
    return findings.length > 0 ? 1 : 0
  } finally {
    await store.close()
  }
})
