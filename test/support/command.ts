import { execFile } from 'node:child_process'
import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Run = { code: number; stdout: string; stderr: string }
const tsx = fileURLToPath(import.meta.resolve('tsx'))

/** A folder as the program's own: with its campaigns, without a `.env`. */
export async function programFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'program-'))
  await cp('campaigns', join(folder, 'campaigns'), { recursive: true })
  return folder
}

/** The same for who reads one line of it and no more. */
export function firstLine(folder: string, command: string, ...args: string[]): Promise<Run> {
  const { CAMPAIGN_FILE: _, ...env } = process.env
  const whole = [process.execPath, '--import', tsx, resolve(`src/cli/${command}.ts`), ...args]
  return new Promise((done) =>
    execFile('sh', ['-c', '"$@" | head -n 1', 'sh', ...whole], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    ),
  )
}

/** A command as an administrator runs it in a folder, with a `.env` of that folder alone. */
export function runCommand(folder: string, command: string, ...args: string[]): Promise<Run> {
  const { CAMPAIGN_FILE: _, ...env } = process.env
  return new Promise((done) =>
    execFile(
      process.execPath,
      ['--import', tsx, resolve(`src/cli/${command}.ts`), ...args],
      { cwd: folder, env, maxBuffer: 64 << 20 },
      (error, stdout, stderr) => done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    ),
  )
}
