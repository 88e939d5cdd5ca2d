import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCard } from '../../src/campaign/reading/read-scores.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'
import { sentences } from './score-sentences.ts'

const { rubric } = campaignOf(plan2022)

it('no sentence is read as other scores than it was made from, and few are asked back', () => {
  let asked = 0
  const runs = 20_000
  fc.assert(
    fc.property(sentences(rubric), ({ text, scores }) => {
      const reading = readCard(text, rubric)
      if (reading.kind === 'scores') expect(reading.scores, text).toEqual(scores)
      else {
        asked++
        if (reading.kind === 'unread')
          for (const [i, score] of reading.scores.entries())
            if (score !== null) expect([text, i + 1, score]).toEqual([text, i + 1, scores[i]])
      }
    }),
    { numRuns: runs },
  )
  expect(asked / runs).toBeLessThan(0.25)
}, 300_000)
