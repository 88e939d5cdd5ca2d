import { readFileSync } from 'node:fs'
import { lintCampaign } from '../../src/campaign/lint/lint.ts'
import { readTerms } from '../../src/campaign/plan/terms.ts'
import { campaignOf } from '../campaign/campaign-files.ts'
import { anyPlan, rosterOf } from '../support/any-plan.ts'

const terms = readTerms(readFileSync('campaigns/terms.yaml', 'utf8'))

/** Both platforms. The scoring of every sample is played on each. */
export const both = ['wecom', 'dingtalk'] as const

/** Another college's plan with its roster, from `campaigns/samples`. */
export function sampleOf(letter: string) {
  const folder = `campaigns/samples/${letter}`
  const text = readFileSync(`${folder}/campaign.yaml`, 'utf8')
  const campaign = campaignOf(text)
  const roster = rosterOf(readFileSync(`${folder}/roster.xlsx`), campaign)
  return {
    text,
    campaign,
    roster,
    at: (now: string) => anyPlan(campaign, roster, now),
    /**
     * The findings of lint in this text or another, one on each line, without those about days off of months and quarters, which all plans
     * have.
     */
    lint: (other = text): string[] =>
      lintCampaign(other, terms)
        .map(({ level, place, sentence }) => `${level} ${place} ${sentence}`)
        .filter((line) => !/每月月底|每季度/.test(line)),
  }
}
