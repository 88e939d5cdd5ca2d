import { NotARoster } from '../campaign/roster-file.ts'
import { ConfigurationError } from '../config.ts'
import { StoreRefused } from '../store/store.ts'

const wrongOptions: { readonly [code: string]: string } = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: '没有这个选项',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: '这个选项后面缺内容，或不该有内容',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: '多了一个参数',
}

/** What `parseArgs` refuses, in words; undefined for anything else. */
function wrongOption(error: Error): string | undefined {
  const what = 'code' in error ? wrongOptions[String(error.code)] : undefined
  return what && `${what}：${/'([^' ]+)/.exec(error.message)?.[1] ?? error.message}`
}

/** Runs a command: what the administrator can put right is one line and exit code 1. A command that ends well sets no code itself. */
export async function runCommand(command: () => Promise<number | void>): Promise<void> {
  try {
    const code = await command()
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    const known = [ConfigurationError, StoreRefused, NotARoster].some((kind) => error instanceof kind)
    const said =
      error instanceof Error
        ? known
          ? error.message
          : (wrongOption(error) ?? error.stack ?? error.message)
        : String(error)
    process.stderr.write(`${said}\n`)
    process.exitCode = 1
  }
}
