import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { listed, pushText } from '../../src/bot/pushes/push-text.ts'
import type { Due } from '../../src/bot/pushes/schedule.ts'
import { addWorkingDays, calendarOf, isWorkingDay } from '../../src/campaign/calendar/calendar.ts'
import { isPushTime } from '../../src/campaign/calendar/ladder.ts'
import { readWhen } from '../../src/campaign/reading/read-when.ts'

const calendar = calendarOf({})
const morning = Temporal.PlainTime.from('09:07')
const person = { id: 'p1', name: '马建国', accounts: { wecom: 'majianguo' }, seats: [] }
const due = (step: string, kind: Due['kind'] = 'reminder'): Due => ({
  receiver: { person },
  duty: 'grading',
  period: '2022-04-30',
  step,
  kind,
  title: `支部评分 ${step}。`,
  lines: ['待评：软件教研室党支部'],
  reply: '请回复“评分”。',
})
const at = (date: Temporal.PlainDate, hour: number): Temporal.ZonedDateTime =>
  date.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: new Temporal.PlainTime(hour, 7) })

it('a later reminder is offered in words that are understood and granted: by day, on a working day, in time', () => {
  const working = fc
    .integer({ min: 0, max: 7000 })
    .map((n) => Temporal.PlainDate.from('2007-01-01').add({ days: n }))
    .filter((day) => isWorkingDay(calendar, day))
  fc.assert(
    fc.property(working, fc.integer({ min: 8, max: 19 }), fc.constantFrom(0, 1, 3, 5), (today, hour, left) => {
      const now = at(today, hour)
      const words = /请说“(.+)”/.exec(pushText([due(`T-${left}`)], { calendar, now }))?.[1]
      const when = words === undefined ? undefined : readWhen(words, now, morning)
      // After noon of the last day nothing is left to be offered.
      expect(when?.kind, words).toBe(left === 0 && hour >= 12 ? undefined : 'remind')
      if (when?.kind !== 'remind') {
        expect(words).toBeUndefined()
        return
      }
      expect(isPushTime(when.from, calendar), words).toBe(true)
      expect(when.from.epochMilliseconds).toBeGreaterThan(now.epochMilliseconds)
      const last = addWorkingDays(calendar, today, left)
      expect(Temporal.PlainDate.compare(when.from.toPlainDate(), last), words).toBeLessThanOrEqual(0)
    }),
  )
})

it('what is only told to a superior offers no later reminder; the same reply is said once', () => {
  const now = at(Temporal.PlainDate.from('2022-05-05'), 9)
  expect(pushText([due('superior', 'escalation'), due('again', 'escalation')], { calendar, now })).toBe(
    [
      '1. 支部评分 superior。',
      '   待评：软件教研室党支部',
      '2. 支部评分 again。',
      '   待评：软件教研室党支部',
      '请回复“评分”。',
    ].join('\n'),
  )
})

it('of many names the first ten are said, and how many there are', () => {
  const names = Array.from({ length: 12 }, (_, i) => `支部${i + 1}`)
  expect(listed(names.slice(0, 2), '个')).toBe('支部1、支部2')
  expect(listed(names, '个')).toBe(`${names.slice(0, 10).join('、')}等12个`)
})
