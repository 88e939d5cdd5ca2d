import { expect, it } from 'vitest'
import { schedules } from '../../schedules/all.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import { rehearse } from '../../src/rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../../src/rehearsal/scripted-college.ts'
import { sampleOf } from './sample.ts'

it.each(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])(
  '%s runs through its whole year, with people who answer',
  (letter) => {
    const { campaign, roster } = sampleOf(letter)
    const channels = new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const)
    const world = { campaign, roster, calendar: calendarOf(campaign.calendar.overrides), channels }
    const college = new ScriptedCollege(world, 7)
    const said = [...rehearse({ world, schedules, from: campaign.starts, to: campaign.ends, college })]
    const texts = said.map(({ text }) => text)
    expect(texts.join('\n')).toMatch(/支部评分/)
    expect(texts.filter((text) => /undefined|NaN|null|Infinity|Object/.test(text))).toEqual([])
    expect(said.length).toBeGreaterThan(60)
  },
)
