import { z } from 'zod'
import { NotARoster } from '../campaign/roster/roster-file.ts'
import { ConfigurationError } from '../config.ts'
import { StoreRefused, StoreUnavailable } from '../store/store.ts'

/** What the operating system says of a file or folder. */
const OfFile = z.object({ code: z.string(), path: z.string() })

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
  process.stdout.on('error', readNoFurther)
  try {
    const code = await command()
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    process.stderr.write(`${lineOf(error)}\n`)
    process.exitCode = 1
  }
}

/** Whoever reads the output may have seen enough (`| head`). */
function readNoFurther(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit()
  throw error
}

function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ([ConfigurationError, StoreRefused, NotARoster].some((kind) => error instanceof kind)) return error.message
  if (error instanceof StoreUnavailable) return `存储读写不了（${error.message}），请检查它是否完好、能否连上`
  const option = wrongOption(error)
  if (option) return option
  const file = OfFile.safeParse(error).data
  if (file) return `${file.path} ${file.code === 'EEXIST' ? '已经有了，请换一个名字' : `读写不了（${file.code}）`}`
  return error.stack ?? error.message
}
