import { execFile } from 'node:child_process'
import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Run = { code: number; stdout: string; stderr: string }
const tsx = fileURLToPath(import.meta.resolve('tsx'))

/** A folder like the program's own: with its campaigns, without a `.env`. */
export async function programFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'program-'))
  await cp('campaigns', join(folder, 'campaigns'), { recursive: true })
  return folder
}

/** Runs a file in a folder. It sees only that folder's `.env`. */
function run(folder: string, file: string, args: readonly string[]): Promise<Run> {
  const { CAMPAIGN_FILE: _, ...env } = process.env
  return new Promise((done) =>
    execFile(file, args, { cwd: folder, env, maxBuffer: 64 << 20 }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    ),
  )
}

const argsOf = (command: string, args: readonly string[]): string[] => [
  '--import',
  tsx,
  resolve(`src/cli/${command}.ts`),
  ...args,
]

/** Runs a command as an administrator does in a folder. */
export const runCommand = (folder: string, command: string, ...args: string[]): Promise<Run> =>
  run(folder, process.execPath, argsOf(command, args))

/** The same for a reader that reads one line and no more. */
export const firstLine = (folder: string, command: string, ...args: string[]): Promise<Run> =>
  run(folder, 'sh', ['-c', '"$@" | head -n 1', 'sh', process.execPath, ...argsOf(command, args)])
