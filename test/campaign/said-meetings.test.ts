import { describe, expect, it } from 'vitest'
import { meetingAsks } from '../../src/campaign/meetings/said-meetings.ts'

const whole = {
  words: '支委会记录',
  day: '2022-04-12',
  kinds: ['支委会'],
  expected: 5,
  present: 5,
  topic: '研究发展对象',
}
type Part = keyof typeof whole
const without = (...parts: readonly Part[]) => {
  const rest = Object.fromEntries(Object.entries(whole).filter(([part]) => !parts.some((one) => one === part)))
  return { words: whole.words, kinds: [], ...rest }
}

describe('what is asked of a meeting that cannot be recorded yet', () => {
  it('nothing of a whole one', () => expect(meetingAsks(whole)).toBeUndefined())

  it.each([
    [['day'], '“支委会记录”还差日期。直接补上即可，如“4月12日”；不记这条请回复“删除”。'],
    [['kinds'], '“支委会记录”还差是哪一种会。直接补上即可，如“支委会”；不记这条请回复“删除”。'],
    [['expected'], '4月12日支委会还差应到人数。直接补上即可，如“应到5”；不记这条请回复“删除”。'],
    [['present'], '4月12日支委会还差实到人数。直接补上即可，如“实到5”；不记这条请回复“删除”。'],
    [['topic'], '4月12日支委会还差议题。直接补上即可，如“议题：…”；不记这条请回复“删除”。'],
    [['day', 'kinds'], '“支委会记录”还差日期、是哪一种会。直接补上即可，如“4月12日支委会”；不记这条请回复“删除”。'],
    [['expected', 'present'], '4月12日支委会还差应到、实到人数。直接补上即可，如“应到5实到5”；不记这条请回复“删除”。'],
    [
      ['day', 'kinds', 'expected', 'present', 'topic'],
      '“支委会记录”还差日期、是哪一种会、应到、实到人数、议题。直接补上即可，如“4月12日支委会，应到5实到5，议题：…”；不记这条请回复“删除”。',
    ],
  ] as const)('without %j what is missing, in one sentence with an example', (parts, asked) =>
    expect(meetingAsks(without(...parts))).toBe(asked),
  )

  it.each([
    ['主题党日', '主题'],
    ['党课', '题目'],
    ['党员大会', '议题'],
  ])('what %s is about is called %s', (kind, about) =>
    expect(meetingAsks({ ...without('topic'), kinds: [kind] })).toContain(`还差${about}。`),
  )

  it('numbers that cannot be', () => {
    expect(meetingAsks({ ...whole, present: 6 })).toBe('4月12日支委会：实到6人多于应到5人，实到应是几人？')
    expect(meetingAsks({ ...whole, expected: 0, present: 0 })).toBe('4月12日支委会：应到0人，应到应是几人？')
  })
})
