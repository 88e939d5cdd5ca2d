import { describe, expect, it } from 'vitest'
import {
  type HardIssue,
  type Numbered,
  ownerIn,
  raise,
  readIssueDeed,
  stateOf,
} from '../../src/campaign/reports/hard-issue.ts'

const from = { month: '2022-05', raiser: 'p1', branches: ['b1'] }
const deed = { by: 'p2', at: '2022-05-20T10:00:00+08:00', words: '由后勤处更换' }
const raised = (before: readonly Numbered[], ...issues: string[]): Numbered[] => raise(before, { ...from, issues })
const words = (changed: readonly Numbered[]): string[] =>
  changed.map(({ number, issue }) => `${number} ${issue.words} ${stateOf(issue)}`)
const first: HardIssue = { ...from, words: '机房投影损坏，集中学习受影响' }

describe('a submitted report', () => {
  it('numbers its issues on from those of the whole college', () => {
    const others: Numbered[] = [{ number: 7, issue: { ...first, raiser: 'p9' } }]
    expect(words(raised(others, '投影坏了', '没有活动室'))).toEqual(['8 投影坏了 待上会', '9 没有活动室 待上会'])
  })

  it('keeps the number of what stayed, whatever the punctuation, and writes nothing for it', () => {
    expect(raised([{ number: 1, issue: first }], '机房投影损坏 集中学习受影响。')).toMatchObject([{ number: 1 }])
    expect(raised([{ number: 1, issue: first }], first.words)).toEqual([])
  })

  it('keeps the number of what was edited', () => {
    expect(words(raised([{ number: 1, issue: first }], '机房两台投影损坏，集中学习受影响'))).toEqual([
      '1 机房两台投影损坏，集中学习受影响 待上会',
    ])
  })

  it('takes out what it does not name any more, and numbers a new one', () => {
    expect(words(raised([{ number: 1, issue: first }], '党费系统登录不上'))).toEqual([
      '2 党费系统登录不上 待上会',
      '1 机房投影损坏，集中学习受影响 已撤回',
    ])
  })

  it('leaves decided and answered ones as they are', () => {
    expect(raised([{ number: 1, issue: { ...first, decision: deed } }])).toEqual([])
    expect(raised([{ number: 1, issue: { ...first, answer: deed } }])).toEqual([])
  })

  it('brings back under its number what it names again', () => {
    expect(words(raised([{ number: 1, issue: { ...first, takenOut: true } }], first.words))).toEqual([
      '1 机房投影损坏，集中学习受影响 待上会',
    ])
  })
})

describe('what is said of an issue', () => {
  it.each([
    ['3 决定 由后勤处更换投影，6月30日前', { number: 3, deed: 'decision', words: '由后勤处更换投影，6月30日前' }],
    ['3 答复 已更换', { number: 3, deed: 'answer', words: '已更换' }],
    ['３答复：已更换', { number: 3, deed: 'answer', words: '已更换' }],
    ['3 退回 颜色不正', { number: 3, deed: 'back', words: '颜色不正' }],
    ['3', { number: 3, words: '' }],
    ['第3项 已答复 已更换', { number: 3, deed: 'answer', words: '已更换' }],
    ['三 决定：更换', { number: 3, deed: 'decision', words: '更换' }],
    ['③答复 已更换', { number: 3, deed: 'answer', words: '已更换' }],
    ['撤销 3 写错了', { number: 3, deed: 'undo', words: '写错了' }],
    ['3 撤销 写错了', { number: 3, deed: 'undo', words: '写错了' }],
    ['3 已经好了', { number: 3, words: '已经好了' }],
  ])('%s', (text, meant) => {
    expect(readIssueDeed(text)).toEqual(meant)
  })

  it.each(['全部', '投影坏了', '2022年的投影'])('%s is none', (text) => {
    expect(readIssueDeed(text)).toBeUndefined()
  })

  it.each([
    ['由后勤处更换投影，负责人孙处长，6月30日前', '孙处长'],
    ['由信息中心李主任负责，6月15日前', '信息中心李主任'],
    ['更换投影，6月30日前', undefined],
  ])('the owner in %s', (text, owner) => {
    expect(ownerIn(text)).toBe(owner)
  })
})
