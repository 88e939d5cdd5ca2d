import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What others may do with a file or folder. */
const ofOthers = 0o077

/**
 * Takes from group and others what they may do with the folder of a store, the files in it and its back-ups. Gives one line for the
 * administrator where something is not ours to change.
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

/** Links are left alone: what they lead to may belong to somebody else. */
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
