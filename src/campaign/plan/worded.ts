import { inPosts } from '../roster/post-words.ts'
import type { Campaign } from './campaign.ts'

/** A text to people. It is a function if the plan's own words are in it. */
export type Worded = string | ((campaign: Campaign) => string)

/** A text as this plan has it, with its names of posts. */
export const inWords = (text: Worded, campaign: Campaign): string =>
  inPosts(typeof text === 'function' ? text(campaign) : text, campaign)
