import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dayMs = 24 * 3600e3
/** Days as people here count them. */
const zoneMs = 8 * 3600e3
const dayOf = (now: Date): string => new Date(now.getTime() + zoneMs).toISOString().slice(0, 10)
const datedName = /^store-(\d{4}-\d{2}-\d{2})\.db$/

/**
 * A copy of the embedded store in `<dir>/backup/`, one a day, kept `days` days; to restore it, put it in the place of `store.db` while
 * no program runs and remove `store.db-wal`. Made by a child process, so that nobody waits. Undefined: today's is there already.
 * Throws where it fails; then no half file is left.
 */
export async function backUp(dir: string, days: number, now = new Date()): Promise<string | undefined> {
  const folder = join(dir, 'backup')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const today = dayOf(now)
  const name = `store-${today}.db`
  const names = await readdir(folder)
  if (names.includes(name)) return undefined
  const target = join(folder, name)
  const half = `${target}.part`
  // What a crash of the machine left half done.
  for (const other of names) if (/^store-.*\.part/.test(other)) await rm(join(folder, other))
  try {
    await copied(join(dir, 'store.db'), half)
    await chmod(half, 0o600)
    await rename(half, target)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
  for (const other of names) {
    const date = datedName.exec(other)?.[1]
    if (date !== undefined && Date.parse(today) - Date.parse(date) > days * dayMs) await rm(join(folder, other))
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
