import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Beside,
  bandIn,
  borderIn,
  type Carded,
  gradeIn,
  ownTotal,
  resultOf,
  rounded,
  sentenceOf,
} from '../../src/campaign/scores/results.ts'
import {
  type Bands,
  exactly,
  type Item,
  itemsOf,
  leastOf,
  mostOf,
  type Rubric,
  rankOf,
  type Section,
} from '../../src/campaign/scores/rubric.ts'

const bands: Bands = {
  upper: [
    { name: '优', from: 90, words: '90分以上为优' },
    { name: '良', from: 70, words: '70分以上为良' },
  ],
  lowest: { name: '差', words: '70分以下为差' },
}
const vetoes = [
  { name: '意识形态', words: '意识形态问题', atMost: '良' },
  { name: '违纪', words: '违纪', atMost: '差' },
]

/** Items of every kind in any number of sections, with or without shares, maxima, scorers and rounding. */
const item = fc.oneof(
  fc.record({ points: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ points: fc.integer({ min: 1, max: 20 }), most: fc.constant(Number.POSITIVE_INFINITY) }),
  fc.record({ points: fc.constant(0), most: fc.integer({ min: 1, max: 10 }) }),
  fc.record({ points: fc.constant(0), least: fc.integer({ min: -10, max: -1 }) }),
)
const rubric = fc
  .record({
    sections: fc.array(fc.array(item, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
    isShared: fc.boolean(),
    most: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    decimals: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    weights: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  })
  .map(({ sections, isShared, most, decimals, weights }): Rubric => {
    let number = 0
    const share = Math.floor(100 / sections.length) / 100
    return {
      step: 0.5,
      bands: ['优', '良', '差'],
      headings: [],
      vetoes,
      sections: sections.map(
        (items, i): Section => ({
          name: `第${i}类`,
          items: items.map((one): Item => ({ number: ++number, label: `${number}`, words: '', section: '', ...one })),
          ...(isShared ? { share: i === 0 ? exactly(1 - share * (sections.length - 1)) : share } : {}),
          ...(most === undefined ? {} : { most }),
        }),
      ),
      result: {
        shares:
          weights === undefined
            ? []
            : [
                { who: 'self', share: weights / 10 },
                { who: 'deciding', share: exactly(1 - weights / 10) },
              ],
        ...(decimals === undefined ? {} : { decimals }),
      },
    }
  })
const scored = rubric.chain((one) =>
  fc
    .tuple(
      ...itemsOf(one).map((each) =>
        fc
          .integer({ min: leastOf(each) * 2, max: Math.min(mostOf(each), each.points + 20) * 2 })
          .map((half) => half / 2),
      ),
    )
    .map((scores) => ({ rubric: one, scores })),
)
const beside: Beside = { self: 88.5 }
const totalWith = (one: Rubric, scores: readonly number[]): number =>
  resultOf(one, bands, { scores, beside })?.total ?? ownTotal(one, scores).total

describe('what scores come to', () => {
  it('never falls when any score rises, nor does the band', () => {
    fc.assert(
      fc.property(scored, fc.nat(), fc.integer({ min: 1, max: 10 }), ({ rubric: one, scores }, at, more) => {
        const i = at % scores.length
        const raised = scores.map((score, j) => (j === i ? score + more / 2 : score))
        expect(totalWith(one, raised)).toBeGreaterThanOrEqual(totalWith(one, scores))
        const rank = (given: readonly number[]): number =>
          rankOf(resultOf(one, bands, { scores: given, beside })?.band ?? '', bands)
        expect(rank(raised)).toBeLessThanOrEqual(rank(scores))
      }),
    )
  })

  it('is the same in whatever order the items of a section and the sections stand', () => {
    fc.assert(
      fc.property(scored, ({ rubric: one, scores }) => {
        let at = 0
        const parts = one.sections.map((section) => ({
          section: { ...section, items: [...section.items].reverse() },
          scores: scores.slice(at, (at += section.items.length)).reverse(),
        }))
        const turned = [...parts].reverse()
        const other = { ...one, sections: turned.map(({ section }) => section) }
        expect(
          totalWith(
            other,
            turned.flatMap((part) => part.scores),
          ),
        ).toBe(totalWith(one, scores))
      }),
    )
  })

  it('is rounded once, at the end', () => {
    fc.assert(
      fc.property(scored, ({ rubric: one, scores }) => {
        const { decimals, shares = [] } = one.result ?? {}
        const unrounded = totalWith({ ...one, result: { shares } }, scores)
        expect(totalWith(one, scores)).toBe(decimals === undefined ? unrounded : rounded(unrounded, decimals))
      }),
    )
    expect([rounded(89.995, 2), rounded(89.994, 2), rounded(0.5, 0), rounded(74.5, 0)]).toEqual([90, 89.99, 1, 75])
  })

  it('with a veto is in no better band than the veto allows', () => {
    fc.assert(
      fc.property(scored, fc.subarray(['意识形态', '违纪']), ({ rubric: one, scores }, held) => {
        const result = resultOf(one, bands, { scores, vetoes: held, beside })
        for (const { name, atMost } of vetoes)
          if (held.includes(name))
            expect(rankOf(result?.band ?? '', bands)).toBeGreaterThanOrEqual(rankOf(atMost, bands))
      }),
    )
  })

  it('says how it came about, and whose marks are missing', () => {
    const plain: Rubric = {
      step: 1,
      bands: [],
      headings: [],
      sections: [{ name: '全部', items: [{ number: 1, label: '一', words: '', section: '全部', points: 100 }] }],
      result: {
        shares: [
          { who: 'self', share: 0.4 },
          { who: 'deciding', share: 0.6 },
        ],
        decimals: 2,
      },
    }
    const both = resultOf(plain, bands, { scores: [95], beside: { self: 92 } })
    expect(both).toEqual({ total: 93.8, band: '优', how: '自评 92 × 40% ＋ 总支 95 × 60% ＝ 93.8', lacks: [] })
    const one = resultOf(plain, bands, { scores: [95] })
    expect(sentenceOf({ scores: [95], result: one }, bands)).toBe(
      '还缺自评，还没有总分（自评 待定 × 40% ＋ 总支 95 × 60%）',
    )
  })
})

describe('what a card amounts to', () => {
  const decided = { name: '党委', by: 'p1', at: '2022-10-12T09:00:00+08:00', on: '2022-10-12', band: '良' }
  it.each<[what: string, card: Carded, band: string, grade: string, border: string | undefined, sentence: string]>([
    ['a plain sum', { scores: [50, 45] }, '优', '95 分 优', undefined, '总分 95 分，定级：优'],
    ['a sum on a boundary', { scores: [50, 40] }, '优', '90 分 优', '优', '总分 90 分，定级：优'],
    ['a sum on the lowest boundary', { scores: [70] }, '良', '70 分 良', '良', '总分 70 分，定级：良'],
    ['the lowest band', { scores: [69.5] }, '差', '69.5 分 差', undefined, '总分 69.5 分，定级：差'],
    [
      'a sum on a boundary, which a veto takes lower',
      { scores: [90], result: { total: 90, band: '良', how: '一票否决：意识形态，最高良', lacks: [] } },
      '良',
      '90 分 良',
      undefined,
      '总分 90 分，定级：良（一票否决：意识形态，最高良）',
    ],
    [
      'a result that others decided',
      { scores: [90], approved: [decided, { ...decided, on: '2022-10-14', band: '差', reason: '品牌不够' }] },
      '差',
      '90 分 差',
      undefined,
      '总分 90 分，定级：差（党委10月12日同意；党委10月14日改定为差：品牌不够）',
    ],
    [
      'a result that others left as it was',
      { scores: [90], approved: [{ ...decided, band: '优' }] },
      '优',
      '90 分 优',
      '优',
      '总分 90 分，定级：优（党委10月12日同意）',
    ],
    [
      'marks that are missing',
      { scores: [90], result: { how: '', lacks: ['self', 'panel'] } },
      '',
      '还缺自评、评议',
      undefined,
      '还缺自评、评议，还没有总分',
    ],
    [
      'a long reckoning, which only the confirmation shows',
      { scores: [90], result: { total: 95, band: '优', how: '很长的算法'.repeat(13), lacks: [] } },
      '优',
      '95 分 优',
      undefined,
      '总分 95 分，定级：优',
    ],
  ])('%s', (_, card, band, grade, border, sentence) => {
    expect(bandIn(card, bands)).toBe(band)
    expect(gradeIn(card, bands)).toBe(grade)
    expect(borderIn(card, bands)?.name).toBe(border)
    expect(sentenceOf(card, bands)).toBe(sentence)
  })
})
