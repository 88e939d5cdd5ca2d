import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Bands,
  bandOf,
  boundaryAt,
  distances,
  fullMarks,
  grainOf,
  isScore,
  itemsOf,
  rankOf,
  totalOf,
} from '../../src/campaign/scores/rubric.ts'
import { campaignOf, changed, otherCollege, plan2022 } from './campaign-files.ts'

const plans = [campaignOf(plan2022), campaignOf(otherCollege)]
const { bands } = campaignOf(plan2022)

/** Two to seven bands over 0 to 100 in halves. Each boundary belongs to the better or to the worse side. */
const borders = fc
  .uniqueArray(fc.integer({ min: 1, max: 199 }), { minLength: 1, maxLength: 6 })
  .chain((cuts) =>
    fc.tuple(
      fc.constant(cuts.toSorted((a, b) => b - a).map((half) => half / 2)),
      fc.array(fc.boolean(), { minLength: cuts.length, maxLength: cuts.length }),
    ),
  )
const total = fc.integer({ min: 0, max: 200 }).map((half) => half / 2)

type Written = { name: string; from: number; inclusive: boolean; to: number; toInclusive: boolean }
function written(cuts: readonly number[], up: readonly boolean[]): Written[] {
  return [...cuts, 0].map((from, i) => ({
    name: `第${i + 1}档`,
    words: '分数线见文件',
    source: '附件',
    from,
    inclusive: i === cuts.length || up[i] === true,
    to: cuts[i - 1] ?? 100,
    toInclusive: i === 0 || up[i - 1] === false,
  }))
}
const isWithin = (points: number, band: Written): boolean =>
  (points > band.from || (band.inclusive && points === band.from)) &&
  (points < band.to || (band.toInclusive && points === band.to))

describe('bands', () => {
  it('cover every total exactly once, as the file writes them', () =>
    fc.assert(
      fc.property(borders, fc.array(total, { minLength: 1, maxLength: 20 }), ([cuts, up], totals) => {
        const list = written(cuts, up)
        const read = campaignOf(changed(plan2022, [[['bands'], list]])).bands
        for (const points of [...totals, ...cuts])
          expect(list.filter((band) => isWithin(points, band)).map(({ name }) => name)).toEqual([bandOf(points, read)])
      }),
      { numRuns: 40 },
    ))

  it('more points never mean a worse band', () =>
    fc.assert(
      fc.property(total, total, (a, b) => a > b || rankOf(bandOf(a, bands), bands) >= rankOf(bandOf(b, bands), bands)),
    ))

  it('the distance up leads exactly into the next better band, the distance down exactly out of the own one', () =>
    fc.assert(
      fc.property(fc.constantFrom(...plans), total, ({ bands: own, rubric }, any) => {
        const points = Math.floor(any / rubric.step) * rubric.step
        const { up, down } = distances(points, own, rubric.step)
        const rank = rankOf(bandOf(points, own), own)
        const rankAt = (other: number): number => rankOf(bandOf(other, own), own)
        if (up) {
          expect(bandOf(points + up.points, own)).toBe(up.name)
          expect(rankAt(points + up.points - rubric.step)).toBe(rank)
        } else expect(rank).toBe(0)
        if (down) {
          expect(bandOf(points - down.points, own)).toBe(down.name)
          expect(rankAt(points - down.points + rubric.step)).toBe(rank)
        } else expect(rank).toBe(own.upper.length)
      }),
    ))

  it('only totals at which a band begins are marked 临界', () => {
    const marked = (all: Bands): number[] =>
      Array.from({ length: 241 }, (_, i) => i / 2).filter((points) => boundaryAt(points, all))
    expect(plans.map((plan) => marked(plan.bands))).toEqual([
      [65, 85],
      [72, 96, 108],
    ])
  })
})

it('sums of any scores that can be given lie on the steps, and full marks are the total', () => {
  for (const { rubric } of plans) {
    const scores = itemsOf(rubric).map((item) => fc.nat(item.points / rubric.step).map((steps) => steps * rubric.step))
    fc.assert(
      fc.property(fc.tuple(...scores), (given) => {
        expect(
          given.every((score, i) => {
            const item = itemsOf(rubric)[i]
            return item && isScore(score, item, rubric)
          }),
        ).toBe(true)
        const sum = totalOf(given)
        expect(Number.isInteger(sum / rubric.step) && sum >= 0 && sum <= totalOf(fullMarks(rubric))).toBe(true)
      }),
      { numRuns: 50 },
    )
  }
})

it('two totals differ by a step, or by what a plan rounds to', () => {
  const [plan] = plans
  if (!plan) throw new Error('no plan')
  expect(grainOf(plan.rubric)).toBe(plan.rubric.step)
  expect(grainOf({ ...plan.rubric, result: { shares: [], decimals: 1 } })).toBe(0.1)
})
