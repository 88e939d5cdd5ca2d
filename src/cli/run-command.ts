import { NotARoster } from '../campaign/roster-file.ts'
import { ConfigurationError } from '../config.ts'
import { StoreRefused } from '../store/store.ts'

/** Runs a command: what the administrator can put right is one line and exit code 1. A command that ends well sets no code itself. */
export async function runCommand(command: () => Promise<number | void>): Promise<void> {
  try {
    const code = await command()
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    const known = [ConfigurationError, StoreRefused, NotARoster].some((kind) => error instanceof kind)
    const wrongOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    const said =
      error instanceof Error ? (known || wrongOption ? error.message : (error.stack ?? error.message)) : String(error)
    process.stderr.write(`${said}\n`)
    process.exitCode = 1
  }
}
