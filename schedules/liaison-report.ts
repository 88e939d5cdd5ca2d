import { reportsOwed } from '../handlers/liaison-report/owed.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { ladder } from '../src/forms/ladder.ts'

/** J5: asked for at the plan's step, reminded of until it is there; the party office hears once who is late. */
export const liaisonReportSchedule: Schedule = ladder(reportsOwed, {
  prompt: ({ world }) => world.campaign.duties['liaison-report'].prompt,
})
