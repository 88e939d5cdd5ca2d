import { describe, expect, it } from 'vitest'
import { isConverted, isLagging, nextRound, roundsIn, shownOf } from '../../src/campaign/scores/rounds.ts'
import type { Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const { bands } = campaignOf(plan2022)
type Round = [total: number, state: Scorecard['state']]
const rounds = (...all: Round[]) =>
  roundsIn((kind) => {
    const round = all[kind === 'deciding' ? 0 : Number(/^deciding-(\d+)$/.exec(kind)?.[1] ?? 0) - 1]
    return round && { scores: [round[0]], version: 1, state: round[1], by: 'p', at: '2022-04-25T10:00:00+08:00' }
  })
const totalShown = (...all: Round[]) => shownOf(rounds(...all))?.card.scores[0]

describe('rounds of a branch', () => {
  it.each([
    ['a submitted first round is shown', [[60, 'submitted']], 60],
    [
      'a second round is shown once filed',
      [
        [60, 'filed'],
        [88, 'submitted'],
      ],
      60,
    ],
    [
      'then it is',
      [
        [60, 'filed'],
        [88, 'filed'],
      ],
      88,
    ],
    [
      'returned it is not, the one before is',
      [
        [60, 'filed'],
        [61, 'filed'],
        [88, 'returned'],
      ],
      61,
    ],
  ] satisfies [string, Round[], number][])('%s', (_, all, total) => expect(totalShown(...all)).toBe(total))

  it.each([
    [[[60, 'filed']], true, false],
    [[[60, 'submitted']], false, false],
    [
      [
        [65, 'filed'],
        [60, 'filed'],
      ],
      false,
      false,
    ],
    [
      [
        [64.5, 'filed'],
        [65, 'filed'],
      ],
      true,
      true,
    ],
    [
      [
        [64.5, 'filed'],
        [65, 'submitted'],
      ],
      true,
      false,
    ],
    [
      [
        [60, 'filed'],
        [60, 'filed'],
        [70, 'filed'],
      ],
      true,
      true,
    ],
    [
      [
        [60, 'filed'],
        [70, 'filed'],
        [60, 'filed'],
      ],
      true,
      false,
    ],
  ] satisfies [Round[], boolean, boolean][])('%j: lagging %s, converted %s', (all, lagging, converted) => {
    expect(isLagging(rounds(...all), bands)).toBe(lagging)
    expect(isConverted(rounds(...all), bands)).toBe(converted)
  })

  it.each([
    [[], 1, { why: 'not-filed' }],
    [[[90, 'filed']], 1, { round: 2 }],
    [[[60, 'filed']], 2, { why: 'running' }],
    [
      [
        [60, 'filed'],
        [60, 'filed'],
      ],
      2,
      { round: 3 },
    ],
    [
      [
        [60, 'filed'],
        [90, 'filed'],
      ],
      2,
      { why: 'not-lagging' },
    ],
  ] satisfies [Round[], number, object][])('after %j, begun %i: %j', (all, begun, next) =>
    expect(nextRound(rounds(...all), begun, bands)).toEqual(next),
  )
})
