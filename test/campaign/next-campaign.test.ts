import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { lintCampaign } from '../../src/campaign/lint/lint.ts'
import { nextCampaign } from '../../src/campaign/plan/next-campaign.ts'
import { quotationsOf } from '../../src/campaign/plan/quotations.ts'
import { readTerms } from '../../src/campaign/plan/terms.ts'
import { campaignOf, otherCollege, plan2022, strings } from './campaign-files.ts'

const terms = readTerms(readFileSync('campaigns/terms.yaml', 'utf8'))
const unmarked = (line: string): string => line.replace(/ {2}# 待核对$/, '')

it('moves id, dates, titles and comments to the year and leaves every other line as it stood', () => {
  const next = nextCampaign(plan2022, 2027)
  const before = plan2022.split('\n')
  const after = next?.text.split('\n').map(unmarked) ?? []
  expect(after.flatMap((line, i) => (line === before[i] ? [] : [line]))).toEqual([
    '# 基层组织建设年（2027）：一年的方案，写成数据。程序里没有方案的内容，换一个学校、换一年，改这个文件就可以。',
    "id: '2027'",
    'starts: 2027-04-02',
    'ends: 2027-12-31',
    '  title: 基层组织建设年2027年任务清单',
  ])
  expect(after).toHaveLength(before.length)
})

it('writes years of titles in the way they are written', () => {
  const titled = plan2022.replace('基层组织建设年2022年任务清单', '二〇二二年任务清单（2021年总结之后）')
  expect(nextCampaign(titled, 2027)?.text).toContain('  title: 二〇二七年任务清单（2021年总结之后）')
})

it.each([plan2022, otherCollege])('marks each quotation, and lint names it until the mark is gone', (plan) => {
  const text = nextCampaign(plan, 2090)?.text ?? ''
  const quoted = /(^\s*|[{,] *)(words|source|document):/
  const lines = text.split('\n')
  expect(lines.filter((line) => quoted.test(line) && !line.endsWith('# 待核对'))).toEqual([])
  expect(lines.filter((line) => line.endsWith('# 待核对') && !quoted.test(line))).toEqual([])
  const waiting = lintCampaign(text, terms).filter(({ sentence }) => sentence.includes('待核对'))
  expect(waiting.map(({ place }) => place)).toContain('document')
  const last = waiting.at(-1)?.sentence ?? ''
  const named = [...last.matchAll(/\d+/g)].map(([line]) => lines[Number(line) - 1] ?? '')
  expect(named.length).toBeGreaterThan(10)
  expect(named.every((line) => line.endsWith('# 待核对'))).toBe(true)
  const done = lintCampaign(lines.map(unmarked).join('\n'), terms)
  expect(done.filter(({ sentence }) => sentence.includes('待核对'))).toEqual([])
})

it('gives a campaign whose deadlines lie in the new year', () => {
  const campaign = campaignOf(nextCampaign(plan2022, 2027)?.text ?? '')
  expect(campaign.id).toBe('2027')
  expect(campaign.duties.grading.deadline.toString()).toBe('2027-04-30')
  expect(strings(campaign.duties['quarterly-report'].milestones)).toEqual(['2027-06-30', '2027-09-30', '2027-12-31'])
})

it('names the lines in which the old year is still written: quotations alone', () => {
  const next = nextCampaign(plan2022, 2027)
  const lines = next?.text.split('\n') ?? []
  const named = next?.lines.map((line) => lines[line - 1]?.trim()) ?? []
  expect(named).toEqual([
    'document: 西海院党〔2022〕13号  # 待核对',
    'words: 根据《党委十四五规划》要求，将2022年定为“基层组织建设年”  # 待核对',
    'source: 通知正文第一段；成文日期2022年4月2日  # 待核对',
  ])
  expect(lines.filter((line) => line.includes('2022'))).toHaveLength(named.length)
})

it('a text in a block is marked at its head and stays as it was', () => {
  const block = plan2022.replace(/^words: .*$/m, 'words: >-\n  根据规划\n  定为基层组织建设年')
  const text = nextCampaign(block, 2027)?.text ?? ''
  expect(text).toContain('words: >-  # 待核对\n  根据规划\n')
  expect(quotationsOf(text)[1]).toMatchObject({ place: 'words', value: '根据规划 定为基层组织建设年', marked: true })
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
