import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { ladderOf, numberOf } from '../../src/campaign/plan/campaign.ts'
import { parseCampaign } from '../../src/campaign/plan/parse-campaign.ts'
import { bandOf, fullMarks, isScore, itemsOf, totalOf } from '../../src/campaign/scores/rubric.ts'
import { campaignOf, changed, otherCollege, plan2022, strings, textsAt } from './campaign-files.ts'

const campaign = campaignOf(plan2022)
const other = campaignOf(otherCollege)

it('has the plan word for word', () => {
  const bare = (text: string): string => text.replaceAll(/\s/g, '')
  const plan = bare(readFileSync('test/campaign/plan-2022.txt', 'utf8'))
  const texts = textsAt(
    ['words', 'requirements', 'title', 'owners', 'deadline', 'document', 'college'],
    parse(plan2022),
  )
  expect(texts.length).toBeGreaterThan(60)
  expect(texts.filter((text) => !plan.includes(bare(text)))).toEqual([])
})

it('has the 18 items of 100 points in five sections, each with a short label of its own', () => {
  const items = itemsOf(campaign.rubric)
  expect(campaign.rubric.sections.map(({ name, items: own }) => [name, own.length])).toEqual([
    ['领导班子', 4],
    ['党员队伍', 4],
    ['工作机制', 4],
    ['工作业绩', 4],
    ['群众反映', 2],
  ])
  expect(fullMarks(campaign.rubric)).toEqual([...Array.from({ length: 16 }, () => 5), 10, 10])
  expect(new Set(items.map(({ label }) => label)).size).toBe(18)
  expect(items.every(({ number, label }) => `${number} ${label}`.length <= 11)).toBe(true)
  expect(items[17]).toEqual({
    number: 18,
    label: '投诉质询',
    words: '党支部在上年度是否受到群众投诉或上级质询',
    points: 10,
    section: '群众反映',
  })
})

it.each([
  [100, '先进'],
  [85, '先进'],
  [84.5, '一般'],
  [65, '一般'],
  [64.5, '后进'],
  [0, '后进'],
])('%d points are %s', (total, band) => expect(bandOf(total, campaign.bands)).toBe(band))

it('has the eleven tasks with their owners and days', () => {
  expect(
    campaign.tasks.map(({ number, name, deadline, owners }) => [
      number,
      name,
      strings(deadline.milestones),
      owners.posts.length,
    ]),
  ).toEqual([
    [1, '厘清支部划分', ['2022-05-31', '2022-12-31'], 1],
    [2, '党支部等级评定', ['2022-04-30'], 1],
    [3, '落实“三会一课”', 'all-year', 1],
    [4, '完善党委制度汇编', 'all-year', 6],
    [5, '党员发展', ['2022-06-30', '2022-12-31'], 4],
    [6, '党员教育管理', 'all-year', 1],
    [7, '基层组织书记培训', 'all-year', 1],
    [8, '党委委员联系制度', 'all-year', 3],
    [9, '党建工作示范建设', 'all-year', 2],
    [10, '支部书记讲党课', 'all-year', 2],
    [11, '党委委员讲党课', 'all-year', 3],
  ])
  expect(campaign.tasks[4]?.owners).toEqual({
    words: '组织部/党校/基层党组织书记',
    posts: ['organization-department', 'party-school', 'general-branch-secretary', 'branch-secretary'],
  })
  expect(campaign.tasks[7]?.owners.posts).toEqual(['committee-secretary', 'deputy-secretary', 'committee-member'])
})

it('asks for the liaison report each month from April, for the quarterly report from the second quarter', () => {
  expect(strings(campaign.duties['liaison-report'].milestones)).toEqual([
    '2022-04-30',
    '2022-05-31',
    '2022-06-30',
    '2022-07-31',
    '2022-08-31',
    '2022-09-30',
    '2022-10-31',
    '2022-11-30',
    '2022-12-31',
  ])
  expect(strings(campaign.duties['quarterly-report'].milestones)).toEqual(['2022-06-30', '2022-09-30', '2022-12-31'])
  expect(campaign.conversion).toMatchObject({ goal: 0.5 })
  expect(campaign.conversion.by.toString()).toBe('2022-12-31')
})

it.each([
  ['grading', ['T-10', 'T-5', 'T-3', 'T-1', 'T-0']],
  ['liaison-report', ['T-5', 'T-1', 'T-0']],
  ['quarterly-report', ['T-10', 'T-5', 'T-1']],
  ['task-5', ['T-10', 'T-5', 'T-1']],
])('reminds of %s at %j', (duty, steps) =>
  expect(ladderOf(campaign, duty)).toMatchObject({
    steps,
    groupSteps: ['T-5', 'T-1', 'T-0'],
    after: [1, 3, 8],
    superiorAfter: 1,
  }),
)

it('pushes at 09:07 and asks for the liaison report at T-5', () => {
  expect(campaign.push.at.toString()).toBe('09:07:00')
  expect(campaign.duties['liaison-report'].prompt).toBe('T-5')
  expect(campaign.liaison).toEqual({
    'committee-secretary': 'all',
    'deputy-secretary': { from: 2, to: 3 },
    'committee-member': { from: 3, to: 4 },
    visitsAMonth: 1,
  })
})

it('runs another college with another plan over two years', () => {
  expect(itemsOf(other.rubric)).toHaveLength(12)
  expect(totalOf(fullMarks(other.rubric))).toBe(120)
  expect([120, 108, 107, 96, 95, 72, 71, 0].map((total) => bandOf(total, other.bands))).toEqual([
    '五星',
    '五星',
    '四星',
    '四星',
    '三星',
    '三星',
    '待提升',
    '待提升',
  ])
  expect(other.posts['branch-secretary']).toBe('支部书记')
  expect(other.tasks[3]?.owners.posts).toEqual(['publicity-department', 'general-branch-secretary', 'branch-secretary'])
  expect(strings(other.tasks[3]?.deadline.milestones ?? [])).toEqual(['2025-12-19', '2026-06-15'])
  expect(other.duties.grading.deadline.toString()).toBe('2025-12-19')
  expect(strings(other.duties['quarterly-report'].milestones)).toEqual(['2025-12-31', '2026-03-31', '2026-06-30'])
  expect(ladderOf(other, 'quarterly-report')).toMatchObject({ steps: ['T-7', 'T-2'], after: [1, 2], superiorAfter: 2 })
  const [first] = itemsOf(other.rubric)
  expect(first && [9, 9.5].map((score) => isScore(score, first, other.rubric))).toEqual([true, false])
})

it('begins a band that leaves its boundary out one step above it', () => {
  const above = changed(plan2022, [
    [['bands', 0, 'inclusive'], false],
    [['bands', 1, 'toInclusive'], true],
  ])
  const { bands } = campaignOf(above)
  expect([85.5, 85, 65].map((total) => bandOf(total, bands))).toEqual(['先进', '一般', '一般'])
})

it('never throws, whatever the text', () => {
  const lines = plan2022.split('\n')
  const damaged = fc
    .tuple(
      fc.nat(lines.length - 1),
      fc.oneof(fc.string(), fc.constantFrom('- ', '  x: *y', '&a [*a]', '<<: 1', 'ends: 1')),
    )
    .map(([at, line]) => lines.with(at, line).join('\n'))
  fc.assert(
    fc.property(fc.oneof(fc.string(), damaged), (text) => {
      const read = parseCampaign(text)
      return 'campaign' in read || read.findings.length > 0
    }),
    { numRuns: 60 },
  )
})

it('takes the numbers and steps of the year’s forms from the file, and the usual ones where it names none', () => {
  const own = campaignOf(
    changed(plan2022, [
      [['forms', 'inspection', 'numbers'], { answer: 3 }],
      [['forms', 'inspection', 'steps'], ['T-2']],
    ]),
  )
  const days = (of: typeof campaign): number[] => [
    numberOf(of, 'inspection', 'answer'),
    numberOf(of, 'inspection', 'again'),
    numberOf(of, 'sponsor', 'after'),
    numberOf(of, 'tasks', 'committee-lectures'),
  ]
  expect(days(own)).toEqual([3, 5, 5, 11])
  expect(days(other)).toEqual([10, 5, 5, 0])
  expect(ladderOf(own, 'inspection')).toMatchObject({ steps: ['T-2'], groupSteps: [], after: [1, 3, 8] })
  expect(ladderOf(other, 'general-report').steps).toEqual(['T-3', 'T-1'])
})

it('a band that begins above its boundary begins one step higher', () => {
  const above = changed(plan2022, [
    [['bands', 0, 'inclusive'], false],
    [['bands', 1, 'toInclusive'], true],
  ])
  expect(campaignOf(above).bands).toEqual({
    upper: [
      { name: '先进', from: 85.5, words: '85分以上为先进' },
      { name: '一般', from: 65, words: '65至85分为一般' },
    ],
    lowest: { name: '后进', words: '65分以下为后进' },
  })
})
