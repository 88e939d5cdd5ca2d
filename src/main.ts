import { NotARoster } from './campaign/roster/roster-file.ts'
import { readArguments } from './cli/run-command.ts'
import { loadEnvironment, readConfig } from './config.ts'
import { Stopped } from './errors.ts'
import { keepHeapSmall } from './wiring/heap.ts'
import { logger } from './wiring/logger.ts'
import { Program } from './wiring/program.ts'

const declared = {
  name: 'start',
  about: '运行党建助手。设置写在 .env 或环境变量里（见 .env.example）；一个平台都没有配置时运行模拟器。',
  wants: [],
  options: {},
}

/** Starts the program. A problem that the administrator can solve gives one line and exit code 1. */
async function main(): Promise<void> {
  if (!readArguments(declared)) return
  keepHeapSmall()
  const config = readConfig(loadEnvironment())
  const program = new Program(config, logger(config.logLevel))
  let ending: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      ending ??= program.stop().then(() => process.exit(0))
    })
  await program.start()
}

main().catch((error: unknown) => {
  const known = [Stopped, NotARoster].some((kind) => error instanceof kind)
  const said =
    error instanceof Error ? (known ? error.message : `启动失败：${error.stack ?? error.message}`) : String(error)
  process.stderr.write(`${said}\n`)
  process.exit(1)
})
