/** Reads requests about time: `明天上午提醒我`, `推迟到周五`, `请假到5月6日`; and `让张三代填`. */
import { Temporal } from 'temporal-polyfill'
import { normalize } from '../roster/name-index.ts'
import { count, dayOf, number } from './read-days.ts'
import { type Leave, readLeave, type Unread } from './read-leave.ts'

/**
 * `remind`: not before `from`. `wholeDay`: no time was said, so `from` is that day's push time. `stop`: no reminders at all, which nobody
 * can have. `back`: the end of a leave. `unread`: such a request, but its time was not understood.
 */
export type When = { kind: 'remind'; from: Temporal.ZonedDateTime; wholeDay: boolean } | { kind: 'stop' } | Leave

type Now = { at: Temporal.ZonedDateTime; push: Temporal.PlainTime }
type Moment = { from: Temporal.ZonedDateTime; wholeDay: boolean }

const asks =
  '(?:(?:再|才|的?时候|之?后|以后|请|给我)*(?:提醒|提个醒|通知|催|叫|喊)(?!过|得|了|完)(?:一下|下)?(?:我|咱)?(?:一下|一声)?)'
const what = '(?:[，, ]*(?:去|来|要|把|交|填|写|做|办|评|报)?[^，,。\\d]{0,10})'
const courtesy = '(?:请|麻烦|劳驾|你|您|就|帮我|那就|那){0,4}'
const ending = '[。.!~ ]{0,3}(?:吧|谢谢|好吗|可以吗|哈|了){0,3}[。.!? ]{0,3}'
const remindPatterns = [
  new RegExp(`^${courtesy}(?:在|于|到|等|过)?(?<when>.+?)${asks}${what}${ending}$`),
  new RegExp(
    `^${courtesy}${asks}?(?:先)?(?:往后)?(?:推迟|推|延后|延迟|延期|延|改|挪|放|顺延)(?:到|至|在)(?<when>.+?)(?:再说|再${asks}|${asks})?${ending}$`,
  ),
  new RegExp(
    `^${courtesy}(?:往后)?(?:推迟|延后|延迟|延期|推)(?<when>${count}(?:个)?(?:半)?(?:天|日|小时|周|星期|分钟))${ending}$`,
  ),
  new RegExp(
    `^${courtesy}提醒我?(?:改|推迟|延|放)?(?:到|在|至)?(?<when>.+?)(?:再)?(?:[去来要把交填写做办评报][^，,。\\d]{0,10})?${ending}$`,
  ),
  new RegExp(`^${courtesy}(?:定|设|设置|订|加)一?个?(?<when>.+?)的?(?:提醒|闹钟)${ending}$`),
  new RegExp(`^${courtesy}(?:等|过|到)?(?<when>.+?)再(?:说|弄|填|评|报|办|做)${ending}$`),
]
/** Thanks after a comma say nothing about the time. */
const thanks = /[，,]谢谢[。.! ]?$/
const stops =
  /^(?:请|麻烦|你|您)?(?:以后)?(?:别|不要|不用|甭|停止|取消|关闭|关掉)(?:再)?(?:给我)?(?:发)?(?:提醒|催)(?:我|了|消息)*[。.!]*$/
const speaksOfReminder =
  /^[^。；\n]{0,16}(?:提醒|叫)(?!过|得|了)(?:一下|下)?(?:我|咱)[^。；\n]{0,10}$|^(?:往后)?(?:推迟|延后|延期|推到|延到|改到|改天)[^。；\n]{0,14}$|^[^。；，,\n]{0,14}(?:提醒|再提醒)(?:一下)?[。吧!]?$|^提醒[^。；，,\n]{0,14}$/
/** `三点提醒我，不对，四点提醒我`: nobody guesses which of the times holds. */
const slips = /不对|错了|不不|哦不/
/** Words about reminding others are no request. */
const isAboutOthers = /支部|党员|同志们|大家|书记提醒|学生/

/** The longest request, in characters. A longer text tells of something. */
const longest = 40

/** Reads a request. `morning` is the push time of the campaign. Undefined if the text requests nothing of the kind. */
export function readWhen(text: string, now: Temporal.ZonedDateTime, morning: Temporal.PlainTime): When | undefined {
  if (text.length > 3 * longest) return undefined
  // Blanks only separate a day from an hour (`5.26 9:00`).
  const plain = normalize(text.replace(/\p{Extended_Pictographic}|\uFE0F/gu, ''))
    .trim()
    .replace(/(\d) (?=\d)/g, '$1\u0000')
    .replace(/ /g, '')
    .replaceAll('\u0000', ' ')
    .replace(thanks, '')
    .replace(/([昨今明后])儿(?=[^子女童])/g, '$1天')
  if (plain.length > longest) return undefined
  const away = readLeave(plain, now.toPlainDate())
  if (away) return away
  if (stops.test(plain)) return { kind: 'stop' }
  const clock = { at: now, push: morning }
  let unread: Unread | undefined
  for (const pattern of remindPatterns) {
    const said = pattern.exec(plain)?.groups?.['when']
    const moment = said === undefined ? undefined : momentOf(said, clock)
    if (!moment || said === undefined) continue
    const why = slips.test(plain) ? 'unclear' : 'from' in moment ? undefined : moment.why
    if ('from' in moment && why === undefined) return { kind: 'remind', ...moment }
    if (why !== undefined) unread ??= { kind: 'unread', about: 'remind', piece: said, why }
  }
  const isRequest = speaksOfReminder.test(plain) && !isAboutOthers.test(plain)
  return unread ?? (isRequest ? { kind: 'unread', about: 'remind', piece: plain, why: 'unclear' } : undefined)
}

const atTime = (day: Temporal.PlainDate, time: Temporal.PlainTime, { at }: Now): Temporal.ZonedDateTime =>
  day.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: time })

const partOfDay = '(?<part>凌晨|半夜|深夜|夜里|午夜|一?早上?|早晨|清晨|上午|中午|午后|下午|傍晚|晚上|晚间|晚)?'
const clockTime = `(?:(?<hour>${count})(?:点钟?|时|:)(?:(?<half>半)|(?<quarter>[一三])刻|(?<minute>${count})分?|整)?)?`
const time = new RegExp(`^ ?的?${partOfDay}的?${clockTime}(?:左右|前后|以后|之后|后|前|之前|以前)?$`)

/** A day, a time of day, both, or a span from now; `why` says why it is none. Undefined if there are no words of time. */
function momentOf(said: string, now: Now): Moment | { why: Unread['why'] } | undefined {
  const later = fromNow(said, now)
  if (later) return later
  const today = now.at.toPlainDate()
  const found = dayOf(said, today)
  const rest = found ? said.slice(found.length) : said
  const words = time.exec(rest)?.groups
  if (!words || (!found && rest === '')) return undefined
  if (found?.day === 'none') return { why: 'none' }
  const hasTime = words['part'] !== undefined || words['hour'] !== undefined
  const hour = timeOf(words, now)
  if (!hour) return { why: 'unclear' }
  if (!found && !hasTime) return undefined
  const moment = atTime((found?.day ?? today).add({ days: hour.ahead }), hour.at, now)
  if (Temporal.ZonedDateTime.compare(moment, now.at) > 0) return { from: moment, wholeDay: !hasTime }
  if (!found) return { from: moment.add({ days: 1 }), wholeDay: false }
  return found.weekly && found.day.equals(today)
    ? { from: moment.add({ weeks: 1 }), wholeDay: !hasTime }
    : { why: 'past' }
}

const afternoon = /午后|下午|傍晚|晚/
const night = /晚|夜/
/** `ahead` is the number of days after the named one: midnight and the small hours of an evening belong to the next day. */
function timeOf(
  said: { [group: string]: string | undefined },
  { push }: Now,
): { at: Temporal.PlainTime; ahead: number } | undefined {
  const { part, hour, half, quarter, minute } = said
  if (hour === undefined) return { at: plainTimeOf(part, push), ahead: /半夜|深夜|午夜|夜里/.test(part ?? '') ? 1 : 0 }
  const spoken = number(hour)
  const minutes = half ? 30 : quarter ? number(quarter) * 15 : minute === undefined ? 0 : number(minute)
  if (!(spoken <= 24 && minutes < 60)) return undefined
  const isNight = part !== undefined && night.test(part)
  const isNextDay = spoken === 24 || (isNight && (spoken === 12 || spoken < 5))
  if (isNextDay) return { at: new Temporal.PlainTime(spoken === 24 || spoken === 12 ? 0 : spoken, minutes), ahead: 1 }
  const isLate =
    part === undefined ? spoken > 0 && spoken < 7 : afternoon.test(part) || isNight || (part === '中午' && spoken < 6)
  return { at: new Temporal.PlainTime(isLate && spoken < 12 ? spoken + 12 : spoken, minutes), ahead: 0 }
}
function plainTimeOf(part: string | undefined, push: Temporal.PlainTime): Temporal.PlainTime {
  if (part === undefined || /早|清晨|上午/.test(part)) return push
  if (/凌晨|半夜|深夜|午夜|夜里/.test(part)) return new Temporal.PlainTime(0)
  return Temporal.PlainTime.from(part === '中午' ? '12:07' : part === '下午' || part === '午后' ? '14:07' : '18:07')
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
