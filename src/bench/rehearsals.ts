import { Temporal } from 'temporal-polyfill'
import { schedules } from '../../schedules/all.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import { generatedCollege } from '../crash/generated-college.ts'
import { rehearse } from '../rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../rehearsal/scripted-college.ts'
import { figure, type Line, rounded } from './line.ts'

const from = Temporal.PlainDate.from('2022-04-02')
const to = Temporal.PlainDate.from('2022-12-31')

/** Nine months of a generated college that answers, as `npm run rehearse -- --answers 7 --branches N` plays them. */
export function nineMonths(campaign: Campaign, { branches, seed = 7 }: { branches: number; seed?: number }) {
  const world = {
    campaign,
    calendar: calendarOf(campaign.calendar.overrides),
    roster: generatedCollege(branches),
    channels: new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const),
  }
  const college = new ScriptedCollege(world, seed)
  return { college, messages: rehearse({ world, schedules, from, to, college }) }
}

/** Plays them without printing. */
export function rehearsalFigure(campaign: Campaign, branches: number): Line {
  const began = performance.now()
  let messages = 0
  for (const _ of nineMonths(campaign, { branches }).messages) messages++
  const seconds = (performance.now() - began) / 1000
  return figure('rehearsal', {
    branches,
    messages,
    seconds: rounded(seconds),
    msPerBranch: rounded((seconds * 1000) / branches),
  })
}
