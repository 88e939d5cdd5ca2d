import { expect, it } from 'vitest'
import { figuresOf } from '../../src/campaign/scores/figures.ts'
import type { Bands } from '../../src/campaign/scores/rubric.ts'
import type { Scorecard } from '../../src/campaign/scores/scorecard.ts'

const bands: Bands = {
  upper: [
    { name: '先进', from: 85, words: '' },
    { name: '一般', from: 65, words: '' },
  ],
  lowest: { name: '后进', words: '' },
}
const card = (total: number, state: Scorecard['state']): Scorecard => ({
  scores: [total],
  version: 1,
  state,
  by: 'p1',
  at: '2022-04-25T10:00:00+08:00',
})
const cards = [card(90, 'filed'), card(85, 'submitted'), card(64, 'filed'), card(70, 'returned')]

it('counts what was given and is not returned, by band, and what lies on a boundary', () => {
  expect(figuresOf(cards, bands, { all: true })).toEqual({ done: 3, filed: 2, inBand: [2, 0, 1], onBoundary: 1 })
})

it('counts bands of filed cards alone for who may see no others', () => {
  expect(figuresOf(cards, bands, { all: false })).toEqual({ done: 3, filed: 2, inBand: [1, 0, 1], onBoundary: 0 })
})
