import type { Due } from './schedule.ts'

const order = ['prompt', 'reminder', 'escalation'] as const

/** The kind of a merged message: the first of the list that is in it. */
export const kindOf = (dues: readonly Due[]): Due['kind'] =>
  order.find((kind) => dues.some((due) => due.kind === kind)) ?? 'reminder'

const snooze = '改天提醒请说“明天上午提醒我”。'
const count = ['', '一', '两', '三', '四', '五', '六', '七', '八', '九']

const most = 10

/** Names, the first ten of many with how many there are: `measure` is 个 or 位. */
export const listed = (names: readonly string[], measure: string): string =>
  names.slice(0, most).join('、') + (names.length > most ? `等${names.length}${measure}` : '')

/** Everything due for one receiver as one message (R5): alone as it is, several numbered, each with how to answer. */
export function pushText(dues: readonly Due[]): string {
  const [only, ...more] = dues
  if (!only) throw new TypeError('nothing is due')
  const personal = 'person' in only.receiver && dues.some((due) => due.kind !== 'escalation')
  const last = personal ? [snooze] : []
  if (more.length === 0) return [only.title, ...only.lines, only.reply, ...last].join('\n')
  const replies = [...new Set(dues.map((due) => due.reply))]
  return [
    `有${count[dues.length] ?? dues.length}件事要办：`,
    ...dues.flatMap((due, i) => [`${i + 1}. ${due.title}`, ...due.lines.map((line) => `   ${line}`)]),
    ...replies,
    ...last,
  ].join('\n')
}
