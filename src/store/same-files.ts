import { type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * Watches an open file and the files beside it, which must stay in their place. If a file was deleted, renamed or replaced, its process can
 * still write to it, but nobody finds the writes again. An emptied file is not the same either. Returns a function that throws `code:
 * 'MOVED'` in these cases.
 */
export function sameFiles(main: string, ...beside: readonly string[]): () => void {
  const opened = [main, ...beside].map((path) => ({ path: resolve(path), as: statSync(path) }))
  return () => {
    for (const [i, { path, as }] of opened.entries()) {
      const now = statSync(path, { throwIfNoEntry: false })
      if (!now || !isSame(now, as) || (i === 0 && now.size === 0))
        throw Object.assign(new Error('moved'), { code: 'MOVED' })
    }
  }
}

/** The number of an open file is given to no other file. */
const isSame = (now: Stats, as: Stats): boolean => now.ino === as.ino && now.dev === as.dev
