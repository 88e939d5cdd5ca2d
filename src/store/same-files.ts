import { type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * A file that was opened, and those beside it, must stay where they are. One that was deleted, renamed or put in the place of another can still be
 * written to by who has it open, but nobody finds it again; nor is one itself that was emptied. Gives a function that throws `code: 'MOVED'`
 * where that happened.
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

/** The number of an open file is given to no other. */
const isSame = (now: Stats, as: Stats): boolean => now.ino === as.ino && now.dev === as.dev
