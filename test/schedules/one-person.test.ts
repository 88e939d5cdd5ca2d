import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { inspectionsOwed } from '../../handlers/inspection/owed.ts'
import { measuresOwed, sponsorsOwed } from '../../handlers/lagging/owed.ts'
import { reportsOwed } from '../../handlers/liaison-report/owed.ts'
import { meetingsOwed } from '../../handlers/meetings/owed.ts'
import { branchReports, generalReports } from '../../handlers/quarterly-report/reports.ts'
import { decidingOwed, selfOwed } from '../../handlers/scorecard/owed.ts'
import { taskOwing } from '../../handlers/tasks/owed.ts'
import { schedules } from '../../schedules/all.ts'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import { generatedCollege } from '../../src/crash/generated-college.ts'
import { openOf } from '../../src/forms/owed.ts'
import { noRecords, rehearse } from '../../src/rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../../src/rehearsal/scripted-college.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { sample } from './played.ts'

const campaign = campaignOf(plan2022)
const owings = [
  decidingOwed,
  selfOwed,
  reportsOwed,
  meetingsOwed,
  branchReports,
  generalReports,
  inspectionsOwed,
  sponsorsOwed,
  measuresOwed,
  ...campaign.tasks.map(taskOwing),
]
const from = Temporal.PlainDate.from('2022-04-02')

for (const [name, roster] of [
  ['the sample college', sample],
  ['a generated one', generatedCollege(9)],
] as const)
  it(`what is reckoned for one person alone is what the whole reckoning says of them: ${name}`, () => {
    const world = {
      campaign,
      calendar: calendarOf(campaign.calendar.overrides),
      roster,
      channels: new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const),
    }
    const college = new ScriptedCollege(world, 7)
    const records = noRecords()
    let compared = 0
    let begins = from
    for (const to of ['2022-04-29', '2022-05-20', '2022-07-05', '2022-10-12'].map((day) =>
      Temporal.PlainDate.from(day),
    )) {
      for (const _ of rehearse({ world, schedules, from: begins, to, college, records })) continue
      begins = to.add({ days: 1 })
      const now = to.toZonedDateTime({ timeZone: 'Asia/Shanghai', plainTime: '10:00' })
      const snapshot: Snapshot = { world: { ...world, now }, ...records, away: new Map(), wrote: new Map() }
      for (const owing of owings) {
        const whole = owing.owed(snapshot)
        for (const { id } of roster.people) {
          const mine = whole.filter(({ by, done }) => !done && by.some((one) => one.id === id))
          expect(openOf(owing, snapshot, id)).toEqual(mine)
          compared += mine.length
        }
      }
    }
    expect(compared).toBeGreaterThan(100)
  })
