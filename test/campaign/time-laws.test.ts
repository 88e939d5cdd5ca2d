import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { readWhen } from '../../src/campaign/reading/read-when.ts'

const morning = Temporal.PlainTime.from('09:07')
const digits = '零一二三四五六七八九'
const weekdays = '一二三四五六日'
/** The numbers 0 to 99 as people speak them. */
function spoken(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`
  return tens > 0 && ones === 0 ? ten : `${ten}${digits[ones]}`
}
const written = fc.constantFrom<(n: number) => string>(String, spoken)

/** A time on a working day, so that requests are about days to come. */
const anyNow = fc
  .tuple(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 7, max: 19 }), fc.integer({ min: 0, max: 59 }))
  .map(([days, hour, minute]) =>
    Temporal.ZonedDateTime.from('2022-04-02T00:00:00+08:00[Asia/Shanghai]').add({ days }).with({ hour, minute }),
  )

/** The ways to name a day that is `ahead` days later. */
function dayWords(today: Temporal.PlainDate, ahead: number, say: (n: number) => string): string[] {
  const day = today.add({ days: ahead })
  const [month, date] = [say(day.month), say(day.day)]
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const weeks = Math.floor(monday.until(day).days / 7)
  const name = weekdays[day.dayOfWeek - 1] ?? ''
  const relative = ['今天', '明天', '后天', '大后天'][ahead]
  return [
    `${month}月${date}日`,
    `${month}月${date}号`,
    ...(day.year === today.year ? [`${day.month}.${day.day}`] : []),
    ...(relative === undefined ? [] : [relative]),
    ...(weeks === 0 && ahead > 0 ? [`周${name}`, `星期${name}`, `这周${name}`, `本周${name}`] : []),
    ...(weeks === 1 ? [`下周${name}`, `下星期${name}`, `下礼拜${name}`] : []),
    ...(day.month === today.month && ahead > 0 ? [`${date}号`] : []),
  ]
}

/** The ways to name an hour of the working day. */
function hourWords(hour: number, minute: number, say: (n: number) => string): string[] {
  const tail = minute === 0 ? '点' : minute === 30 ? '点半' : minute === 15 ? '点一刻' : `点${say(minute)}分`
  const part = hour < 9 ? '早上' : hour < 12 ? '上午' : hour === 12 ? '中午' : hour < 18 ? '下午' : '晚上'
  return [
    `${part}${say(hour > 12 ? hour - 12 : hour)}${tail}`,
    `${String(hour)}:${String(minute).padStart(2, '0')}`,
    ...(hour > 12 ? [`${say(hour)}${tail}`] : []),
  ]
}

const polite = fc.constantFrom('', '请', '麻烦', '那就')
const bye = fc.constantFrom('', '。', '吧', '，谢谢', '！')
const wide = (text: string): string =>
  text.replace(/[0-9:]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
const spaced = (text: string): string => text.replace(/(?<=[月周])(?=\d)/g, ' ')
const typed = fc.constantFrom<(text: string) => string>((text) => text, wide, spaced)

type Said = { now: Temporal.ZonedDateTime; text: string; meant: string }

const anyReminder: fc.Arbitrary<Said> = fc
  .record({
    now: anyNow,
    ahead: fc.integer({ min: 0, max: 13 }),
    hour: fc.integer({ min: 7, max: 19 }),
    minute: fc.constantFrom(0, 15, 30, 40),
    whole: fc.boolean(),
    say: written,
    which: fc.nat({ max: 40 }),
    form: fc.constantFrom(
      (when: string) => `${when}提醒我`,
      (when: string) => `${when}再提醒我`,
      (when: string) => `${when}提醒我一下`,
      (when: string) => `${when}叫我一下`,
      (when: string) => `推迟到${when}`,
      (when: string) => `改到${when}`,
      (when: string) => `提醒我${when}`,
      (when: string) => `${when}再说`,
    ),
    polite,
    bye,
    typed,
  })
  .map(({ now, ahead, hour, minute, whole, say, which, form, polite, bye, typed }) => {
    const today = now.toPlainDate()
    const wholeDay = whole && ahead > 0
    const days = dayWords(today, ahead, say)
    const hours = hourWords(hour, minute, say)
    const [named, hourNamed] = [days[which % days.length] ?? '', wholeDay ? '' : (hours[which % hours.length] ?? '')]
    const when = /\d$/.test(named) && /^\d/.test(hourNamed) ? `${named} ${hourNamed}` : named + hourNamed
    const day = today.add({ days: ahead })
    const at = day.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: { hour, minute } })
    const isPast = !wholeDay && Temporal.ZonedDateTime.compare(at, now) <= 0
    const meant = isPast
      ? 'ask'
      : wholeDay
        ? `on ${day.toString()}`
        : at.toPlainDateTime().toString({ smallestUnit: 'minute' })
    return { now, text: typed(`${polite}${form(when)}${bye}`), meant }
  })

const anyLeave: fc.Arbitrary<Said> = fc
  .record({
    now: anyNow,
    from: fc.integer({ min: 0, max: 5 }),
    length: fc.integer({ min: 1, max: 20 }),
    say: written,
    which: fc.nat({ max: 40 }),
    kind: fc.constantFrom('until', 'range', 'days'),
    word: fc.constantFrom('请假', '请病假', '请事假', '出差', '休假'),
    me: fc.constantFrom('', '我', '我要', '本人'),
    typed,
  })
  .map(({ now, from, length, say, which, kind, word, me, typed }) => {
    const today = now.toPlainDate()
    const last = kind === 'days' ? today.add({ days: length - 1 }) : today.add({ days: from + length })
    const untils = [`${say(last.month)}月${say(last.day)}日`, `${say(last.month)}月${say(last.day)}号`]
    const until = untils[which % 2] ?? ''
    const froms = dayWords(today, from, say)
    const first = from === 0 ? '今天' : (froms[which % froms.length] ?? '')
    const text =
      kind === 'days'
        ? `${me}${word}${say(length)}天`
        : kind === 'until'
          ? `${me}${word}到${until}`
          : `${me}${first}到${until}${word}`
    return { now, text: typed(text), meant: `leave ${last.toString()}` }
  })

/** What was understood, in the form of `meant`. */
function understood({ now, text, meant }: Said): string {
  const when = readWhen(text, now, morning)
  if (when?.kind === 'away') return `leave ${when.until.toString()}`
  if (when?.kind !== 'remind') return 'ask'
  if (when.wholeDay && meant.startsWith('on ')) return `on ${when.from.toPlainDate().toString()}`
  return when.from.toPlainDateTime().toString({ smallestUnit: 'minute' })
}

it.each([
  ['reminders', anyReminder],
  ['leave', anyLeave],
] as const)('%s: no time is read as another than it was made from, and few are asked back', (_, any) => {
  let asked = 0
  let clear = 0
  fc.assert(
    fc.property(any, (said) => {
      const got = understood(said)
      if (said.meant !== 'ask') clear++
      if (got === 'ask' && said.meant !== 'ask') asked++
      if (got !== 'ask') expect(got, `${said.now.toString()} ${said.text}`).toBe(said.meant)
    }),
    { numRuns: 10_000 },
  )
  expect(asked / clear).toBeLessThan(0.05)
})
