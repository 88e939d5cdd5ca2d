import { type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Files that were opened and must stay where they are. A file that was deleted, renamed or put in the place of another can still be written
 * to by who has it open, but nobody finds it again. Gives a function that throws `code: 'MOVED'` where that happened.
 */
export function sameFiles(...paths: readonly string[]): () => void {
  const opened = paths.map((path) => ({ path: resolve(path), as: statSync(path) }))
  return () => {
    for (const { path, as } of opened) {
      const now = statSync(path, { throwIfNoEntry: false })
      if (!now || !isSame(now, as)) throw Object.assign(new Error('moved'), { code: 'MOVED' })
    }
  }
}

/** The number of an open file is given to no other. Emptied in place it keeps that number. */
const isSame = (now: Stats, as: Stats): boolean =>
  now.ino === as.ino && now.dev === as.dev && (now.size > 0 || as.size === 0)
