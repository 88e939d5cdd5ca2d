import type { Bands } from './rubric.ts'
import { rankOf } from './rubric.ts'

/** `most`: at most this share of all branches is in the band. `least`: at least this share is in the band or below. */
export type Limit = { band: string; words: string } & ({ most: number } | { least: number })

/**
 * Compares the bands so far with the shares, as counts and never as a list: `五星 3/8，上限2个`. Empty if all hold. `all` is the number of
 * branches. A share that is no whole number of branches is rounded to the side on which it holds.
 */
export function overLimit(
  limits: readonly Limit[],
  given: readonly string[],
  { all, bands }: { all: number; bands: Bands },
): string[] {
  return limits.flatMap((limit) => {
    if ('most' in limit) {
      const room = Math.floor(limit.most * all + 1e-9)
      const count = given.filter((band) => band === limit.band).length
      return count > room ? [`${limit.band} ${count}/${all}，上限${room}个（${limit.words}）`] : []
    }
    const needed = Math.ceil(limit.least * all - 1e-9)
    const rank = rankOf(limit.band, bands)
    const count = given.filter((band) => rankOf(band, bands) >= rank).length
    const open = all - given.length
    return count + open < needed ? [`${limit.band}及以下 ${count}/${all}，至少${needed}个（${limit.words}）`] : []
  })
}
