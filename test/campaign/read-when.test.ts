import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { readWhen } from '../../src/campaign/reading/read-when.ts'

/** A Tuesday. */
const now = Temporal.ZonedDateTime.from('2022-04-26T10:30:00+08:00[Asia/Shanghai]')
const morning = Temporal.PlainTime.from('09:07')
const read = (text: string): string | undefined => {
  const when = readWhen(text, now, morning)
  if (when?.kind === 'away')
    return `away ${when.starts ? `${when.starts.toString()} ` : ''}until ${when.until.toString()}`
  if (when?.kind !== 'remind') return when && (when.kind === 'unread' ? `unread ${when.why}` : when.kind)
  return `remind ${when.from.toPlainDateTime().toString({ smallestUnit: 'minute' })}${when.wholeDay ? ' day' : ''}`
}

it.each([
  ['明天上午提醒我', '2022-04-27T09:07'],
  ['明早提醒我', '2022-04-27T09:07'],
  ['请明天上午提醒一下我交月报', '2022-04-27T09:07'],
  ['提醒我明天上午', '2022-04-27T09:07'],
  ['明天 上午 再提醒我。', '2022-04-27T09:07'],
  ['明天提醒我', '2022-04-27T09:07 day'],
  ['明天再说', '2022-04-27T09:07 day'],
  ['推迟一天', '2022-04-27T09:07 day'],
  ['过两天再提醒我', '2022-04-28T09:07 day'],
  ['后天下午3点提醒我', '2022-04-28T15:00'],
  ['后天下午三点半提醒我', '2022-04-28T15:30'],
  ['推迟到周五', '2022-04-29T09:07 day'],
  ['推到星期五下午两点', '2022-04-29T14:00'],
  ['改到下周五吧', '2022-05-06T09:07 day'],
  ['下周一再提醒', '2022-05-02T09:07 day'],
  ['周二提醒我', '2022-05-03T09:07 day'],
  ['周二下午提醒我', '2022-04-26T14:07'],
  ['5月6日提醒我', '2022-05-06T09:07 day'],
  ['五月六号上午九点提醒我', '2022-05-06T09:00'],
  ['推迟到5月6日再提醒我', '2022-05-06T09:07 day'],
  ['6号提醒我', '2022-05-06T09:07 day'],
  ['2023年1月5日提醒我', '2023-01-05T09:07 day'],
  ['明年1月5日提醒我', '2023-01-05T09:07 day'],
  ['月底提醒我', '2022-04-30T09:07 day'],
  ['5月底再提醒我', '2022-05-31T09:07 day'],
  ['下月初提醒我', '2022-05-01T09:07 day'],
  ['一小时后提醒我', '2022-04-26T11:30'],
  ['半个小时后提醒我', '2022-04-26T11:00'],
  ['１０分钟后提醒我', '2022-04-26T10:40'],
  ['晚点再提醒', '2022-04-26T11:30'],
  ['下午提醒我', '2022-04-26T14:07'],
  ['上午提醒我', '2022-04-27T09:07'],
  ['3点提醒我', '2022-04-26T15:00'],
])('%j moves the reminder to %s', (text, when) => expect(read(text)).toBe(`remind ${when}`))

it.each([
  ['明天24点', '04-28T00:00'],
  ['明天24点30分', '04-28T00:30'],
  ['明天晚上12点', '04-28T00:00'],
  ['明天晚上2点', '04-28T02:00'],
  ['明天晚上4点40分', '04-28T04:40'],
  ['明天晚上5点', '04-27T17:00'],
  ['明天夜里11点', '04-27T23:00'],
  ['明天夜里1点一刻', '04-28T01:15'],
  ['明天半夜', '04-28T00:00'],
  ['明天凌晨3点', '04-27T03:00'],
  ['明天0点', '04-27T00:00'],
  ['明天1点', '04-27T13:00'],
  ['明天早上5点59分', '04-27T05:59'],
  ['明天早上6点', '04-27T06:00'],
  ['明天6点半', '04-27T18:30'],
  ['明天7点三刻', '04-27T07:45'],
  ['明天上午10点', '04-27T10:00'],
  ['明天上午12点', '04-27T12:00'],
  ['明天12点', '04-27T12:00'],
  ['明天中午', '04-27T12:07'],
  ['明天中午11点', '04-27T11:00'],
  ['明天中午12点', '04-27T12:00'],
  ['明天中午1点', '04-27T13:00'],
  ['明天中午5点', '04-27T17:00'],
  ['明天中午6点', '04-27T06:00'],
  ['明天下午12点', '04-27T12:00'],
  ['明天下午1点', '04-27T13:00'],
  ['明天傍晚6点', '04-27T18:00'],
  ['明天9点59分', '04-27T09:59'],
])('%s is as people mean it, %s', (text, when) => expect(read(`${text}提醒我`)).toBe(`remind 2022-${when}`))

it.each(['明天25点', '明天9点60分'])('%s is no time', (text) => expect(read(`${text}提醒我`)).toBe('unread unclear'))

it.each([
  ['请假到5月6日', 'until 2022-05-06'],
  ['我请假到5月6号，家里有事', 'until 2022-05-06'],
  ['出差到周五', 'until 2022-04-29'],
  ['请病假至下周一', 'until 2022-05-02'],
  ['请假三天', 'until 2022-04-28'],
  ['请三天假', 'until 2022-04-28'],
  ['我想请2天的事假，家里有事', 'until 2022-04-27'],
  ['休假一周', 'until 2022-05-02'],
  ['4月28日到5月6日请假', '2022-04-28 until 2022-05-06'],
  ['明天请假', '2022-04-27 until 2022-04-27'],
])('%j is away %s', (text, when) => expect(read(text)).toBe(`away ${when}`))

it.each([
  ['昨天提醒我', 'past'],
  ['4月20日提醒我', 'past'],
  ['本周一提醒我', 'past'],
  ['请假到4月20日', 'past'],
  ['请假到3月底', 'past'],
  ['2月30日提醒我', 'none'],
  ['请假到2月29日', 'none'],
  ['请假', 'unclear'],
  ['下午25点提醒我', 'unclear'],
  ['改天提醒我', 'unclear'],
  ['每天上午提醒我', 'unclear'],
  ['张三请假到5月6日', 'unclear'],
])('%j is asked back: %s', (text, why) => expect(read(text)).toBe(`unread ${why}`))

it('an end of leave, and no reminders at all', () => {
  expect(read('销假')).toBe('back')
  expect(read('不用提醒我')).toBe('stop')
})

it.each([
  '明天',
  '5月6日',
  '支部提醒我要开会',
  '提醒党员按时参会',
  '这个问题下周再说',
  '第3项4',
  '5 5 4 5',
  '去了机电学生党支部，活动正常',
  '第3项扣1分，书记请假一次',
  '',
])('%j asks for nothing of the kind', (text) => expect(read(text)).toBeUndefined())

it('a reminder is never in the past, nor an absence over already', () => {
  const words = fc.constantFrom(
    '明天',
    '今天',
    '周',
    '下周',
    '一',
    '五',
    '5月',
    '6日',
    '月底',
    '上午',
    '下午',
    '3点',
    '半',
    '提醒我',
    '推迟到',
    '请假到',
    '再说',
    '小时后',
    '两',
    '过',
  )
  const anything = fc.oneof(
    fc.array(words, { maxLength: 6 }).map((list) => list.join('')),
    fc.string({ unit: 'binary', maxLength: 30 }),
  )
  fc.assert(
    fc.property(anything, (text) => {
      const when = readWhen(text, now, morning)
      if (when?.kind === 'remind') expect(Temporal.ZonedDateTime.compare(when.from, now)).toBe(1)
      if (when?.kind === 'away')
        expect(Temporal.PlainDate.compare(when.until, now.toPlainDate())).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 500 },
  )
})

it.each([
  ['4月27日 9:00提醒我', '2022-04-27T09:00'],
  ['4.27 9:30 提醒我', '2022-04-27T09:30'],
  [' 明 天 上 午 提 醒 我 ', '2022-04-27T09:07'],
])('blanks part a day from an hour and nothing else: %j', (text, at) => expect(read(text)).toBe(`remind ${at}`))

it('a text that is longer than any request asks for nothing, whatever it ends with', () => {
  const request = '明天上午提醒我'
  const filled = (length: number) => `${'，'.repeat(length - request.length)}${request}`
  expect(read(request)).toBe('remind 2022-04-27T09:07')
  expect(read(filled(41))).toBeUndefined()
  // Blanks do not count for the length.
  expect(read(`${' '.repeat(60)}${request}`)).toBe('remind 2022-04-27T09:07')
  expect(read(`${' '.repeat(200)}${request}`)).toBeUndefined()
})
