import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The files of a clean checkout that `npm ci` and a build need. */
const sources = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  '.env.example',
  'campaigns',
  'handlers',
  'schedules',
  'src',
]

/** A folder with these files of the repository and its packages, as after `npm ci`. */
export async function folderWith(paths: readonly string[] = sources, from = '.'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'checkout-'))
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await cp(join(from, path), join(folder, path), { recursive: true })
  }
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

export const ran = (cwd: string, file: string, ...args: string[]): Promise<{ code: number; output: string }> =>
  new Promise((done) =>
    execFile(file, args, { cwd, env: cleanEnvironment, maxBuffer: 64 << 20 }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: stdout + stderr }),
    ),
  )

const cleanEnvironment = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/tmp' }

/** A program that was started and answers at its address. */
export async function started(
  cwd: string,
  command: readonly [string, ...string[]],
  env: { PORT: string; [name: string]: string },
): Promise<{ url: string; output: () => string; stop: () => Promise<void> }> {
  const [file, ...args] = command
  // It gets a process group of its own, because npm passes a signal only to its shell.
  const child = spawn(file, args, { cwd, env: { ...cleanEnvironment, ...env }, detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (output += String(bytes)))
  const url = `http://127.0.0.1:${env.PORT}`
  for (let i = 0; i < 900 && child.exitCode === null; i++) {
    if ((await fetch(`${url}/healthz`).catch(() => undefined))?.ok)
      return { url, output: () => output, stop: () => ended(child) }
    await sleep(100)
  }
  await ended(child)
  throw new Error(`${command.join(' ')} does not become healthy:\n${output}`)
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const over = once(child, 'exit')
  process.kill(-child.pid, 'SIGTERM')
  await over
}

export const removed = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true })
