import { Temporal } from 'temporal-polyfill'
import type { Handler } from '../src/bot/handler.ts'
import { awayUntil, openDuties, reminders } from '../src/bot/reminders.ts'
import type { Schedule } from '../src/bot/schedule.ts'
import { snapshotOf } from '../src/bot/snapshot.ts'
import type { Turn } from '../src/bot/turn.ts'
import { lastWorkingDay } from '../src/campaign/calendar.ts'
import { dayWords, isPushTime, pushHours } from '../src/campaign/ladder.ts'
import { readWhen } from '../src/campaign/read-when.ts'
import { superiorsOf } from '../src/campaign/roster.ts'

/** Reminders moved to when it suits, and absences. Nothing here changes what is due. */
export const snooze = (schedules: readonly Schedule[]): Handler => ({
  name: 'snooze',
  async interrupts(turn, text) {
    const when = readWhen(text, turn.now, turn.campaign.push.at)
    if (when?.kind === 'away') await away(turn, when.until)
    else if (when) await remind(turn, schedules, when.from)
    return when !== undefined
  },
})

async function remind(turn: Turn, schedules: readonly Schedule[], wanted: Temporal.ZonedDateTime): Promise<void> {
  const open = openDuties(schedules, await snapshotOf(turn.world, turn), turn.who)
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
  await turn.put(reminders, [turn.who.id], { at: at.toInstant().toString() })
  const words = `${dayWords(at.toPlainDate())}${at.hour}:${String(at.minute).padStart(2, '0')}`
  const moved = at.equals(wanted) ? '' : '（您说的时间不在工作日白天或已过截止日，提前到最近的可提醒时间）'
  turn.say(`好的，${words}再提醒您${moved}。`)
}

/** The moment itself or the nearest allowed one before: a working day, by day, not past the deadline; undefined where all have passed. */
function allowed(
  { now, world }: Turn,
  wanted: Temporal.ZonedDateTime,
  limit: Temporal.PlainDate | undefined,
): Temporal.ZonedDateTime | undefined {
  const date = wanted.toPlainDate()
  const last = limit && Temporal.PlainDate.compare(date, limit) > 0 ? limit : date
  const day = lastWorkingDay(world.calendar, last)
  const time =
    day.equals(date) && !isPushTime(wanted, world.calendar) ? clamped(wanted.toPlainTime()) : wanted.toPlainTime()
  const at = day.toZonedDateTime({ timeZone: wanted.timeZoneId, plainTime: clamped(time) })
  return Temporal.ZonedDateTime.compare(at, now) > 0 ? at : undefined
}

const clamped = (time: Temporal.PlainTime): Temporal.PlainTime => {
  const { from, before } = pushHours
  if (Temporal.PlainTime.compare(time, from) < 0) return from
  const last = before.subtract({ minutes: 1 })
  return Temporal.PlainTime.compare(time, last) > 0 ? last : time
}

async function away(turn: Turn, until: Temporal.PlainDate): Promise<void> {
  const today = turn.now.toPlainDate()
  if (Temporal.PlainDate.compare(until, today) < 0)
    return turn.say('这个日期已经过去了，请再说一次，如“请假到5月6日”。')
  await turn.put(awayUntil, [turn.who.id], { until: until.toString() })
  const superiors = superiorsOf(turn.roster, turn.who)
  const words = dayWords(until)
  for (const superior of superiors)
    await turn.tell(superior, `${turn.who.name}请假到${words}，这期间不再提醒本人，请留意其待办事项。`, 'away')
  turn.say(
    `好的，到${words}不再提醒您${superiors.length > 0 ? `，已告知${superiors.map((one) => one.name).join('、')}` : ''}。事项和截止日不变。`,
  )
}
