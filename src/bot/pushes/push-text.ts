import { nextWorkingDay } from '../../campaign/calendar/calendar.ts'
import type { World } from '../roster/world.ts'
import type { Due } from './schedule.ts'

const order = ['prompt', 'reminder', 'escalation', 'bulletin'] as const
const noon = 12

/** The kind of a merged message: the first of the list that is in it. */
export const kindOf = (dues: readonly Due[]): Due['kind'] =>
  order.find((kind) => dues.some((due) => due.kind === kind)) ?? 'reminder'

const most = 10

/** Names, the first ten of many with how many there are: `measure` is 个 or 位. */
export const listed = (names: readonly string[], measure: string): string =>
  names.slice(0, most).join('、') + (names.length > most ? `等${names.length}${measure}` : '')

/**
 * Everything due for one receiver as one message (R5), several numbered: what it is about and by when in the first line, how to answer
 * in the last.
 */
export function pushText(dues: readonly Due[], world: Pick<World, 'calendar' | 'now'>): string {
  if (dues.length === 0) throw new TypeError('nothing is due')
  const said = dues.flatMap(({ title, lines }, i) =>
    dues.length === 1 ? [title, ...lines] : [`${i + 1}. ${title}`, ...lines.map((line) => `   ${line}`)],
  )
  const isAsked = dues.some((due) => 'person' in due.receiver && due.kind !== 'escalation' && due.duty !== 'first-day')
  const replies = new Set([...dues.map((due) => due.reply), isAsked ? snooze(dues, world) : ''])
  return [...said, [...replies].join('')].join('\n')
}

/** How to be reminded later, in words that will be granted: before the deadline, on a working day. Empty where there is no later. */
function snooze(dues: readonly Due[], { calendar, now }: Pick<World, 'calendar' | 'now'>): string {
  const today = now.toPlainDate()
  const next = nextWorkingDay(calendar, today)
  const isLastDay = dues.some(({ step }) => step === 'T-0')
  if (isLastDay && now.hour >= noon) return ''
  const tomorrow = today.until(next).days === 1 ? '明天' : `${next.month}月${next.day}日`
  return `晚些提醒请说“${isLastDay ? '今天下午' : `${tomorrow}上午`}提醒我”。`
}
