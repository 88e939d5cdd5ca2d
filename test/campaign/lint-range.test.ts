import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIn, readRange } from '../../src/campaign/lint/lint-range.ts'

const from = (points: number, included: boolean) => ({ from: { points, included } })
const to = (points: number, included: boolean) => ({ to: { points, included } })

it.each([
  ['85分以上为先进', from(85, true)],
  ['85分及以上', from(85, true)],
  ['85分（含）以上', from(85, true)],
  ['85分以上（不含85分）', from(85, false)],
  ['85分以上（不含本数）', from(85, false)],
  ['八十五分以上', from(85, true)],
  ['高于85分', from(85, false)],
  ['超过84.5分的为先进', from(84.5, false)],
  ['不低于85分', from(85, true)],
  ['达到85分', from(85, true)],
  ['65分以下为后进', to(65, true)],
  ['65分以下（不含65分）', to(65, false)],
  ['不满65分', to(65, false)],
  ['低于６５分', to(65, false)],
  ['不超过65分', to(65, true)],
  ['65至85分为一般', { ...from(65, true), ...to(85, true) }],
  ['65—85分，不含85分', { ...from(65, true), ...to(85, false) }],
  ['65至85分（不含65分）', { ...from(65, false), ...to(85, true) }],
  ['65分（含）—85分（不含）', { ...from(65, true), ...to(85, false) }],
  ['65分以上不满85分', { ...from(65, true), ...to(85, false) }],
  ['65分以上（含本数）、85分以下（不含本数）', { ...from(65, true), ...to(85, false) }],
])('%s', (words, range) => expect(readRange(words)).toEqual(range))

it.each(['', '一般支部', '满分100分', '90分以上或者80分以上', '85分'])('%j is no range', (words) =>
  expect(readRange(words)).toBeUndefined(),
)

describe('whatever the numbers', () => {
  const points = fc.integer({ min: 0, max: 199 }).map((half) => half / 2)
  const lower = fc.constantFrom<[(n: number) => string, boolean]>(
    [(n) => `${n}分以上`, true],
    [(n) => `不低于${n}分`, true],
    [(n) => `${n}分及以上`, true],
    [(n) => `高于${n}分`, false],
    [(n) => `${n}分以上（不含${n}分）`, false],
  )
  const upper = fc.constantFrom<[(n: number) => string, boolean]>(
    [(n) => `${n}分以下`, true],
    [(n) => `不超过${n}分`, true],
    [(n) => `不满${n}分`, false],
    [(n) => `低于${n}分`, false],
    [(n) => `${n}分以下（不含）`, false],
  )
  it('two bounds in words hold exactly the totals between them', () =>
    fc.assert(
      fc.property(lower, upper, points, points, points, ([low, lowIn], [high, highIn], a, b, total) => {
        fc.pre(a < b)
        const range = readRange(`${low(a)}、${high(b)}为一般`)
        const meant = (lowIn ? total >= a : total > a) && (highIn ? total <= b : total < b)
        return range !== undefined && isIn(total, range) === meant
      }),
    ))
})
