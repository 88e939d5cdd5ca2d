import { expect, it } from 'vitest'
import { nextCampaign } from '../../src/campaign/plan/next-campaign.ts'
import { campaignOf, otherCollege, plan2022, strings } from './campaign-files.ts'

it('moves id and dates to the year and leaves every other line, comments too, as it stood', () => {
  const next = nextCampaign(plan2022, 2027)
  const before = plan2022.split('\n')
  const after = next?.text.split('\n') ?? []
  expect(after.flatMap((line, i) => (line === before[i] ? [] : [line]))).toEqual([
    "id: '2027'",
    'starts: 2027-04-02',
    'ends: 2027-12-31',
  ])
  expect(after).toHaveLength(before.length)
})

it('gives a campaign whose deadlines lie in the new year', () => {
  const campaign = campaignOf(nextCampaign(plan2022, 2027)?.text ?? '')
  expect(campaign.id).toBe('2027')
  expect(campaign.duties.grading.deadline.toString()).toBe('2027-04-30')
  expect(strings(campaign.duties['quarterly-report'].milestones)).toEqual(['2027-06-30', '2027-09-30', '2027-12-31'])
})

it('names the lines in which the old year is still written', () => {
  const next = nextCampaign(plan2022, 2027)
  const lines = next?.text.split('\n') ?? []
  const named = next?.lines.map((line) => lines[line - 1]?.trim()) ?? []
  expect(named).toContain('document: 西海院党〔2022〕13号')
  expect(named).toContain('title: 基层组织建设年2022年任务清单')
  expect(lines.filter((line) => line.includes('2022'))).toHaveLength(named.length)
})

it('keeps a campaign over two years as long as it was, and leaves out the days off of the old years', () => {
  const next = nextCampaign(otherCollege, 2027)
  const campaign = campaignOf(next?.text ?? '')
  expect([campaign.starts, campaign.ends].map(String)).toEqual(['2027-09-01', '2028-06-30'])
  expect(campaign.calendar.overrides).toEqual({})
  expect(campaign.switches.namesInGroupsAfterDeadline).toBe(true)
})

it('a start on 29 February becomes the 28th', () =>
  expect(
    nextCampaign(
      plan2022.replace('starts: 2022-04-02', 'starts: 2024-02-29').replace('ends: 2022', 'ends: 2024'),
      2027,
    ),
  ).toMatchObject({
    starts: '2027-02-28',
    ends: '2027-12-31',
  }))

it('makes nothing of a file that is no campaign', () => expect(nextCampaign('a: 1', 2027)).toBeUndefined())
