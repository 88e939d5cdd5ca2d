import { Temporal } from 'temporal-polyfill'
import { dayOf } from '../src/bot/clock.ts'
import { awayUntil, reminders } from '../src/bot/pushes/reminders.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { dayWords } from '../src/campaign/calendar/ladder.ts'
import { superiorsOf } from '../src/campaign/roster/roster.ts'

type Day = Temporal.PlainDate

const back = /^(?:我|本人|已经?|提前|回来了?|上班了?|申请|要|[，,。 ])*(?:销假|取消请假|不请假)(?:了|吧|[。！!])*$/
export const saysBack = (text: string): boolean => text.length <= 20 && back.test(text.normalize('NFKC').trim())

/** Leave from `starts` (or from now) to `until`, both included. Reminders pause and the superiors are told. Deadlines stay. */
export async function goAway(turn: Turn, { starts, until }: { starts?: Day; until: Day }): Promise<void> {
  const today = turn.now.toPlainDate()
  if (Temporal.PlainDate.compare(until, today) < 0 || (starts && Temporal.PlainDate.compare(starts, until) > 0))
    return turn.say('这个日期已经过去了，或起止颠倒，请再说一次，如“请假到5月6日”。')
  const isAhead = starts !== undefined && Temporal.PlainDate.compare(starts, today) > 0
  const value = { until: until.toString(), ...(isAhead ? { from: starts.toString() } : {}) }
  await turn.put(awayUntil, [turn.who.id], { value })
  const asked = await turn.read(reminders, turn.who.id)
  if (asked && isWithin(dayOf(asked.at), isAhead ? starts : today, until)) await turn.remove(reminders, [turn.who.id])
  const days = (day: Day): string => `${day.year === today.year ? '' : `${day.year}年`}${dayWords(day)}`
  const words = isAhead ? `${days(starts)}到${days(until)}` : `到${days(until)}`
  const told = await tellSuperiors(turn, `${turn.who.name}请假${words}，这期间不再提醒本人，请留意其待办事项。`)
  turn.say(`好的，${words}不再提醒您${told}。事项和截止日不变；提前回来请回复“销假”。`)
}

const isWithin = (day: Day, from: Day, until: Day): boolean =>
  Temporal.PlainDate.compare(day, from) >= 0 && Temporal.PlainDate.compare(day, until) <= 0

/** Ends the leave now. */
export async function comeBack(turn: Turn): Promise<void> {
  const leave = await turn.read(awayUntil, turn.who.id)
  if (!leave || leave.until < turn.now.toPlainDate().toString()) return turn.say('您目前没有请假，提醒照常。')
  await turn.remove(awayUntil, [turn.who.id])
  const told = await tellSuperiors(turn, `${turn.who.name}已销假，提醒恢复。`)
  turn.say(`好的，已销假，提醒恢复${told}。`)
}

/** Tells the superiors. Returns who was told, as the end of a sentence. */
async function tellSuperiors(turn: Turn, text: string): Promise<string> {
  const superiors = superiorsOf(turn.roster, turn.who)
  for (const superior of superiors) await turn.tell(superior, text, { about: 'away' })
  return superiors.length > 0 ? `，已告知${superiors.map(({ name }) => name).join('、')}` : ''
}
