import { Temporal } from 'temporal-polyfill'
import { readsOf } from '../src/bot/pushes/at-hand.ts'
import { openDuties, reminders } from '../src/bot/pushes/reminders.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import type { Handler } from '../src/bot/turn/handler.ts'
import type { Turn } from '../src/bot/turn/turn.ts'
import { lastWorkingDay, previousWorkingDay } from '../src/campaign/calendar/calendar.ts'
import { dayWords, isPushTime, momentWords, pushHours } from '../src/campaign/calendar/ladder.ts'
import type { Unread } from '../src/campaign/reading/read-leave.ts'
import { readWhen } from '../src/campaign/reading/read-when.ts'
import { comeBack, goAway, saysBack } from './leave.ts'

/** Moves reminders to a better time, and takes absences. Nothing here changes a deadline. */
export const snooze = (schedules: readonly Schedule[]): Handler => ({
  name: 'snooze',
  async interrupts(turn, text) {
    // While own words are awaited, leave may explain a missing visit, and a day may be about anything. But “提醒我” is for us.
    if (turn.session.focus?.ownWords && !text.includes('提醒我')) return false
    if (saysBack(text)) {
      await comeBack(turn)
      return true
    }
    const when = readWhen(text, turn.now, turn.campaign.push.at)
    // Among own words, a text that is not certainly a request belongs to those words.
    if (!when || (turn.session.focus?.ownWords && when.kind !== 'remind')) return false
    if (when.kind === 'away') await goAway(turn, when)
    else if (when.kind === 'back') await comeBack(turn)
    else if (when.kind === 'remind') await remind(turn, schedules, when.from)
    else if (when.kind === 'stop')
      turn.say('到期前的提醒不能停；办完就不再提醒。想换个时间请写“4月28日上午提醒我”，请假请写“请假到5月6日”。')
    else turn.say(askedBack(when, turn.now.toPlainDate()))
    return true
  },
})

const examples = { remind: '“4月28日上午9点提醒我”', away: '“请假到5月6日”' } as const
/** Quotes the piece that is no day, and asks for it. */
function askedBack({ about, piece, why }: Unread, today: Temporal.PlainDate): string {
  const words = {
    past: `“${piece}”已经过去了（今天${withYear(dayWords(today), today)}），没有设置`,
    none: `没有“${piece}”这一天，没有设置`,
    unclear: `没有读懂“${piece}”是哪一天，没有设置`,
  }[why]
  const year = why === 'past' ? '如是明年请写明年份。' : ''
  return `${words}。${year}请写明日期再发一次，如${examples[about]}。`
}
const withYear = (words: string, day: { year: number }): string => `${day.year}年${words}`
async function remind(turn: Turn, schedules: readonly Schedule[], wanted: Temporal.ZonedDateTime): Promise<void> {
  const open = openDuties(schedules, await turn.snapshot(readsOf(schedules)), turn.who)
  const today = turn.now.toPlainDate()
  const ahead = open.filter(({ deadline }) => Temporal.PlainDate.compare(deadline, today) >= 0)
  if (open.length === 0) return turn.say('您目前没有待办的事，不用提醒。')
  if (!turn.canRemind) return turn.say('这里不能主动提醒您。要办的事请发“帮助”查看。')
  const limit = ahead.map(({ deadline }) => deadline).sort((a, b) => Temporal.PlainDate.compare(a, b))[0]
  const at = allowed(turn, wanted, limit)
  if (!at)
    return turn.say(
      `${limit ? `${dayWords(limit)}截止，` : ''}在那之前没有可以提醒的工作时间了，请现在办理：\n${open.map(({ title }) => title).join('\n')}`,
    )
  await turn.put(reminders, [turn.who.id], { value: { at: at.toInstant().toString() } })
  const moved = at.equals(wanted) ? '' : '（您说的时间不在工作日白天或已过截止日，改为最近的可提醒时间）'
  turn.say(`好的，${at.year === today.year ? momentWords(at) : withYear(momentWords(at), at)}再提醒您${moved}。`)
}

/**
 * The wanted moment, or the nearest allowed one before it: on a working day, in the daytime, not past the deadline. Undefined if all have
 * passed. If a person names an hour before our first and no evening is left before it, the reminder comes at that first hour.
 */
function allowed(
  { now, world: { calendar } }: Turn,
  wanted: Temporal.ZonedDateTime,
  limit: Temporal.PlainDate | undefined,
): Temporal.ZonedDateTime | undefined {
  const on = (day: Temporal.PlainDate, plainTime: Temporal.PlainTime): Temporal.ZonedDateTime =>
    day.toZonedDateTime({ timeZone: wanted.timeZoneId, plainTime })
  const { from } = pushHours
  const last = pushHours.before.subtract({ minutes: 1 })
  const date = wanted.toPlainDate()
  const time = wanted.toPlainTime()
  const day = lastWorkingDay(calendar, limit && Temporal.PlainDate.compare(date, limit) > 0 ? limit : date)
  const candidates =
    Temporal.PlainTime.compare(time, from) < 0
      ? [on(day.equals(date) ? previousWorkingDay(calendar, day) : day, last), on(day, from)]
      : [on(day, time), on(day, last)].filter((at) => isPushTime(at, calendar))
  return candidates.find((one) => Temporal.ZonedDateTime.compare(one, now) > 0)
}
