import { describe, expect, it } from 'vitest'
import { readCounts } from '../../src/campaign/development/read-counts.ts'

describe('numbers of 发展', () => {
  it.each([
    ['积极分子12 发展对象3 预备党员2 转正1', { applicants: 12, candidates: 3, probationary: 2, confirmed: 1 }],
    ['12名入党积极分子、3名发展对象，两名预备党员', { applicants: 12, candidates: 3, probationary: 2 }],
    ['积极分子：十二人；没有转正', { applicants: 12, confirmed: 0 }],
    ['转正无，已明确意见并告知本人4人', { confirmed: 0, told: 4 }],
    ['超期4人，已告知3人', { beyond: 4, told: 3 }],
    ['预备党员转正1，预备党员２', { confirmed: 1, probationary: 2 }],
    ['1.积极分子12；2.发展对象3', { applicants: 12, candidates: 3 }],
    ['①积极分子12\n②发展对象3', { applicants: 12, candidates: 3 }],
    ['截至6月20日，本支部共有积极分子5人', { applicants: 5 }],
  ])('“%s”', (text, counts) => {
    expect(readCounts(text)).toEqual({ counts })
  })

  it('half a person is asked back, and moves no number on', () => {
    expect(readCounts('积极分子12.5 发展对象3')).toEqual({ say: '“12.5”不是整数，应是几人？' })
  })

  it.each([
    '积极分子张伟、刘洋，预备党员2',
    '积极分子12（其中王小明）',
    '转正 欧阳娜',
    '积极分子12 身份证610102199001011234',
    'Li Ming',
  ])('“%s” may hold a name', (text) => {
    expect(readCounts(text)).toEqual({ names: true })
  })

  it('asks for what cannot be paired, and keeps a bare number apart', () => {
    expect(readCounts('积极分子 发展对象3')).toHaveProperty('say')
    expect(readCounts('3 4')).toHaveProperty('say')
    expect(readCounts('4')).toEqual({ counts: {}, bare: 4 })
    expect(readCounts('没有')).toEqual({ counts: {}, bare: 0 })
  })
})
