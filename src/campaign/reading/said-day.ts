/** Reads days as people say them: `4月12日`, `4.12`, `昨天`, `上周三`, `12号`, `6月底`. Contract, part two: “A date is said as people say it”. */
import { Temporal } from 'temporal-polyfill'
import { wholeNumeral } from '../numerals.ts'

type Day = Temporal.PlainDate

/**
 * How a day is used. `happened`: it is past, so a future day is refused and `12号` means the latest 12th; otherwise it is still to come.
 * `anyTime`: it may lie outside the campaign.
 */
export type DayRules = { today: Day; starts: Day; ends: Day; happened: boolean; anyTime?: boolean }

/**
 * `no-such-day`: 4月31日. `other-weekday`: 4月12日（周三）, if that day is no 周三. `ahead`: the day is still to come. `outside`: the day is not
 * within the campaign.
 */
export type DayProblem = 'no-such-day' | 'other-weekday' | 'ahead' | 'outside'

/** `words` is the piece of the text that names the day; `start` and `end` are its places. */
export type SaidDay = { words: string; start: number; end: number } & (
  | { day: Day }
  | { problem: DayProblem; day?: Day }
)

const number = '(?:\\d{1,2}|[一二三四五六七八九十廿]{1,3})'
const weekday = '(?:周|星期|礼拜)([一二三四五六日天])'
const spoken = new RegExp(
  [
    `(?:(?<year>\\d{4})年)?(?<month>${number})月(?:份)?(?<day>${number})(?:日|号)?`,
    `(?:(?<year2>\\d{4})[-./])?(?<![\\d.])(?<month2>\\d{1,2})[-./](?<day2>\\d{1,2})(?![\\d.%分])日?`,
    `(?:(?<year3>\\d{4})年)?(?<end>${number})月(?:底|末)`,
    `(?<yearEnd>年底|年末)`,
    `(?<relative>大前天|前天|昨天|昨日|今天|今日|明天|明日|后天)`,
    `(?<week>上上|上|本|这|下)?个?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天])`,
    `(?<back>上个?月|本月|这个月|下个?月)?(?<![\\d.])(?<only>${number})(?:号|日)(?!期)`,
  ].join('|'),
  'u',
)
/** 去年, directly before a month. */
const yearSaid = /[今去前明](?=年$)/u
const monthEnd = /(?<monthEnd>上个?|本|这个?|下个?|(?<![\d每当各整一二三四五六七八九十个]))月(?:底|末)/u
const beside = new RegExp(`^[ (（]{0,2}${weekday}[)）]?`, 'u')
const tail = /^(?:之前|以前|前|止)/u

const relatives: { readonly [word: string]: number } = {
  大前天: -3,
  前天: -2,
  昨天: -1,
  昨日: -1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
}
const weekdays = '一二三四五六日'
const dayOfWeek = (word: string): number => weekdays.indexOf(word === '天' ? '日' : word) + 1

/**
 * Turns full-width digits and marks into half-width ones, one for one, so that places stay. A year ends with a stroke, not a point, which
 * would make the rest a decimal number.
 */
const narrow = (text: string): string =>
  text
    .replace(/[０-９．／－]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/(?<=\b\d{4})\.(?=\d)/g, '/')
const numberOf = (word: string): number =>
  /^\d/.test(word) ? Number(word) : (wholeNumeral(word.replace('廿', '二十')) ?? 0)

/** The first day that a text names, or undefined if it names none. */
export function readDay(text: string, rules: DayRules): SaidDay | undefined {
  const flat = narrow(text)
  const [named, last] = [spoken.exec(flat), monthEnd.exec(flat)]
  const found = last && !(named && named.index <= last.index) ? last : named
  if (!found?.groups) return undefined
  const groups: Groups = rules.happened ? withMonth(found.groups, flat.slice(0, found.index)) : found.groups
  const inMonth = groups['month'] ?? groups['end']
  const year = inMonth === undefined ? undefined : yearSaid.exec(flat.slice(0, found.index))?.[0]
  const start = found.index - (year === undefined ? 0 : 2)
  let end = found.index + found[0].length
  const beside_ = groups['weekday'] === undefined ? beside.exec(flat.slice(end, end + 6)) : null
  if (beside_) end += beside_[0].length
  end += tail.exec(flat.slice(end, end + 2))?.[0].length ?? 0
  const place = { words: text.slice(start, end), start, end }
  const day = dayMeant(year === undefined ? groups : { ...groups, year, year3: year }, rules)
  if (!day) return { ...place, problem: 'no-such-day' }
  if (beside_?.[1] !== undefined && day.dayOfWeek !== dayOfWeek(beside_[1]))
    return { ...place, problem: 'other-weekday', day }
  const problem = problemOf(day, rules)
  return problem ? { ...place, problem, day } : { ...place, day }
}

function problemOf(day: Day, { today, starts, ends, happened, anyTime }: DayRules): DayProblem | undefined {
  if (happened && Temporal.PlainDate.compare(day, today) > 0) return 'ahead'
  const within = Temporal.PlainDate.compare(day, starts) >= 0 && Temporal.PlainDate.compare(day, ends) <= 0
  return within || anyTime ? undefined : 'outside'
}

type Groups = { [name: string]: string | undefined }

const monthSaid = new RegExp(`(?<![\\d每各个])(?<month>${number})月份?(?![\\d底末])|(?<back>上个?月|本月|这个月)`, 'u')
/** `4月的支委会12号开的`: the month stands before, apart from the day. */
function withMonth(groups: Groups, before: string): Groups {
  const { only, back } = groups
  const said = only === undefined || back !== undefined ? undefined : monthSaid.exec(before)?.groups
  if (!said) return groups
  return said['month'] === undefined ? { ...groups, back: said['back'] } : { month: said['month'], day: only }
}

function dayMeant(said: Groups, rules: DayRules): Day | undefined {
  const month = said['month'] ?? said['month2']
  const day = said['day'] ?? said['day2']
  if (month !== undefined && day !== undefined)
    return inYear(said['year'] ?? said['year2'], numberOf(month), { day: numberOf(day), ...rules })
  if (said['end'] !== undefined) return endOfMonth(said['year3'], numberOf(said['end']), rules)
  if (said['yearEnd'] !== undefined) return valid(rules.ends.year, 12, 31)
  if (said['monthEnd'] !== undefined) return lastOfMonth(monthMeant(said['monthEnd'], rules.today))
  if (said['relative'] !== undefined) return rules.today.add({ days: relatives[said['relative']] ?? 0 })
  if (said['weekday'] !== undefined) return inWeek(said['week'], dayOfWeek(said['weekday']), rules)
  return said['only'] === undefined ? undefined : inMonth(said['back'], numberOf(said['only']), rules)
}

const valid = (year: number, month: number, day: number): Day | undefined => {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

/**
 * A date without a year is in the campaign's year. In a campaign over two years it is in the year in which the day lies within the
 * campaign.
 */
function inYear(
  year: string | undefined,
  month: number,
  { day, today, starts, ends }: { day: number } & DayRules,
): Day | undefined {
  if (year !== undefined) return valid(yearMeant(year, today), month, day)
  const years = starts.year === ends.year ? [starts.year] : [starts.year, ends.year]
  const days = years.flatMap((one) => valid(one, month, day) ?? [])
  const within = (one: Day): boolean =>
    Temporal.PlainDate.compare(one, starts) >= 0 && Temporal.PlainDate.compare(one, ends) <= 0
  return days.find(within) ?? days[0]
}

const yearMeant = (word: string, today: Day): number =>
  /\d/.test(word) ? Number(word) : today.year + ({ 去: -1, 前: -2, 明: 1 }[word] ?? 0)

function endOfMonth(year: string | undefined, month: number, rules: DayRules): Day | undefined {
  const first = inYear(year, month, { day: 1, ...rules })
  return first && lastOfMonth(first)
}

const lastOfMonth = (day: Day): Day => day.with({ day: day.daysInMonth })
const monthMeant = (which: string, today: Day): Day =>
  today.add({ months: which.startsWith('上') ? -1 : which.startsWith('下') ? 1 : 0 })

function inWeek(which: string | undefined, weekday: number, { today, happened }: DayRules): Day {
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const weeks: { readonly [word: string]: number } = { 上上: -2, 上: -1, 本: 0, 这: 0, 下: 1 }
  const day = monday.add({ days: weekday - 1 + 7 * (which === undefined ? 0 : (weeks[which] ?? 0)) })
  if (which !== undefined) return day
  const ahead = Temporal.PlainDate.compare(day, today)
  if (happened) return ahead > 0 ? day.subtract({ days: 7 }) : day
  return ahead < 0 ? day.add({ days: 7 }) : day
}

/** `12号` means the latest 12th for a past event, and the next 12th for a future one. */
function inMonth(which: string | undefined, day: number, { today, happened }: DayRules): Day | undefined {
  if (which !== undefined) return of(monthMeant(which, today), day)
  if (day < 1 || day > 31) return undefined
  for (let months = 0; months < 12; months++) {
    const month = happened ? today.subtract({ months }) : today.add({ months })
    const found = of(month, day)
    const order = found && Temporal.PlainDate.compare(found, today)
    if (found && order !== undefined && (happened ? order <= 0 : order >= 0)) return found
  }
  return undefined
}
const of = (month: Day, day: number): Day | undefined => valid(month.year, month.month, day)

/** The reply about a day that cannot be taken: the piece and a question. */
export function dayProblem({ words, problem, day }: { words: string; problem: DayProblem; day?: Day }): string {
  if (problem === 'no-such-day') return `没有“${words}”这一天，应是哪一天？`
  if (problem === 'ahead') return `“${words}”还没到，请办完以后再记。`
  if (problem === 'outside') return `“${words}”不在本年度活动期间，应是哪一天？`
  return `“${words}”的日期和星期对不上${day ? `（${day.month}月${day.day}日是周${weekdays[day.dayOfWeek - 1] ?? ''}）` : ''}，应是哪一天？`
}
