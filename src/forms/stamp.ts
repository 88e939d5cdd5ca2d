import { createHash } from 'node:crypto'

/** One stamp for all that a card shows together: a change of any of them makes the card outdated. */
export const stampOfAll = (stamps: readonly string[]): string =>
  createHash('sha256').update(stamps.join()).digest('base64url').slice(0, 12)

/** The same of drafts; of one its own. */
export const stampOf = (stamps: readonly string[]): string => {
  const [only] = stamps
  return only !== undefined && stamps.length === 1 ? only : stampOfAll(stamps)
}
