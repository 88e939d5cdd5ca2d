import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dayMs = 24 * 3600e3
const nameOf = (now: Date): string => `store-${now.toISOString().slice(0, 10)}.db`
const datedName = /^store-(\d{4}-\d{2}-\d{2})\.db$/

/**
 * A copy of the embedded store in `<dir>/backup/`, one a day, kept `days` days; to restore it, put it in the place of `store.db` while
 * no program runs. Made by a child process, so that nobody waits. Throws where it fails; then no half file is left.
 */
export async function backUp(dir: string, days: number, now = new Date()): Promise<string> {
  const folder = join(dir, 'backup')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const target = join(folder, nameOf(now))
  const half = `${target}.part`
  await rm(half, { force: true })
  try {
    await copied(join(dir, 'store.db'), half)
    await rename(half, target)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
  for (const name of await readdir(folder)) {
    const date = datedName.exec(name)?.[1]
    if (date !== undefined && now.getTime() - Date.parse(date) > days * dayMs) await rm(join(folder, name))
  }
  return target
}

async function copied(from: string, to: string): Promise<void> {
  const extension = extname(import.meta.url)
  const script = fileURLToPath(new URL(`./backup-child${extension}`, import.meta.url))
  // From its sources the program is run by tsx, as in tests.
  const execArgv = extension === '.ts' ? ['--import', 'tsx'] : []
  const child = fork(script, [from, to], { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`back-up: the copy ended with ${String(code)}`)
}
