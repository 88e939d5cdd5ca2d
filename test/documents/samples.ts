import { readFileSync } from 'node:fs'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { parseCampaign } from '../../src/campaign/plan/parse-campaign.ts'
import { fullMarks, type Scores } from '../../src/campaign/scores/rubric.ts'

/** The campaign of 2022, read from its file. */
export function campaign2022(): Campaign {
  const read = parseCampaign(readFileSync('campaigns/2022/campaign.yaml', 'utf8'))
  if (!('campaign' in read)) throw new Error('the campaign of 2022 has errors')
  return read.campaign
}

/** Full marks, except for the points in `lost`, by number of the item. */
export const scoresOf = (campaign: Campaign, lost: { [item: number]: number } = {}): Scores =>
  fullMarks(campaign.rubric).map((points, i) => lost[i + 1] ?? points)

/** One branch in three has no score yet. The others lose more and more points. */
export const rowsOf = (campaign: Campaign, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    name: `第${i + 1}教研室党支部`,
    ...(i % 3 === 2
      ? { state: '未评分' }
      : { scores: scoresOf(campaign, { 3: 4.5, 17: Math.max(0, 10 - i), 18: i % 2 ? 0 : 10 }) }),
  }))
