import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dayMs = 24 * 3600e3
/** Days are counted in Beijing time. */
const zoneMs = 8 * 3600e3
const dayOf = (now: Date): string => new Date(now.getTime() + zoneMs).toISOString().slice(0, 10)
const datedName = /^store-(\d{4}-\d{2}-\d{2})\.db$/

/**
 * Copies the embedded store to `<dir>/backup/`, once a day, and keeps each copy for `days` days. To restore a copy, put it in the place of
 * `store.db` while no program runs, and remove `store.db-wal`. A child process makes the copy, so that nobody waits. Undefined if today's
 * copy exists already. Throws if it fails; then no half file is left.
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
  // A crash of the machine may leave half files.
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
  // If the program runs from its sources, tsx runs it, as in tests.
  const execArgv = extension === '.ts' ? ['--import', 'tsx'] : []
  const child = fork(script, [from, to], { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`back-up: the copy ended with ${String(code)}`)
}
