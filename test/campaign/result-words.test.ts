import { expect, it } from 'vitest'
import { briefly, earlierWords } from '../../src/campaign/scores/result-words.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const { bands } = campaignOf(plan2022)
/** Eighteen scores of a total. */
const scores = (total: number): number[] => [...Array.from({ length: 17 }, () => 5), total - 85]

it.each([
  [97, '97 分 先进'],
  [85, '85 分 先进 临界'],
  [84.5, '84.5 分 一般'],
])('a card of %d is said in brief', (total, words) => expect(briefly({ scores: scores(total) }, bands)).toBe(words))

it('a later round says what the one before was', () => {
  const card = { scores: scores(57.5), version: 1, by: 'p1', at: '2022-04-25T09:00:00+08:00', state: 'filed' as const }
  expect(earlierWords({ round: 1, card }, bands)).toBe('复评（第2轮），第1轮 57.5 分 后进。')
})
