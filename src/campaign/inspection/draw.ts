/** A sample of branches by a seed. The same seed over the same roster draws the same branches, whatever the roster's order. */
import { createHash, randomInt } from 'node:crypto'

/** Letters and digits that people do not confuse with one another. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
export const newSeed = (): string =>
  Array.from({ length: 4 }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

/** The `count` members of `all` that the seed draws, in the order of `all`. `nameOf` gives each one's permanent name. */
export function draw<T>(
  all: readonly T[],
  count: number,
  { seed, nameOf }: { seed: string; nameOf: (one: T) => string },
): T[] {
  const placed = all.map((one) => ({
    one,
    place: createHash('sha256')
      .update(`${seed}\n${nameOf(one)}`)
      .digest('hex'),
  }))
  const drawn = new Set(
    placed
      .toSorted((a, b) => (a.place < b.place ? -1 : 1))
      .slice(0, count)
      .map(({ one }) => one),
  )
  return all.filter((one) => drawn.has(one))
}

const asked =
  /^(?:([\d０-９]{1,4}|[一二两三四五六七八九十]{1,3})\s?个?(?:党?支部)?)?(?:[\s,，、；;]{0,3}种子\s{0,3}[:：是]?\s{0,3}([0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{1,32}))?$/u

/** Reads `5`, `5 种子 8F2K`, `种子 8F2K` or what the answer says (`5个支部，种子 8F2K`); undefined if it is none of these. */
export function readDraw(text: string): { count?: string; seed?: string } | undefined {
  const found = asked.exec(text.trim())
  if (!found) return undefined
  const [, count, seed] = found
  return {
    ...(count === undefined ? {} : { count: count.normalize('NFKC') }),
    ...(seed === undefined ? {} : { seed: seed.normalize('NFKC').toUpperCase() }),
  }
}
