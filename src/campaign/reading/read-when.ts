/** Requests about time: `明天上午提醒我`, `推迟到周五`, `请假到5月6日`; and `让张三代填`. */
import { Temporal } from 'temporal-polyfill'
import { normalize } from './names.ts'
import { numeralChars, wholeNumeral } from './numerals.ts'

/**
 * `remind`: not before `from`; `wholeDay` where no time was said, then `from` is that day's push time. `away`: up to and including
 * the day `until`, `starts` where it begins later than now; `from` is the next day's push time.
 */
export type When =
  | { kind: 'remind'; from: Temporal.ZonedDateTime; wholeDay: boolean }
  | {
      kind: 'away'
      starts?: Temporal.PlainDate
      until: Temporal.PlainDate
      from: Temporal.ZonedDateTime
      wholeDay: true
    }

type Now = { at: Temporal.ZonedDateTime; push: Temporal.PlainTime }
type Moment = { from: Temporal.ZonedDateTime; wholeDay: boolean }

const count = `(?:\\d+|[${numeralChars}]+)`
const number = (text: string | undefined): number =>
  text === undefined ? Number.NaN : /^\d+$/.test(text) ? Number(text) : (wholeNumeral(text) ?? Number.NaN)

const asks = '(?:(?:再|才|的?时候|之?后|以后)*(?:提醒|通知|催|叫)(?:一下|下)?(?:我|咱)?(?:一下|一声)?)'
const what = '(?:[，, ]*(?:去|来|要|把|交|填|写|做|办|评|报)?[^，,。\\d]{0,10})'
const courtesy = '(?:请|麻烦|劳驾|你|您|就|帮我|那就|那)*'
const ending = '[。.!~ ]*(?:吧|谢谢|好吗|可以吗|哈|了)*[。.!? ]*'
const remindPatterns = [
  new RegExp(`^${courtesy}(?:在|于|到|等|过)?(?<when>.+?)${asks}${what}${ending}$`),
  new RegExp(
    `^${courtesy}${asks}?(?:先)?(?:推迟|推|延后|延迟|延期|延|改|挪|放|顺延)(?:到|至|在)(?<when>.+?)(?:再说|再${asks}|${asks})?${ending}$`,
  ),
  new RegExp(`^${courtesy}(?:推迟|延后|延迟|延期)(?<when>${count}(?:个)?(?:半)?(?:天|日|小时|周|星期|分钟))${ending}$`),
  new RegExp(`^${courtesy}提醒我?(?:改|推迟|延|放)?(?:到|在|至)?(?<when>.+?)${ending}$`),
  new RegExp(`^${courtesy}(?:等|过|到)?(?<when>.+?)再(?:说|弄|填|评|报|办|做)${ending}$`),
]
const awayPattern = new RegExp(
  `^(?:我|本人|从?今天起|即日起|因[^，,。]{1,10}[，,]?|要|在|正在)*(?:请|休|放)?(?:年|病|事|产|婚|公|探亲|陪产)?(?:假|出差|外出|培训|学习|住院|休养|不在|挂职)(?:(?:一直)?(?:到|至)(?<when>[^，,。]+?)|(?<days>${count})个?(?<unit>天|日|周|星期|月))(?:为止|结束|才?回来?|返回|上班)?(?:[，,。].*)?$`,
)

/** `morning`: the push time of the campaign. undefined: the text asks for nothing of the kind, or for no day that can be made out. */
export function readWhen(text: string, now: Temporal.ZonedDateTime, morning: Temporal.PlainTime): When | undefined {
  const plain = normalize(text).replace(/ /g, '').trim()
  if (plain.length > 40) return undefined
  const clock = { at: now, push: morning }
  const away = awayPattern.exec(plain)?.groups
  if (away) return readAway(away, clock)
  for (const pattern of remindPatterns) {
    const said = pattern.exec(plain)?.groups?.['when']
    const moment = said === undefined ? undefined : momentOf(said, clock)
    if (moment) return { kind: 'remind', ...moment }
  }
  return undefined
}

function readAway({ when, days, unit }: { [group: string]: string | undefined }, now: Now): When | undefined {
  const today = now.at.toPlainDate()
  const length = number(days)
  const day = when === undefined ? undefined : dayOf(when, now)
  const named = day && time.test(when?.slice(day.length) ?? '') ? day.day : undefined
  const counted = (): Temporal.PlainDate | undefined => {
    if (!(length > 0 && length < 400)) return undefined
    if (unit === '月') return today.add({ months: length }).subtract({ days: 1 })
    return today.add({ days: (unit === '天' || unit === '日' ? length : length * 7) - 1 })
  }
  const until = named ?? (when === undefined ? counted() : undefined)
  if (!until || Temporal.PlainDate.compare(until, today) < 0) return undefined
  return { kind: 'away', until, from: atTime(until.add({ days: 1 }), now.push, now), wholeDay: true }
}

const atTime = (day: Temporal.PlainDate, time: Temporal.PlainTime, { at }: Now): Temporal.ZonedDateTime =>
  day.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: time })

const partOfDay = '(?<part>一?早上?|早晨|清晨|上午|中午|午后|下午|傍晚|晚上|晚间|晚)?'
const clockTime = `(?:(?<hour>${count})(?:点钟?|时|:)(?:(?<half>半)|(?<quarter>[一三])刻|(?<minute>${count})分?|整)?)?`
const time = new RegExp(`^的?${partOfDay}的?${clockTime}(?:左右|前后|以后|之后|后|前|之前|以前)?$`)

/** A day, a time of day, both, or how long from now. */
function momentOf(said: string, now: Now): Moment | undefined {
  const later = fromNow(said, now)
  if (later) return later
  const found = dayOf(said, now)
  const rest = found ? said.slice(found.length) : said
  const words = time.exec(rest)?.groups
  if (!words || (!found && rest === '')) return undefined
  const hasTime = words['part'] !== undefined || words['hour'] !== undefined
  const at = timeOf(words, now)
  if (!at || (!found && !hasTime)) return undefined
  const today = now.at.toPlainDate()
  const moment = atTime(found?.day ?? today, at, now)
  if (Temporal.ZonedDateTime.compare(moment, now.at) > 0) return { from: moment, wholeDay: !hasTime }
  if (!found) return { from: moment.add({ days: 1 }), wholeDay: false }
  return found.weekly && found.day.equals(today) ? { from: moment.add({ weeks: 1 }), wholeDay: !hasTime } : undefined
}

const afternoon = ['午后', '下午', '傍晚', '晚上', '晚间', '晚']
function timeOf(said: { [group: string]: string | undefined }, { push }: Now): Temporal.PlainTime | undefined {
  const { part, hour, half, quarter, minute } = said
  if (hour === undefined) {
    if (part === undefined || /早|晨|上午/.test(part)) return push
    return Temporal.PlainTime.from(part === '中午' ? '12:07' : part === '下午' || part === '午后' ? '14:07' : '18:07')
  }
  const said12 = number(hour)
  const isLate = part !== undefined ? afternoon.includes(part) || (part === '中午' && said12 < 6) : said12 < 7
  const hours = isLate && said12 < 12 ? said12 + 12 : said12
  const minutes = half ? 30 : quarter ? number(quarter) * 15 : minute === undefined ? 0 : number(minute)
  if (!(hours < 24 && minutes < 60)) return undefined
  return new Temporal.PlainTime(hours, minutes)
}

const duration = new RegExp(
  `^(?:(?<half>半)个?|(?<count>${count})个?(?<more>半)?)(?<unit>小时|钟头|分钟|刻钟)(?<and>半)?(?:之?后|以后)?$`,
)
function fromNow(said: string, { at }: Now): Moment | undefined {
  if (/^(?:稍后?|晚点|晚些时候?|晚一?会儿?|一?会儿?|等会儿?|待会儿?|过会儿?|稍晚)$/.test(said))
    return { from: at.add({ hours: 1 }), wholeDay: false }
  const found = duration.exec(said)?.groups
  if (!found) return undefined
  const amount = (found['half'] ? 0.5 : number(found['count'])) + (found['more'] || found['and'] ? 0.5 : 0)
  const each = { 小时: 60, 钟头: 60, 分钟: 1, 刻钟: 15 }[found['unit'] ?? '']
  if (each === undefined || !(amount > 0 && amount * each <= 7 * 24 * 60)) return undefined
  return { from: at.add({ minutes: Math.round(amount * each) }), wholeDay: false }
}

type Day = { day: Temporal.PlainDate; length: number /** 周五: next week's if this one is over */; weekly?: boolean }
type DayRule = {
  pattern: RegExp
  day: (found: RegExpExecArray, today: Temporal.PlainDate) => Temporal.PlainDate | undefined
  weekly?: boolean
}

const nearDays: { readonly [word: string]: number } = {
  今天: 0,
  今日: 0,
  今: 0,
  明天: 1,
  明日: 1,
  明: 1,
  后天: 2,
  后日: 2,
  大后天: 3,
}
const weekdays = '一二三四五六日'
const weekdayOf = (char: string): number =>
  char === '天' ? 7 : char === '末' ? 6 : /\d/.test(char) ? Number(char) : weekdays.indexOf(char) + 1

const dayRules: readonly DayRule[] = [
  {
    pattern: /^(大后天|今天|今日|明天|明日|后天|后日|今(?=[早晚])|明(?=[早晚]))/,
    day: ([, word = ''], today) => today.add({ days: nearDays[word] ?? 0 }),
  },
  {
    pattern: new RegExp(`^(?:(\\d{4})[年./-])?(${count})(?:月份?|[./-])(${count})(?:[日号]|(?![\\d点时:月]))`),
    day: ([, year, month, day], today) => dateOf(today, number(month), number(day), year),
  },
  {
    pattern: new RegExp(`^(${count})月份?(底|末|初)`),
    day: ([, month, end], today) => monthEnd(dateOf(today, number(month), 28), end, today),
  },
  {
    pattern: /^(本|这|当|下下|下)?个?月(底|末|初|(?=$|再))/,
    day: ([, which = '', end], today) => {
      const ahead = which === '下' ? 1 : which === '下下' ? 2 : which === '' && end === '初' ? 1 : 0
      return ahead === 0 && end === ''
        ? undefined
        : monthEnd(today.with({ day: 1 }).add({ months: ahead }), end || '初', today)
    },
  },
  {
    pattern: new RegExp(`^(${count})[日号]`),
    day: ([, day], today) => {
      const date = dateOf(today, today.month, number(day), String(today.year))
      return date && Temporal.PlainDate.compare(date, today) < 0 ? date.add({ months: 1 }) : date
    },
  },
  {
    pattern: new RegExp(`^过?(${count})(天|日|个?周|个?星期|个?礼拜|个月)(?:之?后|以后)?`),
    day: ([, many, unit], today) => {
      const length = number(many)
      if (!(length > 0 && length < 400)) return undefined
      return unit === '月'
        ? today.add({ months: length })
        : today.add({ days: unit === '天' || unit === '日' ? length : length * 7 })
    },
  },
  {
    pattern: /^(这个?|本|下下个?|下个?)(?:周|星期|礼拜)([一二三四五六日天末1-7])?/,
    day: ([, which = '', weekday], today) => {
      const weeks = which.startsWith('下下') ? 2 : which.startsWith('下') ? 1 : 0
      if (weekday === undefined && weeks === 0) return undefined
      return today.add({ days: weekdayOf(weekday ?? '一') - today.dayOfWeek + weeks * 7 })
    },
  },
  {
    pattern: /^(?:周|星期|礼拜)([一二三四五六日天末1-7])/,
    day: ([, weekday = ''], today) => today.add({ days: (weekdayOf(weekday) - today.dayOfWeek + 7) % 7 }),
    weekly: true,
  },
]

/** The day at the beginning of the words, and how many characters it takes. */
function dayOf(said: string, { at }: Now): Day | undefined {
  for (const { pattern, day, weekly } of dayRules) {
    const found = pattern.exec(said)
    const date = found ? day(found, at.toPlainDate()) : undefined
    if (found && date) return { day: date, length: found[0].length, ...(weekly ? { weekly } : {}) }
  }
  return undefined
}

/** Without a year: this year's, or next year's once it is past. */
function dateOf(today: Temporal.PlainDate, month: number, day: number, year?: string): Temporal.PlainDate | undefined {
  const inYear = (number: number): Temporal.PlainDate | undefined => {
    if (!(month >= 1 && month <= 12 && day >= 1)) return undefined
    const first = Temporal.PlainDate.from({ year: number, month, day: 1 })
    return day <= first.daysInMonth ? first.with({ day }) : undefined
  }
  if (year !== undefined) return inYear(Number(year))
  const date = inYear(today.year)
  return date && Temporal.PlainDate.compare(date, today) < 0 ? inYear(today.year + 1) : date
}
function monthEnd(
  month: Temporal.PlainDate | undefined,
  end: string | undefined,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const day = month?.with({ day: end === '初' ? 1 : month.daysInMonth })
  return day && Temporal.PlainDate.compare(day, today) < 0 ? undefined : day
}

const delegation =
  /^(?:我|这次|本月|月报|评分|报告|以后|想|要|[，, ])*(?:让|请|由|委托|授权|叫|安排|委派)?(?<name>[\p{Script=Han}·]{2,8}?|[A-Za-z][A-Za-z ]{1,20}?)(?:同志|老师|同学)?(?:来|帮忙)?(?:代|替|帮)(?:我|本人)?(?:代)?(?:为)?(?:填|填报|填写|报|报送|写|评分|评|打分|录入|办|办理|交|提交)(?:一下|一次|报告|月报|评分|季报)*[。.! ]*$/u

/** Whom the person names to fill in for them: `让张三代填`, `请李四老师替我填报`. */
export function readDelegation(text: string): string | undefined {
  return delegation.exec(normalize(text).trim())?.groups?.['name']?.trim()
}
