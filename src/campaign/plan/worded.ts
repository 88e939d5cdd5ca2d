import type { Campaign } from './campaign.ts'

/** A text to people; of a function with the plan's own words in it. */
export type Worded = string | ((campaign: Campaign) => string)

export const inWords = (text: Worded, campaign: Campaign): string =>
  typeof text === 'function' ? text(campaign) : text
