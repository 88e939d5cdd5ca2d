import { describe, expect, it } from 'vitest'
import { type Reading, readChange } from '../../src/campaign/reading/read-scores.ts'
import { fullMarks, type PartialScores } from '../../src/campaign/scores/rubric.ts'
import { eighteen } from './rubrics.ts'

const full = fullMarks(eighteen)
/** Full marks, except for these items. */
const but = (scores: { readonly [item: number]: number | null }): PartialScores =>
  full.map((score, i) => (i + 1 in scores ? (scores[i + 1] ?? null) : score))
const first = (...scores: number[]): PartialScores => full.map((_, i) => scores[i] ?? null)
const scoresOf = (reading: Reading): PartialScores | string =>
  reading.kind === 'scores' ? reading.scores : reading.kind === 'unread' ? reading.sentence : reading.kind
const change = (text: string, draft: PartialScores, asked?: number): PartialScores | string =>
  scoresOf(readChange(text, eighteen, { draft, asked }))

describe('a draft is changed', () => {
  const eight = full.map((score, i) => (i < 8 ? score : null))
  const third = but({ 3: null })

  it.each([
    '第3项4',
    '3改4',
    '3改成4',
    '3改为4分',
    '第3项改成四分',
    '把第3项改为4',
    '第三项扣1',
    '3扣一',
    '3:4',
    '3=4',
    '第3项：4',
    '第3项应是4分',
    '第3项从5改为4',
    '要点丙 4',
    '3 要点丙 4分',
  ])('by %j', (text) => expect(change(text, full)).toEqual(but({ 3: 4 })))
  it.each(['3改4，8改4.5', '第3项4 第8项4.5', '3扣1、8扣0.5', '第3项4分，第8项扣半分'])('at two items by %j', (text) =>
    expect(change(text, full)).toEqual(but({ 3: 4, 8: 4.5 })),
  )
  it.each([
    ['5 5 4', first(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 4)],
    ['4.5', first(5, 5, 5, 5, 5, 5, 5, 5, 4.5)],
    ['5,5,5,5,5,5,5,5,9,10', but({ 17: 9 })],
    ['5555 5555 9 10', but({ 17: 9 })],
    ['其余满分', full],
    ['除17扣1，其余满分', but({ 17: 9 })],
    ['5 5 5 5 5 5 5 4 5 5 5 5 5 5 5 5 10 10', but({ 8: 4 })],
  ])('with the next open items or the whole card by %j', (text, scores) => expect(change(text, eight)).toEqual(scores))

  it.each(['4', '4分', '得4', '扣1', '应是4分', '第3项4', '四'])(
    'by the answer %j to the question for one item',
    (text) => expect(change(text, third, 3)).toEqual(but({ 3: 4 })),
  )
  it('by 满分 as the answer for that item alone', () =>
    expect(change('满分', but({ 3: null, 8: 4 }), 3)).toEqual(but({ 8: 4 })))
  it('by an answer for the asked item, not the first open one', () =>
    expect(change('4', eight, 12)).toEqual(eight.map((score, i) => (i === 11 ? 4 : score))))
  it.each(['除3扣1，其余满分', '全部满分，除3扣1', '5545 5555 5555 5555 10 10'])('all over by %j', (text) =>
    expect(change(text, but({ 8: 2 }))).toEqual(but({ 3: 4 })),
  )
  it('all over by 全部满分, also where some is open', () =>
    expect(change('全部满分', but({ 8: 2, 9: null }))).toEqual(full))

  it.each([
    ['4', full, '“4”是哪一项的'],
    ['3 4', full, '“3 4”是哪一项的'],
    ['5 4', third, '多出“4”'],
    ['第3项7', full, '第3项收到“7”，这一项最高5分。第3项应是几分？'],
    ['第20项4', full, '没有第20项'],
    ['第3项从4改为3', full, '第3项现在是5分'],
    ['其余满分', full, '各项都已有得分'],
    ['扣1', full, '没有写明是哪一项'],
    ['3改4，3改5', full, '4分或5分'],
  ])('not by %j, which is asked back', (text, draft, sentence) => {
    const reading = readChange(text, eighteen, { draft })
    expect(reading.kind).toBe('unread')
    expect(scoresOf(reading)).toContain(sentence)
    expect(reading.kind === 'unread' && reading.scores).toEqual(draft)
  })

  it.each([
    '好的',
    '是',
    '明天上午提醒我',
    '请假到5月6日',
    '下午3点提醒我',
    '4月',
    '2022年4月2日',
    '一般情况',
    '三会一课',
    '去了机电学生党支部，3名党员',
    '',
    '。',
    '谢谢',
    '各位领导',
  ])('not at all by %j', (text) => expect(readChange(text, eighteen, { draft: eight }).kind).toBe('other'))
})
