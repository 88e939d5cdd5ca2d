import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
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
  says: () => ({ title: `支部评分 ${step}。`, lines: ['待评：软件教研室党支部'], reply: '请回复“评分”。' }),
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
      // After noon of the last day there is no time left to offer.
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

describe('what is due by one date', () => {
  const by = '12月31日（周六）到期，最后一个工作日12月30日（周五），还有10个工作日'
  const now = at(Temporal.PlainDate.from('2022-12-16'), 9)
  const task = (name: string, whose?: string, date = by): Due => ({
    ...due('T-10'),
    duty: 'task',
    says: () => ({
      title: `${whose ?? ''}任务${name}，${date}。`,
      lines: [],
      reply: whose === undefined ? '办好了请回复“任务 …”。' : '请转告严守义。',
      among: { by: date, what: '任务', name, word: '任务', ...(whose === undefined ? {} : { whose }) },
    }),
  })
  const report: Due = {
    ...due('T-10'),
    says: () => ({
      title: `4季度季报，${by}。`,
      lines: ['待报：软件教研室党支部'],
      reply: '一条消息即可：“季报 …”。',
      among: { by, what: '4季度季报', word: '季报' },
    }),
  }

  it('is said once, counted, with all its names and the words to which the answer says how', () => {
    expect(pushText([report, task('4 完善党委制度汇编'), task('5 党员发展')], { calendar, now })).toBe(
      [
        `4季度季报和2项任务，${by}。`,
        '任务4 完善党委制度汇编、5 党员发展',
        '待报：软件教研室党支部',
        '请回复“季报”或“任务”，会告诉您怎么报。晚些提醒请说“12月19日上午提醒我”。',
      ].join('\n'),
    )
  })

  it('is one’s own first, then that of who cannot be reached; another date stands by itself', () => {
    const whose = '严守义（未绑定账号）：'
    const other = task('1 厘清支部划分', undefined, '11月30日前')
    const dues = [task('4 完善', whose), task('4 完善'), task('5 发展', whose), task('5 发展'), other]
    expect(pushText(dues, { calendar, now }).split('\n')).toEqual([
      `1. 2项任务，${by}。`,
      '   任务4 完善、5 发展',
      '2. 任务1 厘清支部划分，11月30日前。',
      `3. ${whose}2项任务，${by}。`,
      '   任务4 完善、5 发展',
      expect.stringMatching(/^请回复“任务”，会告诉您怎么报。办好了请回复“任务 …”。请转告严守义。/),
    ])
  })

  it('is said in full where it is alone', () => {
    expect(pushText([task('4 完善')], { calendar, now })).toContain(`任务4 完善，${by}。\n办好了请回复“任务 …”。`)
  })
})
