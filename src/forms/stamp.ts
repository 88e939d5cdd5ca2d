import { createHash } from 'node:crypto'

/** One stamp for everything that a card shows together. A change of any part makes the card outdated. */
export const stampOfAll = (stamps: readonly string[]): string =>
  createHash('sha256').update(stamps.join()).digest('base64url').slice(0, 12)

/** The same for drafts. A single draft keeps its own stamp. */
export const stampOf = (stamps: readonly string[]): string => {
  const [only] = stamps
  return only !== undefined && stamps.length === 1 ? only : stampOfAll(stamps)
}
