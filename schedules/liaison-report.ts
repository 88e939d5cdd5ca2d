import { reportsOwed } from '../handlers/liaison-report/owed.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { ladder } from '../src/forms/ladder.ts'

/**
 * J5: the report is asked for at the plan's step, and the member is reminded until it is there. The party office hears once who is late.
 */
export const liaisonReportSchedule: Schedule = ladder(reportsOwed, {
  prompt: ({ world }) => world.campaign.duties['liaison-report'].prompt,
})
