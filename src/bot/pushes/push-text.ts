import { nextWorkingDay } from '../../campaign/calendar/calendar.ts'
import { once } from '../../campaign/once.ts'
import type { World } from '../roster/world.ts'
import type { Due, Said } from './schedule.ts'

const order = ['prompt', 'reminder', 'escalation', 'bulletin'] as const
const noon = 12

/** The kind of a merged message: the first kind of the list that is in it. */
export const kindOf = (dues: readonly Due[]): Due['kind'] =>
  order.find((kind) => dues.some((due) => due.kind === kind)) ?? 'reminder'

const most = 10

/** Names. Of many, the first ten and their number; `measure` is 个 or 位. */
export const listed = (names: readonly string[], measure: string): string =>
  names.slice(0, most).join('、') + (names.length > most ? `等${names.length}${measure}` : '')

/**
 * Everything due for one receiver as one message (R5). Several duties are numbered. The first line says what it is about and by when, the
 * last one how to answer.
 */
export function pushText(dues: readonly Due[], world: Pick<World, 'calendar' | 'now'>): string {
  if (dues.length === 0) throw new TypeError('nothing is due')
  const parts = together(dues.map(({ says }) => says()))
  const said = parts.flatMap(({ title, lines }, i) =>
    parts.length === 1 ? [title, ...lines] : [`${i + 1}. ${title}`, ...lines.map((line) => `   ${line}`)],
  )
  const isAsked = dues.some((due) => 'person' in due.receiver && due.kind !== 'escalation' && due.duty !== 'first-day')
  const replies = new Set([...parts.map((part) => part.reply), isAsked ? snooze(dues, world) : ''])
  return [...said, [...replies].join('')].join('\n')
}

type Part = Omit<Said, 'among'>
type Some = [Said, ...Said[]]

/** Says duties with the same date once, with all their names. */
export const together = (dues: readonly Said[]): Part[] =>
  byDate(dues).map(([first, ...more]) => (more.length > 0 ? merged([first, ...more]) : first))

/** The duties that can be said together: those of one date and one person. The receiver's own come first. */
function byDate(dues: readonly Said[]): Some[] {
  const [only, ...others] = dues
  if (only && others.length === 0) return [[only]]
  const groups = new Map<string, Some>()
  for (const [i, due] of dues.entries()) {
    const key = due.among ? `${due.among.whose ?? ''} ${due.among.by}` : `${i}`
    const group = groups.get(key)
    if (group) group.push(due)
    else groups.set(key, [due])
  }
  const all = [...groups.values()]
  const isMerged = (group: Some): boolean => group.length > 1
  const isOwn = ([due]: Some): boolean => due.among?.whose === undefined
  return all.some(isMerged) ? [...all.filter(isOwn), ...all.filter((group) => !isOwn(group))] : all
}

/** `4季度季报和2项任务，12月31日（周六）到期…。`, then the list of them. */
function merged(dues: Some): Part {
  const [{ among, reply }] = dues
  const kinds = new Map<string, string[]>()
  for (const { among: one } of dues) if (one) kinds.set(one.what, [...(kinds.get(one.what) ?? []), one.name ?? ''])
  const counted = [...kinds].map(([what, names]) =>
    names.length > 1 ? `${names.length}项${what}` : what + names.join(),
  )
  const listed = [...kinds].flatMap(([what, names]) => (names.length > 1 ? [what + names.join('、')] : []))
  const words = [...new Set(dues.map((due) => `“${due.among?.word ?? ''}”`))]
  return {
    title: `${among?.whose ?? ''}${joined(counted, '和')}，${among?.by ?? ''}。`,
    lines: [...listed, ...dues.flatMap(({ lines }) => lines)],
    reply: among?.whose === undefined ? `请回复${joined(words, '或')}，会告诉您怎么报。` : reply,
  }
}
const joined = (words: readonly string[], last: string): string =>
  [words.slice(0, -1).join('、'), ...words.slice(-1)].filter(Boolean).join(last)

/** How to be reminded later, in words that will be granted: before the deadline, on a working day. Empty if there is no later time. */
function snooze(dues: readonly Due[], world: Pick<World, 'calendar' | 'now'>): string {
  const isLastDay = dues.some(({ step }) => step === 'T-0')
  if (isLastDay && world.now.hour >= noon) return ''
  return `晚些提醒请说“${isLastDay ? '今天下午' : nextMorning(world)}提醒我”。`
}

const nextMorning = once(({ calendar, now }: Pick<World, 'calendar' | 'now'>): string => {
  const today = now.toPlainDate()
  const next = nextWorkingDay(calendar, today)
  return `${today.until(next).days === 1 ? '明天' : `${next.month}月${next.day}日`}上午`
})
