import { expect, it } from 'vitest'
import { lectures, meetings } from '../../handlers/meetings/records.ts'
import { lecturesOf, meetingsOf } from '../../handlers/tasks/meetings-held.ts'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { Kept } from '../../src/bot/records/kept.ts'
import { calendarOf } from '../../src/campaign/calendar/calendar.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'
import { withRow } from '../../src/store/table.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { sample } from '../schedules/played.ts'
import { beijing } from '../support/beijing.ts'

const campaign = campaignOf(plan2022)
const named = (name: string): Person => {
  const person = sample.people.find((one) => one.name === name)
  if (!person) throw new Error(`nobody is ${name}`)
  return person
}
const [secretary, member] = [named('郑雨桐'), named('宋志明')]
const branch = secretary.seats[0]?.branch ?? ''

const stamp = { version: 1, by: secretary.id, at: '2022-06-20T10:00:00+08:00' }
const meeting = (kind: string, day: string, withdrawn = false) => ({
  ids: ['2022', branch, kind, day],
  value: {
    content: { topic: '学习', expected: 5, present: 5 },
    ...stamp,
    ...(withdrawn ? { withdrawn: { by: secretary.id, at: stamp.at, reason: '记重了' } } : {}),
  },
})
const lecture = (person: Person, branches: string[]) => ({
  ids: ['2022', person.id, '2022-06-01'],
  value: { content: { occasion: '党校', title: '党章', listeners: 30, branches }, ...stamp },
})

/** On 20 June 2022 the month and the second quarter end in ten days. */
function snapshotWith(held: ReturnType<typeof meeting>[], given: ReturnType<typeof lecture>[] = []): Snapshot {
  const kept = new Kept()
  kept.set(
    meetings,
    held.reduce<typeof held>((rows, row) => withRow(rows, row), []),
  )
  kept.set(lectures, given)
  const world = {
    campaign,
    calendar: calendarOf({}),
    roster: sample,
    channels: new Map(),
    now: beijing('2022-06-20 10:00'),
  }
  return { world, scorecards: new Map(), liaisonReports: new Map(), kept, away: new Map(), wrote: new Map() }
}

it('counts of task 3 what this month owes of a secretary’s branch: months and the quarter that ends with it', () => {
  expect(meetingsOf(snapshotWith([]), secretary)).toEqual({ done: 0, all: 5 })
  const held = [meeting('支委会', '2022-06-02'), meeting('党员大会', '2022-04-20'), meeting('主题党日', '2022-05-20')]
  expect(meetingsOf(snapshotWith(held), secretary)).toEqual({ done: 2, all: 5 })
})

it('counts a lecture of the secretary as the branch’s 党课, and nothing that was taken back', () => {
  expect(meetingsOf(snapshotWith([meeting('支委会', '2022-06-02', true)]), secretary)).toEqual({ done: 0, all: 5 })
  expect(meetingsOf(snapshotWith([], [lecture(secretary, [branch])]), secretary)).toEqual({ done: 1, all: 5 })
})

it('nothing is owed of who leads no branch', () => {
  expect(meetingsOf(snapshotWith([meeting('支委会', '2022-06-02')]), member)).toEqual({ done: 0, all: 0 })
})

it('knows who lectured, each once (tasks 10 and 11)', () => {
  const given = [lecture(secretary, [branch]), lecture(member, [])]
  expect([...lecturesOf(snapshotWith([], given))].sort()).toEqual([secretary.id, member.id].sort())
  expect(lecturesOf(snapshotWith([])).size).toBe(0)
})
