/** Reads records of meetings in people's own words: day, kind, how many were expected and came, and the topic. */
import { z } from 'zod'
import { numeralChars, wholeNumeral } from '../numerals.ts'
import type { MeetingKind } from '../plan/campaign.ts'
import { listNumber } from '../reading/list-number.ts'
import { type Column, withoutTable } from '../reading/pasted-table.ts'
import { type DayRules, dayProblem, readDay, type SaidDay } from '../reading/said-day.ts'
import { trimMarks } from '../reading/trim-marks.ts'
import { kindsIn } from './meeting-kinds.ts'

/**
 * One meeting, as far as it was said. `words`: the text as typed. `day`: ISO. `doubt`: why the day cannot be taken. `more`: other words.
 * `everybody`: all who were expected came. `labelled`: the topic was named as such. `unlisted`: there was a list of names, which is not
 * kept (R2).
 */
export const MeetingSaid = z.strictObject({
  words: z.string(),
  kinds: z.array(z.string()),
  day: z.string().exactOptional(),
  doubt: z.string().exactOptional(),
  expected: z.number().exactOptional(),
  present: z.number().exactOptional(),
  everybody: z.literal(true).exactOptional(),
  topic: z.string().exactOptional(),
  labelled: z.literal(true).exactOptional(),
  more: z.string().exactOptional(),
  unlisted: z.literal(true).exactOptional(),
})
export type MeetingSaid = z.infer<typeof MeetingSaid>
export type MeetingRules = { kinds: readonly MeetingKind[]; days: DayRules }

/** A piece of text up to a mark. `mark` is the mark before it. */
type Clause = { text: string; mark: string }
type Kinds = ReturnType<typeof kindsIn>
/** `typed` is the text with its number in a list, which `text` has not. */
type Seen = Clause & { typed: string; head: string; day: SaidDay | undefined; kinds: Kinds }

const columns: readonly Column[] = [
  { title: /^(?:日期|时间|会议时间|召开时间)$/, write: (cell) => cell },
  { title: /^(?:会议|会议名称|会议类型|会议类别|类别|类型|名称|形式)$/, write: (cell) => cell },
  { title: /^应到(?:人数)?$/, write: (cell) => `，应到${cell}` },
  { title: /^实到(?:人数)?$/, write: (cell) => `，实到${cell}` },
  { title: /^(?:议题|主题|内容|题目|会议内容|主要内容)$/, write: (cell) => `，议题：${cell}` },
  { title: /^(?:序号|支部|党支部|支部名称)$/, write: () => '' },
]
const marks = '，,；;。！!？?\n\r'
const numbering = new RegExp(`^\\s*(?:${listNumber}|[•·*-])\\s*(?=\\D|\\d{1,2}月|\\d{4}年|\\d{1,2}[./-]\\d)`, 'u')
const topicLabel = /(?:议题|主题|内容|题目)[为是:：]|(?<=^|\s)(?:议题|题目|主题(?!党日|教育))/u
const nameList =
  /^\s*(?:参会|参加|出席|到会|应到|实到|缺席|请假|与会)?(?:人员|党员|同志|名单|人员名单)[:：]|^\s*(?:缺席|请假)[:：]\s*\D/u

/** `…议题党费5月13日党员大会应到20…`: dictated records, one behind the other, are separate lines. */
const dictated =
  /(?<=[^\s，,；;。！!？?])(?=(?:\d{1,2}|[一二三四五六七八九十]{1,3})月[\d一二三四五六七八九十]{1,3}[日号][^，,；;。\n]{0,12}应到)/gu
/** `… ②4月20日党员大会`: the number of a list before a day begins another record, in the middle of a line too. */
const listed = new RegExp(
  `(?:[ \\t　]|(?<=[^\\s，,；;。])(?=[①-⒛㈠-㈩（(]))(?=${listNumber}\\s?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})月[\\d一二三四五六七八九十])`,
  'gu',
)
function clausesOf(typed: string): Clause[] {
  const text = typed.replace(listed, '\n').replace(dictated, '\n')
  const found: Clause[] = []
  let from = 0
  let mark = '\n'
  for (let at = 0; at <= text.length; at++) {
    const char = text[at] ?? '\n'
    if (!marks.includes(char)) continue
    const piece = text.slice(from, at)
    if (piece.trim() !== '') found.push({ text: piece, mark })
    mark = piece.trim() === '' && mark === '\n' ? '\n' : char === '\r' ? '\n' : char
    from = at + 1
  }
  return found
}

function seenIn(clause: Clause, { kinds, days }: MeetingRules): Seen {
  const text = clause.text.replace(numbering, '').trimStart()
  const head = text.slice(0, topicLabel.exec(text)?.index ?? text.length)
  return { text, typed: clause.text, mark: clause.mark, head, day: readDay(head, days), kinds: kindsIn(head, kinds) }
}

const atHead = (day: SaidDay | undefined): boolean => day !== undefined && day.start <= 4
/** Whether what follows the kind of meeting is what follows it in a record. */
const goesOn = ({ head, kinds }: Seen): boolean =>
  kinds !== undefined && /^\s*(?:$|[:：（(]|应|实|参|到)/u.test(head.slice(kinds.end))
/** Whether a clause begins with a kind of meeting and goes on as a record does. */
const kindOpens = (clause: Seen): boolean => goesOn(clause) && filler(clause.head.slice(0, clause.kinds?.start)) === ''

/** Whether a clause begins another record. `has` says which parts the record before has already. */
function opensAnother(clause: Seen, has: { day: boolean; kinds: boolean; counts: boolean }): boolean {
  const both = atHead(clause.day) && clause.kinds !== undefined
  if (clause.mark === '\n') {
    if (both) return has.day || has.kinds
    return (atHead(clause.day) && has.day) || (kindOpens(clause) && has.kinds)
  }
  if (clause.mark === '，' || clause.mark === ',')
    return both && has.day && has.kinds && (has.counts || goesOn(clause)) && filler(between(clause)) === ''
  return (both && has.day && has.kinds) || (kindOpens(clause) && has.kinds)
}
/** The words before the day, or the kind if that comes first, and those between them: `研究4月20日党员大会` is a topic. */
const between = ({ head, day, kinds }: Seen): string => {
  const [dayAt, kindAt] = [day?.start ?? 0, kinds?.start ?? 0]
  return head.slice(0, Math.min(dayAt, kindAt)) + head.slice(day?.end ?? 0, Math.max(day?.end ?? 0, kindAt))
}

/** All records of a text, in order. */
export function readMeetings(text: string, rules: MeetingRules): MeetingSaid[] {
  const groups: Seen[][] = []
  let has = { day: false, kinds: false, counts: false }
  for (const clause of clausesOf(withoutTable(text, columns))) {
    const seen = seenIn(clause, rules)
    const current = groups.at(-1)
    if (current && !opensAnother(seen, has)) current.push(seen)
    else {
      groups.push([seen])
      has = { day: false, kinds: false, counts: false }
    }
    has = {
      day: has.day || seen.day !== undefined,
      kinds: has.kinds || seen.kinds !== undefined,
      counts: has.counts || countsIn(seen.text).length > 0,
    }
  }
  return groups.map(meetingOf)
}

const count = `([\\d０-９]{1,5}|[${numeralChars}]{1,3})(?![\\d０-９.．])\\s*(?:个|名)?(?:人|党员|委员|同志)?`
const filling = '(?:会)?(?:人数|党员|委员|的)?(?:为|是|有|共)?[:：\\s]*'
const counting: readonly { role: 'both' | 'expected' | 'present'; pattern: RegExp }[] = [
  {
    role: 'both',
    pattern: new RegExp(`应到[、和与及]?\\s*实到(?:人数)?(?:均|都|各)?(?:为|是)?[:：\\s]*${count}`, 'gu'),
  },
  {
    role: 'expected',
    pattern: new RegExp(
      `(?<!(?:^|[，,\\s])[\\d０-９]{1,5}[人名])(?:应到|应参会|应参加|应出席|党员总数)${filling}${count}`,
      'gu',
    ),
  },
  {
    role: 'present',
    pattern: new RegExp(
      `(?<!应)(?:实到|实际到会|实际参加|实际出席|实参会|实参加|到会|出席|参会|参加)${filling}${count}`,
      'gu',
    ),
  },
]
const allCame = /全部(?:到齐|到会|参加|出席)|全员(?:到会|参加|到齐)|无人?缺席|都到了|全到了?/u

type Counted = { role: 'both' | 'expected' | 'present' | 'all'; value: number; start: number; end: number }
/** The numbers in a piece of text, in order. None lies within another. */
function countsIn(text: string): Counted[] {
  const found: Counted[] = []
  const free = (start: number, end: number): boolean => found.every((one) => end <= one.start || start >= one.end)
  for (const { role, pattern } of counting)
    for (const { 0: said, 1: number = '', index } of text.matchAll(pattern)) {
      const value = /[\d０-９]/u.test(number) ? Number(number.normalize('NFKC')) : wholeNumeral(number)
      if (value !== undefined && free(index, index + said.length))
        found.push({ role, value, start: index, end: index + said.length })
    }
  const all = allCame.exec(text)
  if (all && free(all.index, all.index + all[0].length))
    found.push({ role: 'all', value: 0, start: all.index, end: all.index + all[0].length })
  return found.toSorted((a, b) => a.start - b.start)
}

/** Removes words that only join a sentence and say nothing more. */
const filler = (text: string): string =>
  trimMarks(text, ',，、：:（(）)“”"')
    .replace(
      /^(?:我们|我|本)?(?:党支部|支部)?(?:又|还)?(?:于|在)?(?:召开|开展|举行|组织|进行|召集|开)?(?:了|过)?(?:的)?(?=$)/u,
      '',
    )
    .replace(/^(?:我们|我|本)?(?:党支部|支部)(?:于|在)?(?:召开|开展|举行|组织|进行|开)?了?/u, '')
    .replace(/(?:召开|开展|举行|组织了?|开)$|^(?:会议|活动|一次|1次|其中|共)$/u, '')
    .trim()

/** The pieces of a text that are left without the pieces taken. */
function without(text: string, taken: readonly { start: number; end: number }[]): string[] {
  const left: string[] = []
  let from = 0
  for (const { start, end } of taken.toSorted((a, b) => a.start - b.start)) {
    if (start > from) left.push(text.slice(from, start))
    from = Math.max(from, end)
  }
  return [...left, text.slice(from)].map(filler).filter(Boolean)
}

type Parts = {
  kinds: string[]
  day?: SaidDay
  counts: Counted[]
  topic?: string[]
  about: string[]
  more: string[]
  unlisted: boolean
}

function meetingOf(clauses: readonly Seen[]): MeetingSaid {
  const parts: Parts = { kinds: [], counts: [], about: [], more: [], unlisted: false }
  for (const clause of clauses) addClause(parts, clause)
  const { day } = parts
  const topic =
    parts.topic?.join('').trim() || parts.about.join('，').replace(/^(?:议题|题目|主题(?!党日|教育))(?=.)/u, '')
  const more = [...parts.more, ...(parts.topic ? parts.about : [])].join('，')
  return {
    words: clauses.map(({ text, mark }, i) => (i === 0 ? text.trim() : `${mark}${text}`)).join(''),
    kinds: parts.kinds,
    ...dayOf(day),
    ...numbersOf(parts.counts),
    ...(topic === '' ? {} : { topic }),
    ...(parts.topic ? { labelled: true as const } : {}),
    ...(more === '' ? {} : { more }),
    ...(parts.unlisted ? { unlisted: true as const } : {}),
  }
}

function addClause(parts: Parts, { text, typed, mark, head, day, kinds }: Seen): void {
  const counts = countsIn(head)
  if (nameList.test(text) && counts.length === 0) return void (parts.unlisted = true)
  const isCounts = counts.length > 0 && without(text, counts).length === 0
  if (parts.topic && !isCounts) return void parts.topic.push(`${mark}${typed}`)
  const plain = without(head, [...counts, ...(day ? [day] : []), ...(kinds ? [kinds] : [])]).length === 0
  const takesKinds =
    kinds !== undefined && parts.kinds.length === 0 && (plain || day !== undefined || parts.about.length === 0)
  const begins = atHead(day) && parts.about.length === 0 && parts.counts.length === 0
  const takesDay = day !== undefined && parts.day === undefined && (takesKinds || plain || begins)
  if (takesKinds) parts.kinds = kinds.names
  if (takesDay) parts.day = day
  parts.counts.push(...counts)
  const border = takesKinds ? kinds.start : takesDay ? day.start : 0
  const taken = [...counts, ...(takesDay ? [day] : []), ...(takesKinds ? [kinds] : [])]
  parts.more.push(
    ...without(
      head.slice(0, border),
      taken.map((one) => clipped(one, 0, border)),
    ),
  )
  parts.about.push(
    ...without(
      head.slice(border),
      taken.map((one) => clipped(one, border, head.length)),
    ),
  )
  if (head.length < text.length) parts.topic = [text.slice(head.length).replace(topicLabel, '').trimStart()]
}
const clipped = ({ start, end }: { start: number; end: number }, from: number, to: number) => ({
  start: Math.min(Math.max(start, from), to) - from,
  end: Math.min(Math.max(end, from), to) - from,
})

function dayOf(day: SaidDay | undefined): Pick<MeetingSaid, 'day' | 'doubt'> {
  if (!day) return {}
  return 'problem' in day ? { doubt: dayProblem(day) } : { day: day.day.toString() }
}

/** The numbers of a meeting. A number that was said twice with different values does not count. */
function numbersOf(counts: readonly Counted[]): Pick<MeetingSaid, 'expected' | 'present' | 'everybody'> {
  const only = (role: Counted['role']): number | undefined => {
    const values = new Set(counts.flatMap((one) => (one.role === role || one.role === 'both' ? [one.value] : [])))
    return values.size === 1 ? [...values][0] : undefined
  }
  const expected = only('expected')
  const present = only('present')
  const everybody = present === undefined && counts.some(({ role }) => role === 'all')
  return {
    ...(expected === undefined ? {} : { expected }),
    ...(present === undefined ? {} : { present }),
    ...(everybody ? { everybody } : {}),
  }
}

/** How many came: the number said, or all who were expected. */
export const presentOf = ({ present, everybody, expected }: MeetingSaid): number | undefined =>
  present ?? (everybody ? expected : undefined)
