import { Temporal } from 'temporal-polyfill'
import { LunarDay, SolarTerm } from 'tyme4ts'

type Day = Temporal.PlainDate
type Reckoned = { getYear(): number; getMonth(): number; getDay(): number }

const dayOf = (reckoned: Reckoned): Day =>
  Temporal.PlainDate.from({ year: reckoned.getYear(), month: reckoned.getMonth(), day: reckoned.getDay() })
const lunar = (year: number, month: number, day: number): Day => dayOf(LunarDay.fromYmd(year, month, day).getSolarDay())
/** The place of 清明 in the library's list of solar terms. */
const qingming = 7

const years = new Map<number, ReadonlySet<string>>()

/**
 * The days that the law itself gives off in a year, as ISO dates, known before the year's notice (decision 5): 1 January, 1 and 2 May, 1 to
 * 3 October, 清明, 端午, 中秋, 除夕 and the first three days of 春节. Source: 全国年节及纪念日放假办法, as revised for 2025.
 */
export function fixedDaysOff(year: number): ReadonlySet<string> {
  let days = years.get(year)
  if (!days) {
    const newYear = lunar(year, 1, 1)
    const spring = [-1, 0, 1, 2].map((n) => newYear.add({ days: n }))
    const others = [dayOf(SolarTerm.fromIndex(year, qingming).getSolarDay()), lunar(year, 5, 5), lunar(year, 8, 15)]
    const solar = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'].map((day) => `${year}-${day}`)
    days = new Set([...solar, ...[...spring, ...others].map((day) => day.toString())])
    years.set(year, days)
  }
  return days
}
