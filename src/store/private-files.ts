import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The rights of group and others on a file or folder. */
const ofOthers = 0o077

/**
 * Removes the rights of group and others on the store's folder, its files and its back-ups. Returns one line for the administrator if we
 * may not change something.
 */
export function keepPrivate(dir: string): string | undefined {
  const within = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name))
  const files = within(dir)
  const backups = files.filter((path) => path === join(dir, 'backup')).flatMap(within)
  const open = [dir, ...files, ...backups].filter((path) => !closed(path))
  return open.length === 0
    ? undefined
    : `DATA_DIR：${open[0]} 允许其他用户访问，本程序改不了它的权限，请改为只有运行本程序的用户可以访问（chmod go-rwx）`
}

/** Leaves links alone, because their targets may belong to somebody else. */
function closed(path: string): boolean {
  const { mode } = lstatSync(path)
  if ((mode & ofOthers) === 0 || lstatSync(path).isSymbolicLink()) return true
  try {
    chmodSync(path, mode & 0o7777 & ~ofOthers)
    return true
  } catch {
    return false
  }
}
