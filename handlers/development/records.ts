import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Counts } from '../../src/campaign/development/read-counts.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { currentOf, milestonesOf, taskOf } from '../../src/campaign/tasks/task-roles.ts'
import { recordTable } from '../../src/forms/record.ts'

const count = z.number().int().min(0).exactOptional()
/** How many people of each kind: only numbers, no names. */
export const Development: z.ZodType<Counts> = z.strictObject({
  applicants: count,
  candidates: count,
  probationary: count,
  confirmed: count,
  told: count,
  beyond: count,
})

/** Keys: campaign, ISO day of the milestone, branch. Plan, 三（五）. */
export const developments = recordTable('development', Development)

/** The days by which it is reported: those of the task. */
export const developmentDays = (campaign: Campaign): readonly Temporal.PlainDate[] => {
  const task = taskOf(campaign, 'development')
  return task ? milestonesOf(campaign, task) : [campaign.ends]
}
export const currentDay = (campaign: Campaign, today: Temporal.PlainDate): Temporal.PlainDate =>
  currentOf(developmentDays(campaign), today) ?? campaign.ends
