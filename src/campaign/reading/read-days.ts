/** Reads days as people name them: 明天, 4月28日, 下周三, 月底. */
import { Temporal } from 'temporal-polyfill'
import { numeralChars, wholeNumeral } from '../numerals.ts'

type PlainDate = Temporal.PlainDate

/** Digits or a Chinese number, for a pattern. */
export const count = `(?:\\d{1,4}|[${numeralChars}]{1,4})`
export const number = (text: string | undefined): number =>
  text === undefined ? Number.NaN : /^\d+$/.test(text) ? Number(text) : (wholeNumeral(text) ?? Number.NaN)

/**
 * `length` is the number of characters that name the day. `weekly`: a weekday such as 周五, which means next week's if this week's is over.
 * `none`: there is no such day, or it is another weekday than was said.
 */
export type Day = { day: PlainDate | 'none'; length: number; weekly?: boolean }

/** `none`: the calendar has no such day. Undefined: the words name no day. */
type Rule = {
  pattern: RegExp
  day: (found: RegExpExecArray, today: PlainDate) => PlainDate | 'none' | undefined
  weekly?: boolean
}

const nearDays: { readonly [word: string]: number } = { 大前: -3, 前: -2, 昨: -1, 今: 0, 当: 0, 明: 1, 后: 2, 大后: 3 }
const weekdays = '一二三四五六日'
const weekdayOf = (char: string): number =>
  char === '天' ? 7 : char === '末' ? 6 : /\d/.test(char) ? Number(char) : weekdays.indexOf(char) + 1
const separators = '[./-]'

function dateOf(year: number, month: number, day: number): PlainDate | 'none' {
  if (!(month >= 1 && month <= 12 && day >= 1)) return 'none'
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  return day <= first.daysInMonth ? first.with({ day }) : 'none'
}
/**
 * The year of a date without one: this year. But in November and December the first months mean next year, because nobody then means a day
 * long past.
 */
function yearOf(word: string | undefined, today: PlainDate, month: number): number {
  if (word === undefined) return today.year + (today.month >= 11 && month <= 2 ? 1 : 0)
  return /^\d/.test(word) ? Number.parseInt(word, 10) : today.year + ({ 明: 1, 去: -1, 后: 2 }[word[0] ?? ''] ?? 0)
}

const rules: readonly Rule[] = [
  {
    pattern:
      /^(大前天|大后天|前天|昨天|昨日|今天|今日|当天|明天|明日|后天|后日|昨(?=[早晚])|今(?=[早晚])|明(?=[早晚]))/,
    day: ([, word = ''], today) => today.add({ days: nearDays[word.replace(/[天日]$/, '')] ?? 0 }),
  },
  {
    pattern: new RegExp(
      `^(?:(\\d{4})[年./-]|([今明去后]年))?(${count})(?:月份?|${separators})(${count})(?:[日号]| |(?![\\d点时:月]))`,
    ),
    day: ([, year, word, month, day], today) =>
      dateOf(yearOf(year ?? word, today, number(month)), number(month), number(day)),
  },
  {
    pattern: new RegExp(`^([今明去]年)?(${count})月份?(底|末|初|的?最后一天)`),
    day: ([, year, month, end], today) => {
      const first = dateOf(yearOf(year, today, number(month)), number(month), 1)
      return first === 'none' || end === '初' ? first : first.with({ day: first.daysInMonth })
    },
  },
  {
    pattern: /^(本|这|当|下下|下|上)?个?月(底|末|初|的?最后一天|(?=$|再))/,
    day: ([, which = '', end], today) => {
      const ahead = { 下: 1, 下下: 2, 上: -1 }[which] ?? (which === '' && end === '初' ? 1 : 0)
      if (ahead === 0 && end === '') return undefined
      const first = today.with({ day: 1 }).add({ months: ahead })
      return end === '初' || end === '' ? first : first.with({ day: first.daysInMonth })
    },
  },
  {
    pattern: new RegExp(`^(本|这个?|下个?)月(${count})[日号]`),
    day: ([, which = '', day], today) => {
      const { year, month } = today.add({ months: which.startsWith('下') ? 1 : 0 })
      return dateOf(year, month, number(day))
    },
  },
  {
    pattern: new RegExp(`^(${count})[日号]`),
    day: ([, day], today) => {
      const date = dateOf(today.year, today.month, number(day))
      return date !== 'none' && Temporal.PlainDate.compare(date, today) < 0 ? date.add({ months: 1 }) : date
    },
  },
  {
    pattern: new RegExp(`^过?(${count})(天|日|个?周|个?星期|个?礼拜|个月)(?:之?后|以后)?`),
    day: ([, many, unit], today) => {
      const length = number(many)
      if (!(length > 0 && length < 400)) return undefined
      if (unit === '个月') return today.add({ months: length })
      return today.add({ days: unit === '天' || unit === '日' ? length : length * 7 })
    },
  },
  {
    pattern: /^(这个?|本|下下个?|下个?|上上?个?)(?:周|星期|礼拜)([一二三四五六日天末1-7])?/,
    day: ([, which = '', weekday], today) => {
      const weeks = which.startsWith('下下') ? 2 : which.startsWith('下') ? 1 : which.startsWith('上') ? -1 : 0
      if (weekday === undefined && weeks <= 0) return undefined
      return today.add({ days: weekdayOf(weekday ?? '一') - today.dayOfWeek + weeks * 7 })
    },
  },
  {
    pattern: /^(?:周|星期|礼拜)([一二三四五六日天末1-7])/,
    day: ([, weekday = ''], today) => today.add({ days: (weekdayOf(weekday) - today.dayOfWeek + 7) % 7 }),
    weekly: true,
  },
]

/** A weekday that is said with the day must be that day's. */
const besides = /^(?:[（(]?(?:周|星期|礼拜)([一二三四五六日天1-7])[)）]?)?(?:那[天日]|当天)?/
/** The day at the beginning of the words. */
export function dayOf(said: string, today: PlainDate): Day | undefined {
  for (const { pattern, day, weekly } of rules) {
    const found = pattern.exec(said)
    const date = found ? day(found, today) : undefined
    if (!found || date === undefined) continue
    const [more = '', weekday] = besides.exec(said.slice(found[0].length)) ?? []
    const contradicts = weekday !== undefined && date !== 'none' && weekdayOf(weekday) !== date.dayOfWeek
    return {
      day: contradicts ? 'none' : date,
      length: found[0].length + more.length,
      ...(weekly ? { weekly } : {}),
    }
  }
  return undefined
}

/** The day, if all of the words name it. */
export function wholeDay(said: string, today: PlainDate): PlainDate | 'none' | undefined {
  const found = dayOf(said, today)
  return found && /^(?:[上下]午|[早晚]上?|之前|以前|前|为止|止|晚上)?$/.test(said.slice(found.length))
    ? found.day
    : undefined
}
