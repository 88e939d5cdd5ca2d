import { Temporal } from 'temporal-polyfill'
import { wholeNumeral } from '../numerals.ts'

/** A month as people and keys write it: `2022-05`. */
export const monthOf = (date: { year: number; month: number }): string =>
  `${date.year}-${String(date.month).padStart(2, '0')}`

/** The last day of a month such as `2022-05`. */
export const endOf = (month: string): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year: Number(month.slice(0, 4)), month: Number(month.slice(5)), day: 31 })
/** A month in words: `5月` for `2022-05`. */
export const monthWords = (month: string): string => `${Number(month.slice(5))}月`

export function monthBefore(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return number === 1 ? monthOf({ year: year - 1, month: 12 }) : monthOf({ year, month: number - 1 })
}

/** Up to this day of a month, an unnamed month means the one before if something of that is missing. */
const lastDayOfGrace = 10

/** The month before, during the first ten days of the next one, if it is one of `months`. */
export function monthInGrace(months: readonly string[], today: Temporal.PlainDate): string | undefined {
  const before = monthBefore(monthOf(today))
  return today.day <= lastDayOfGrace && months.includes(before) ? before : undefined
}

/**
 * The month meant if none is named: this month, or in its first ten days the month before if `missing` says that something is missing
 * there. Never a month outside `months`.
 */
export function monthMeant(
  months: readonly string[],
  today: Temporal.PlainDate,
  missing: (month: string) => boolean,
): string {
  const now = monthOf(today)
  const before = monthInGrace(months, today)
  if (before !== undefined && missing(before)) return before
  if (months.includes(now)) return now
  const past = months.filter((month) => month < now)
  return past.at(-1) ?? months[0] ?? now
}

const spoken =
  /^(?:([\d０-９]{4})年)?([\d０-９]{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?:的)?(?:月报|报告)?(?=$|[\s:：,，。])[\s:：,，。]*/

/** The month at the beginning of a text, and the rest as typed. `unknown` means that the month is none of `months`. */
export function readMonth(text: string, months: readonly string[]): { month?: string; unknown?: string; rest: string } {
  const [whole, year, word = ''] = spoken.exec(text) ?? []
  if (whole === undefined) return { rest: text }
  const rest = text.slice(whole.length)
  const number = Number(word.normalize('NFKC')) || wholeNumeral(word)
  const month = months.find(
    (one) => Number(one.slice(5)) === number && (year === undefined || one.startsWith(year.normalize('NFKC'))),
  )
  return month === undefined ? { unknown: `${number}月`, rest } : { month, rest }
}
