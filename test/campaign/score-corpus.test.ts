import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCard } from '../../src/campaign/reading/read-scores.ts'
import { fullMarks } from '../../src/campaign/scores/rubric.ts'
import { wordingsOf } from '../support/score-cases.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const { rubric } = campaignOf(plan2022)
const full = fullMarks(rubric)
const begins = /^评分 \S+$/

const numberIn = (score: unknown): number | undefined => (typeof score === 'number' ? score : undefined)

/** Wordings of test/cases that are a whole card for one branch, read by the rules alone, without a conversation. */
const cards = ['scores', 'own-scores'].flatMap((name) =>
  wordingsOf(readFileSync(new URL(`../cases/${name}.jsonl`, import.meta.url), 'utf8')).flatMap((one) => {
    const { want, before = [] } = one
    const isPlain = [one.as, one.branch, one.open, one.kept].every((more) => more === undefined)
    if (!isPlain || before.length > 1 || !before.every((text) => begins.test(text)) || Array.isArray(want)) return []
    const text = before.length === 1 ? one.text : /^评分 \S+ ([\s\S]+)$/.exec(one.text)?.[1]
    // If the branch stands in the same text, the branch may be the uncertain part.
    if (text === undefined || (want === 'ask' && before.length === 0)) return []
    if (want !== 'ask' && Object.values(want).some((score) => typeof score !== 'number')) return []
    return [{ text, scores: want === 'ask' ? undefined : full.map((most, i) => numberIn(want[i + 1]) ?? most) }]
  }),
)
const certain = cards.filter(({ scores }) => scores !== undefined)

/** All scores of the card, or undefined if something is asked back. */
function wholeOf(text: string): string | undefined {
  const reading = readCard(text, rubric)
  const isWhole = reading.kind === 'scores' && reading.scores.every((score) => score !== null)
  return isWhole ? reading.scores.join(' ') : undefined
}

describe('wordings of whole cards, by the rules alone', () => {
  it('none is read as other scores than were meant', () => {
    const wrong = certain.filter(({ text, scores }) => (wholeOf(text) ?? scores?.join(' ')) !== scores?.join(' '))
    expect(wrong).toEqual([])
  })

  it('nearly all of them are read as a whole', () => {
    expect(certain.length).toBeGreaterThan(300)
    const asked = certain.filter(({ text }) => wholeOf(text) === undefined).map(({ text }) => text)
    expect(asked.length / certain.length, asked.slice(0, 20).join('\n')).toBeLessThanOrEqual(0.02)
  })

  it('what can be read in two ways is asked, never decided', () => {
    const unsure = cards.filter(({ scores }) => scores === undefined)
    expect(unsure.length).toBeGreaterThan(20)
    expect(unsure.filter(({ text }) => wholeOf(text) !== undefined)).toEqual([])
  })
})
