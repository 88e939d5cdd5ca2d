import { Temporal } from 'temporal-polyfill'
import { schedules } from '../../schedules/all.ts'
import { zone } from '../bot/clock.ts'
import { Pushes } from '../bot/pushes/pushes.ts'
import { Changes } from '../bot/records/changes.ts'
import { scorecards } from '../bot/records/records.ts'
import { Bot } from '../bot/turn/bot.ts'
import { calendarOf } from '../campaign/calendar/calendar.ts'
import type { Campaign } from '../campaign/plan/campaign.ts'
import type { Roster } from '../campaign/roster/roster.ts'
import { fullMarks } from '../campaign/scores/rubric.ts'
import { submit } from '../campaign/scores/scorecard.ts'
import { generatedCollege } from '../crash/generated-college.ts'
import type { Store } from '../store/store.ts'
import { figure, type Line, rounded } from './line.ts'
import { enroll } from './program.ts'

/** The last working day before both deadlines: grading and the report of April are due, and people, superiors and groups are told. */
const day = '2022-04-29'
const at = (time: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(`${day}T${time}+08:00`).toZonedDateTimeISO(zone)

/**
 * Measures the minute tick (`Pushes.run`) for a college of `people` people with a third of the scorecards done, at three moments:
 * At the push time thousands are told, with one durable commit each (`firstSeconds`, `pushes`).
 * An hour later everything due is reckoned anew and turns out to be said (`seconds`: the due-calculation with all its reads).
 * The minute after, nothing has changed (`minuteMs`).
 * `grownMb` is the growth of resident memory to its highest value, both calculations included. Measure it in a process that did nothing
 * bigger before.
 */
export async function dueFigure(store: Store, campaign: Campaign, people: number): Promise<Line> {
  const roster = generatedCollege(branchesFor(people))
  await enroll(store, roster)
  await scoreSome(store, campaign, roster)
  let now = at('09:07:00')
  const bot = new Bot({
    store,
    campaign,
    calendar: calendarOf(campaign.calendar.overrides),
    clock: { now: () => now },
    channels: new Map([['wecom', { cards: true, forms: false, files: true, push: true }]]),
    handlers: [],
    instance: 'bench',
    queued() {},
  })
  let said = 0
  const pushes = new Pushes({
    store,
    schedules,
    world: () => bot.world(),
    instance: 'bench',
    queued: (rows) => (said += rows.length),
    log: { info() {} },
  })
  const before = process.memoryUsage.rss()
  const firstSeconds = await secondsOf(() => pushes.run())
  now = at('10:07:00')
  const seconds = await secondsOf(() => pushes.run())
  now = at('10:08:00')
  const minute = await secondsOf(() => pushes.run())
  const grown = Math.max(1, process.resourceUsage().maxRSS * 1024 - before)
  return figure('due', {
    people: roster.people.length,
    seconds: rounded(seconds),
    pushes: said,
    firstSeconds: rounded(firstSeconds),
    minuteMs: rounded(minute * 1000),
    grownMb: rounded(grown / 2 ** 20),
  })
}

/** A generated college has five people of the departments, and three for every two branches. */
const branchesFor = (people: number): number => Math.max(1, Math.round((people - 5) / 1.5))

async function scoreSome(store: Store, campaign: Campaign, { branches }: Roster): Promise<void> {
  const scores = fullMarks(campaign.rubric)
  const when = `${day}T08:00:00+08:00`
  const card = submit(undefined, { scores }, { by: 'p1', at: when, late: 0 })
  if (!card) return
  for (const { id } of branches.filter((_, i) => i % 3 === 0)) {
    const changes = new Changes(store)
    const change = { at: when, who: 'p1', channel: 'wecom', what: '提交' }
    await changes.change(scorecards, [campaign.id, id, 'deciding'], { value: card, change })
    await store.commit(changes.writes)
  }
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
