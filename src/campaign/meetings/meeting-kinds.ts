import { Temporal } from 'temporal-polyfill'
import { monthEnds, quarterEnds, type Span } from '../calendar/deadline.ts'
import { isoOf } from '../calendar/iso.ts'
import { quarterStart, quarterWords } from '../calendar/quarter.ts'
import { once } from '../once.ts'
import type { MeetingKind } from '../plan/campaign.ts'

type Day = Temporal.PlainDate

/** Names for the same kind of meeting. Decision 7: when people speak of a branch's 民主生活会, they mean its 组织生活会. */
const alike: readonly (readonly string[])[] = [
  ['党员大会', '支部党员大会', '支部大会'],
  ['支委会', '支部委员会会议', '支部委员会', '支委会议', '支委扩大会', '支委（扩大）会', '支委(扩大)会'],
  ['党小组会', '党小组会议'],
  ['主题党日', '主题党日活动', '党日活动'],
  ['组织生活会', '专题组织生活会', '民主生活会'],
  ['民主评议党员', '民主评议', '党员评议'],
]

/** What a kind is called: by the plan, and in other words that are no other kind of it. */
const wordsFor = ({ name }: MeetingKind, kinds: readonly MeetingKind[]): string[] => [
  name,
  ...(alike.find((words) => words.includes(name)) ?? []).filter((word) => !kinds.some((kind) => kind.name === word)),
]
/** The kind that examples name: one of every month, if the plan has one. */
export const exampleKind = (kinds: readonly MeetingKind[]): string =>
  (kinds.find(({ every }) => every === 'month') ?? kinds[0])?.name ?? ''

/** A secretary's lecture also counts as a meeting of this kind. */
export const lectureKind = '党课'

/** Stands between two kinds that were held as one meeting: `主题党日暨党员大会`. */
const joint =
  /^(?:活动|会议)?\s*(?:暨|兼|和|与|及|以及|、|\+|＋|\/|并|同时|套开|结合)(?:召开|开展)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2}|本)月份?的?)?\s*$/u

/** The kinds of the meeting that a text names, and their place: the first kind, and those joined to it. */
export function kindsIn(
  text: string,
  kinds: readonly MeetingKind[],
): { names: string[]; start: number; end: number } | undefined {
  const words = kinds
    .flatMap((kind) => wordsFor(kind, kinds).map((word) => ({ name: kind.name, word })))
    .toSorted((a, b) => b.word.length - a.word.length)
  const at = (from: number) => words.find(({ word }) => text.startsWith(word, from))
  const names: string[] = []
  let start = -1
  let end = -1
  for (let i = 0; i < text.length; i++) {
    const hit = at(i)
    if (!hit) continue
    if (end >= 0 && (i - end > 10 || !joint.test(text.slice(end, i)))) break
    if (start < 0) start = i
    if (!names.includes(hit.name)) names.push(hit.name)
    end = i + hit.word.length
    i = end - 1
  }
  return start < 0 ? undefined : { names, start, end }
}

const endsOf = once((span: Span) => ({ month: monthEnds(span), quarter: quarterEnds(span), year: yearEnds(span) }))

/** The last days of the periods in which a kind of meeting must be held, within the campaign. */
export const periodEnds = ({ every }: MeetingKind, span: Span): readonly Day[] => endsOf(span)[every]

function yearEnds(span: Span): readonly Day[] {
  const years = span.ends.year - span.starts.year + 1
  const ends = Array.from({ length: years }, (_, i) =>
    Temporal.PlainDate.from({ year: span.starts.year + i, month: 12, day: 31 }),
  )
  return ends.filter((end) => Temporal.PlainDate.compare(end, span.ends) <= 0)
}

const startOf = ({ every }: Pick<MeetingKind, 'every'>, end: Day): Day => {
  if (every === 'month') return end.with({ day: 1 })
  return every === 'quarter' ? quarterStart(end) : end.with({ month: 1, day: 1 })
}

/** The first and the last day of the period that ends on `end`, as ISO dates. */
export const periodOf = ({ every }: MeetingKind, end: Day): { first: string; last: string } => periodsTo(end)[every]
const periodsTo = once((end: Day) => {
  const from = (every: MeetingKind['every']) => ({ first: startOf({ every }, end).toString(), last: end.toString() })
  return { month: from('month'), quarter: from('quarter'), year: from('year') }
})

/** Whether a day lies in the period that ends on `end`. */
export function isWithin(kind: MeetingKind, end: Day, day: Day): boolean {
  const { first, last } = periodOf(kind, end)
  return isoOf(day) >= first && isoOf(day) <= last
}

/** A period in words: `4月`, `2季度`, `2022年`. */
export function periodWords({ every }: MeetingKind, end: Day): string {
  if (every === 'month') return `${end.month}月`
  return every === 'quarter' ? quarterWords(end) : `${end.year}年`
}

/** The period that runs on a day, and the one before it. Absent if the campaign has none. */
export function periodsAt(kind: MeetingKind, span: Span, day: Day): { running?: Day; last?: Day } {
  const ends = periodEnds(kind, span)
  const running = ends.find((end) => isWithin(kind, end, day))
  const last = ends.findLast((end) => Temporal.PlainDate.compare(end, day) < 0)
  return { ...(running ? { running } : {}), ...(last ? { last } : {}) }
}
