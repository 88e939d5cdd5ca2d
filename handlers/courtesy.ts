import { readsOf } from '../src/bot/pushes/at-hand.ts'
import { openDuties } from '../src/bot/pushes/reminders.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import type { Handler } from '../src/bot/turn/handler.ts'
import type { Turn } from '../src/bot/turn/turn.ts'

const token =
  /^(?:收到|好的|好嘞|好滴|好|嗯|行|可以|明白|知道|了解|谢谢|感谢|多谢|辛苦|没问题|没事|ok|okay|thanks|3q|您|你|了|啦|哈|的|\[[^\]]{1,4}\])/
/** As an answer to a question these words have content (难点？没问题). */
const alsoAnswers = /^(?:行|可以|没问题|没事|嗯|ok)/
const noise = /[\s\p{P}\p{S}\p{Extended_Pictographic}]|\u{FE0F}/gu
const longest = 20

/** Whether a text only confirms or thanks: `收到`, `好的，谢谢`, a thumb. */
export function isCourtesy(text: string): boolean {
  if (Array.from(text).length > longest) return false
  const faces = text.normalize('NFKC').replace(/[\s，,。.!！~～、]/g, '')
  let left = faces.replace(noise, (char) => (char === '[' || char === ']' ? char : '')).toLowerCase()
  if (left === '') return /\p{Extended_Pictographic}/u.test(faces)
  const starts = /^(?:了|啦|哈|的|您|你)/
  if (starts.test(left) && !left.startsWith('了解')) return false
  while (left !== '') {
    const found = token.exec(left)
    if (!found) return false
    left = left.slice(found[0].length)
  }
  return true
}

/** Answers `收到` and the like with one line, never with 帮助: what is next, or where something is. */
export const courtesy = (schedules: readonly Schedule[]): Handler => ({
  name: 'courtesy',
  async interrupts(turn, text) {
    const isAsked = turn.session.focus?.ownWords === true
    if (!isCourtesy(text) || (isAsked && alsoAnswers.test(text.normalize('NFKC').trim().toLowerCase()))) return false
    turn.say(`好的。${await nextFor(turn, schedules)}`)
    return true
  },
})

async function nextFor(turn: Turn, schedules: readonly Schedule[]): Promise<string> {
  if (turn.session.choices.some(({ text }) => text === '提交')) return '刚才那份还没有提交，要提交请回复“提交”。'
  const open = openDuties(schedules, await turn.snapshot(readsOf(schedules)), turn.who)
  const [next] = open.sort((one, other) => (one.deadline.toString() < other.deadline.toString() ? -1 : 1))
  return next ? `接下来：${next.title}` : ''
}
