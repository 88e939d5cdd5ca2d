import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { allItems, evidenceWanted } from '../../src/campaign/scores/checklist-words.ts'
import { belowFull } from '../../src/campaign/scores/item-words.ts'
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
it('lists the scores that are not full, with their items', () => {
  expect(belowFull([5, 4.5, null, 3], rubric)).toBe('2 理论学习 4.5、4 分工协调 3')
  expect(belowFull([], rubric)).toBe('')
})
it('asks nothing where no item wants any', () => expect(evidenceWanted([], [5, 5, 4], rubric)).toBe(''))

it.each([
  ['A', '第1至2项每项最多5分，第3项每项最多10分，第4至6项每项最多5分，', '“除3扣1、15扣2，其余满分”或“全部满分”'],
  ['B', '第1至30项每项最多5分：', '“除3扣1、15扣2，其余满分”或“全部满分”'],
  ['D', '第1至10项每项基础分10分，可加可减，不低于0分：', '“除3扣1、1加1，其余基础分”或“全部基础分”'],
  ['E', '第1至10项每项最多10分：', '“除3扣1，其余满分”或“全部满分”'],
  ['G', '第1至25项每项好、较好、一般、差之一：', '“除1较好，其余好”或“全部好”'],
  ['H', '第1至16项每项最多5分，第17项每项加0到20分，', '“除3扣1、17加5，其余基础分”或“全部基础分”'],
])('says what the items of plan %s may get, and how to type them', (plan, most, example) => {
  const campaign = campaignOf(readFileSync(`campaigns/samples/${plan}/campaign.yaml`, 'utf8'))
  const other = campaign.rubric
  const ticked = other.sections.flatMap(({ items }) => items.map(({ points }) => points))
  const card = { scores: ticked.map(() => null), ticked, bySelf: false }
  const of = { whose: '软件教研室党支部', short: '软件', kind: 'deciding', campaign } as const
  const { words, how } = allItems(card, other, of)
  expect(words.split('\n')[0]).toContain(`软件教研室党支部 · 党总支评分，共${ticked.length}项，${most}`)
  expect(words.split('\n').at(-1)).toBe(how)
  expect(how).toBe(`请发各项得分，如${example}。看条文发“细则”。`)
})
