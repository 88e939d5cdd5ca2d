import { expect, it } from 'vitest'
import { evidenceWanted } from '../../src/campaign/scores/checklist-words.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const { rubric } = campaignOf(plan2022)

it('asks for the evidence of the first item, and says of how many', () => {
  expect(evidenceWanted([3], [5, 5, 4], rubric)).toBe(
    '第3项（书记能力威信）4分，与基础分5分不同，要写依据。请发“第3项依据：…”。',
  )
  expect(evidenceWanted([3, 4, 7], [5, 5, 0], rubric)).toBe(
    '第3项（书记能力威信）0分，与基础分5分不同，要写依据（共3项要写）。请发“第3项依据：…”。',
  )
})
it('asks nothing where no item wants any', () => expect(evidenceWanted([], [5, 5, 4], rubric)).toBe(''))
