/** Reads leave as people ask for it: 请假到5月6日, 4月25日到5月6日请假, 销假. */
import { Temporal } from 'temporal-polyfill'
import { count, dayOf, number, wholeDay } from './read-days.ts'

type PlainDate = Temporal.PlainDate
/** `piece` holds the words that were not understood. `past`: the day is over. `none`: there is no such day. */
export type Unread = { kind: 'unread'; about: 'remind' | 'away'; piece: string; why: 'past' | 'none' | 'unclear' }
/** Both days are included. Without `starts` the leave begins now. */
export type Leave = { kind: 'away'; starts?: PlainDate; until: PlainDate } | { kind: 'back' } | Unread

const sorts = '(?:年休|年|病|事|产|婚|公|丧|探亲|陪产|护理|陪护|育儿|调休)?'
const leave = `(?:(?:请|休|放|歇)?${sorts}假|(?:因公)?出差|外出(?:开会|学习|培训|调研|考察|办事|招生|参会)?|公出|(?:参加)?培训|学习|开会|住院|休养|不在(?:岗|校|学校|单位|家)?|(?:在外)?挂职|在外地?|离岗|调休)`
const self =
  '(?:我|本人|想|要|需要|打算|准备|正在|正|在|因[^，,。]{1,10}?[，,]?|家里有事[，,]?|不好意思[，,]?|您好[，,]?|(?:学习|培训|开会|出差|住院|生病|身体不适|有事|外出)[^，,。]{0,4}[，,]|(?:要)?[去到赴][^，,。]{1,8}(?:开会|学习|培训|出差|考察|调研)[，,])'
const to = '(?:到|至|-|—|~|～|–)'
const end = '(?:为止|止|结束|期间|这段时间|才?回来|返校|上班)?(?:[，,。!].{0,16})?$'
const until = new RegExp(
  `^(?:${self}){0,3}(?:从|自)?(?<from>[^，,。到至]{2,12}?)??(?:起|开始)?${leave}[，,]?(?:一直)?(?:到|至)(?<until>[^，,。]+?)${end}`,
)
const between = new RegExp(
  `^(?:${self}){0,3}(?:从|自)?(?<from>[^，,。]{1,14}?)(?:起|开始)?(?:一直)?${to}(?<until>[^，,。]{1,14}?)(?:要|我|在|都|期间|这段时间)*(?:${leave}|[去参][^，,。]{0,12}(?:培训|学习|会|会议)|[，,][^。]{0,12}${leave})(?:[，,。!].{0,16})?$`,
)
const leaveBetween = new RegExp(
  `^(?:${self}){0,3}${leave}[：:，,]?(?:从|自)?(?<from>[^，,。到至]{1,14}?)(?:起|开始)?${to}(?<until>[^，,。]{1,14}?)${end}`,
)
const lasting = new RegExp(
  `^(?:${self}){0,3}${leave}(?<days>${count})个?(?<unit>天|日|周|星期|礼拜|月)(?:假)?(?:[，,。!].{0,16})?$`,
)
const lastingFirst = new RegExp(
  `^(?:${self}){0,3}(?:请|休)(?<days>${count})个?(?<unit>天|日|周|星期|礼拜|月)的?${sorts}假(?:[，,。!].{0,16})?$`,
)
const onDay = new RegExp(
  `^(?:${self}){0,3}(?<from>[^，,。]{1,10}?)(?:我|要|需要)?(?:请|休)${sorts}假(?:一天|1天)?(?:[，,。!].{0,16})?$`,
)
const back =
  /^(?:我)?(?:要|想|申请)?(?:销假|结束请假|结束休假|取消请假|请假取消|不请假了|提前销假|已?经?销假|回来上班了|我回来了)(?:了|吧)?[。.!]*$/
const speaksOfLeave = new RegExp(
  `^(?:${self}){0,3}(?:(?:从|自)?[\\d一二三四五六七八九十今明后昨下本这周星期月日号天.到至/-]{1,16})?(?:我|要)?(?:请|休|放)(?:[^，,。]{0,6})?假|^(?:${self}){0,3}(?:出差|住院|外出|${sorts}假(?:到|至|中))|^[^，,。]{1,4}请假(?:到|至)`,
)

/** Reads a request for leave. Undefined if the text does not speak of leave. */
export function readLeave(plain: string, today: PlainDate): Leave | undefined {
  if (back.test(plain)) return { kind: 'back' }
  const said = (between.exec(plain) ?? leaveBetween.exec(plain))?.groups
  const span = said && spanOf(said['from'] ?? '', said['until'] ?? '', today)
  if (span) return span
  const last = until.exec(plain)?.groups
  const one = last && untilDay(last['from'], last['until'] ?? '', today)
  if (one) return one
  const lasts = (lasting.exec(plain) ?? lastingFirst.exec(plain))?.groups
  const counted = lasts && countedFrom(today, number(lasts['days']), lasts['unit'] ?? '')
  if (counted) return { kind: 'away', until: counted }
  const day = onDay.exec(plain)?.groups?.['from']
  const single =
    day === undefined || /^(?:下|本|这)个?(?:周|星期|礼拜|月)$/.test(day) ? undefined : wholeDay(day, today)
  if (day !== undefined && single) return checked(single, single, { piece: day, today })
  return speaksOfLeave.test(plain) ? unread(plain, 'unclear') : undefined
}

const unread = (piece: string, why: Unread['why']): Unread => ({ kind: 'unread', about: 'away', piece, why })

function checked(
  from: PlainDate | 'none' | undefined,
  last: PlainDate | 'none',
  { piece, today }: { piece: string; today: PlainDate },
): Leave {
  if (last === 'none' || from === 'none') return unread(piece, 'none')
  if (Temporal.PlainDate.compare(last, today) < 0) return unread(piece, 'past')
  if (from && Temporal.PlainDate.compare(last, from) < 0) return unread(piece, 'unclear')
  return { kind: 'away', until: last, ...(from && Temporal.PlainDate.compare(from, today) > 0 ? { starts: from } : {}) }
}

/** `4月25日到5月6日`, `5月23日到27日`, `5月23-25日`. If the first day has no unit, it has that of the last day. */
function spanOf(from: string, last: string, today: PlainDate): Leave | undefined {
  const first = wholeDay(from, today) ?? wholeDay(`${from}日`, today)
  if (first === undefined) return undefined
  const start = first === 'none' ? today : first
  const sameMonth = /^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?$/.test(last) && /月|[./]|[日号]$/.test(from)
  const until = sameMonth ? dayInMonth(last, start) : wholeDay(last, today)
  if (until === undefined) return undefined
  return checked(first, until, { piece: `${from}到${last}`, today })
}
function dayInMonth(words: string, start: PlainDate): PlainDate | 'none' {
  const day = number(words.replace(/[日号]$/, ''))
  if (!(day >= 1 && day <= start.daysInMonth)) return 'none'
  const date = start.with({ day })
  return Temporal.PlainDate.compare(date, start) < 0 ? 'none' : date
}

function untilDay(from: string | undefined, last: string, today: PlainDate): Leave | undefined {
  const first = from === undefined ? undefined : /^(?:即日|今天|现在)$/.test(from) ? today : wholeDay(from, today)
  if (from !== undefined && first === undefined) return undefined
  const until = wholeDay(last, today)
  // A month, a week or the holidays alone name no day.
  if (until === undefined || /^(?:下|本|这|上)个?(?:周|星期|礼拜|月)$/.test(last))
    return unread(last, dayOf(last, today)?.day === 'none' ? 'none' : 'unclear')
  if (first && first !== 'none' && Temporal.PlainDate.compare(first, today) < 0)
    return unread(`${from}到${last}`, 'unclear')
  return checked(first, until, { piece: last, today })
}

function countedFrom(today: PlainDate, length: number, unit: string): PlainDate | undefined {
  if (!(length > 0 && length < 400)) return undefined
  if (unit === '月') return today.add({ months: length }).subtract({ days: 1 })
  return today.add({ days: (unit === '天' || unit === '日' ? length : length * 7) - 1 })
}
