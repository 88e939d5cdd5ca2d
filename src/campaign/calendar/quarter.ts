import { Temporal } from 'temporal-polyfill'
import { once } from '../once.ts'

type Day = Temporal.PlainDate

/** The quarter that ends on a day, in words: `2季度`. */
export const quarterWords = (end: Day): string => `${Math.ceil(end.month / 3)}季度`

/** The first day of the quarter that ends on a day. */
export const quarterStart = once((end: Day): Day => end.subtract({ months: 2 }).with({ day: 1 }))

/** The quarters (by their last days) that have begun by a day, ascending. */
export const begunBy = (ends: readonly Day[], today: Day): Day[] =>
  ends.filter((end) => Temporal.PlainDate.compare(quarterStart(end), today) <= 0)

/** Up to this day of a quarter, an unnamed quarter means the one before if something of that is missing. */
const daysOfGrace = 10

/**
 * The quarter meant if none is named: the current one, or in its first ten days the one before if `missing` says that something is missing
 * there. Before any has begun, the first one.
 */
export function quarterMeant(ends: readonly Day[], today: Day, missing: (end: Day) => boolean): Day | undefined {
  const begun = begunBy(ends, today)
  const last = begun.at(-1)
  const before = begun.at(-2)
  if (last === undefined) return ends[0]
  const within = quarterStart(last).until(today).days < daysOfGrace
  return within && before !== undefined && missing(before) ? before : last
}

const numerals = '一二三四'
const spoken = /^\s*(?:第?([1-4１-４一二三四])季度?|([1-4１-４])季)(?:的)?(?:季报)?[\s:：,，]*/u

/** The quarter's number at the beginning of a text, and the rest as typed. */
export function readQuarter(text: string): { number?: number; rest: string } {
  const found = spoken.exec(text)
  const word = (found?.[1] ?? found?.[2])?.normalize('NFKC')
  if (!found || word === undefined) return { rest: text }
  const number = numerals.includes(word) ? numerals.indexOf(word) + 1 : Number(word)
  return { number, rest: text.slice(found[0].length) }
}
