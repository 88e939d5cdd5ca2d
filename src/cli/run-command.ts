import { parseArgs } from 'node:util'
import { z } from 'zod'
import { NotARoster } from '../campaign/roster/roster-file.ts'
import { Stopped, stopped } from '../errors.ts'
import { StoreUnavailable } from '../store/store.ts'

/** One option: `about` is its text in `--help`, `value` names its argument there. */
type Option = { type: 'string' | 'boolean'; about: string; value?: string; default?: string | boolean }
type Options = { [name: string]: Option }
/** A command of package.json. `wants` names its arguments; optional ones end with a question mark. */
export type Declared<O extends Options> = { name: string; about: string; wants: readonly string[]; options: O }
type Config<O extends Options> = { args: string[]; allowPositionals: true; options: O }
type Given<O extends Options> = { values: ReturnType<typeof parseArgs<Config<O>>>['values']; given: string[] }

/** Runs a command with its arguments. A problem that the administrator can solve gives one line and exit code 1. */
export async function command<O extends Options>(
  declared: Declared<O>,
  run: (typed: Given<O>) => Promise<number | void>,
): Promise<void> {
  process.stdout.on('error', readNoFurther)
  try {
    const typed = readArguments(declared)
    const code = typed && (await run(typed))
    // A command that ends well sets no code itself.
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    process.stderr.write(`${lineOf(error)}\n`)
    process.exitCode = 1
  }
}

/**
 * Reads a command's arguments. Undefined if `--help` was asked for; then the help was printed. Throws Stopped if the arguments do not fit.
 */
export function readArguments<O extends Options>(declared: Declared<O>): Given<O> | undefined {
  const args = process.argv.slice(2)
  if (args.includes('--help')) {
    process.stdout.write(helpOf(declared))
    return undefined
  }
  const { wants, options } = declared
  const { values, positionals: given } = parsed({ args, allowPositionals: true, options }, declared)
  const surplus = given[wants.length]
  if (surplus !== undefined) throw stopped('usage', { problem: `多了一个参数：${surplus}。`, usage: usageOf(declared) })
  if (given.length < wants.filter((one) => !isOptional(one)).length)
    throw stopped('usage', { problem: '', usage: usageOf(declared) })
  return { values, given }
}

const wrongOptions: { readonly [code: string]: string } = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: '没有这个选项',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: '这个选项后面缺内容，或不该有内容',
}

function parsed<O extends Options>(config: Config<O>, declared: Declared<O>) {
  try {
    return parseArgs(config)
  } catch (error) {
    const what = error instanceof Error && 'code' in error ? wrongOptions[String(error.code)] : undefined
    if (what === undefined || !(error instanceof Error)) throw error
    throw stopped('usage', {
      problem: `${what}：${/'([^' ]+)/.exec(error.message)?.[1] ?? ''}。`,
      usage: usageOf(declared),
    })
  }
}

const isOptional = (argument: string): boolean => argument.endsWith('?')

const asTyped = ([option, { value }]: [string, Option]): string =>
  `--${option}${value === undefined ? '' : ` ${value}`}`

/** The usage line: `用法：npm run export -- 空目录`. */
export function usageOf({ name, wants, options }: Declared<Options>): string {
  const written = [
    ...wants.map((one) => (isOptional(one) ? `[${one.slice(0, -1)}]` : one)),
    ...Object.entries(options).map((one) => `[${asTyped(one)}]`),
  ]
  const typed = name === 'start' ? 'npm start' : `npm run ${name}`
  return `用法：${typed}${written.length > 0 ? ` -- ${written.join(' ')}` : ''}`
}

function helpOf(declared: Declared<Options>): string {
  const options = Object.entries(declared.options).map((one) => [asTyped(one), one[1].about] as const)
  const rows = [...options, ['--help', '显示这些说明'] as const]
  const width = Math.max(...rows.map(([typed]) => typed.length))
  const lines = rows.map(([typed, about]) => `  ${typed.padEnd(width)}  ${about}`)
  return [usageOf(declared), declared.about, '', ...lines, ''].join('\n')
}

/** The count given with an option. Throws Stopped if it is no such number. */
export function countOf(typed: string, option: string): number {
  if (!/^[1-9]\d{0,8}$/.test(typed)) throw stopped('option-wrong', { option: `--${option}`, what: '正整数' })
  return Number(typed)
}

/** The reader of the output may stop early (`| head`), which is no error. */
function readNoFurther(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit()
  throw error
}

/** The errors of the operating system about a file or folder. */
const OfFile = z.object({ code: z.string(), path: z.string() })

function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ([Stopped, NotARoster].some((kind) => error instanceof kind)) return error.message
  if (error instanceof StoreUnavailable) return `存储读写不了（${error.message}），请检查它是否完好、能否连上`
  const file = OfFile.safeParse(error).data
  if (file) return `${file.path} ${file.code === 'EEXIST' ? '已经有了，请换一个名字' : `读写不了（${file.code}）`}`
  return error.stack ?? error.message
}
