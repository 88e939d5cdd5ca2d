import { readFile } from 'node:fs/promises'
import { Temporal } from 'temporal-polyfill'
import { schedules as all } from '../../schedules/all.ts'
import { nameOfLiaisonReport, type Schedule } from '../../src/bot/pushes/schedule.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { submitLiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import type { Person, Roster } from '../../src/campaign/roster/roster.ts'
import { readRosterFile } from '../../src/campaign/roster/roster-file.ts'
import { type College, rehearse, type Said } from '../../src/rehearsal/rehearsal.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'

const plan = campaignOf(plan2022)
export const { roster: sample } = readRosterFile(await readFile('campaigns/2022/roster.xlsx'), undefined, plan.posts)
const channels = new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const)
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)

export type Visits = (person: Person, month: string) => number | undefined
/** Reports come on the last day of each month with this many visited branches; undefined means no report. */
function reporting(roster: Roster, visits: Visits): College {
  return {
    answer: ({ liaisonReports }, now, push) => {
      if (push === 'after' || now.day < 26) return []
      const month = now.toPlainDate().toString().slice(0, 7)
      for (const person of roster.people) {
        const branches = visits(person, month)
        if (branches === undefined) continue
        const content = { branches: roster.branches.slice(0, branches).map(({ id }) => id), text: '正常' }
        const report = submitLiaisonReport(undefined, content, {
          by: person.id,
          at: now.toInstant().toString(),
          late: 0,
        })
        if (report) liaisonReports.set(nameOfLiaisonReport(month, person.id), report)
      }
      return []
    },
  }
}

/** A rehearsal of the sample college. Everybody visits one branch a month, unless `visits` says otherwise. */
export function played(
  parts: {
    roster?: Roster
    campaign?: Campaign
    visits?: Visits
    from?: string
    to?: string
    schedules?: readonly Schedule[]
  } = {},
): Said[] {
  const { roster = sample, campaign = plan, visits = () => 1, schedules = all } = parts
  const world = { campaign, calendar: calendarOf(campaign.calendar.overrides), roster, channels }
  const from = parts.from === undefined ? campaign.starts : day(parts.from)
  const to = parts.to === undefined ? campaign.ends : day(parts.to)
  return [...rehearse({ world, schedules, from, to, college: reporting(roster, visits) })]
}
/** The messages to holders of a post, each after its date. */
export const to = (said: readonly Said[], post: string): string[] =>
  said.flatMap((one) =>
    'account' in one.to && one.to.post === post ? [`${one.at.toPlainDate().toString()} ${one.text}`] : [],
  )
