import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { schedules } from '../../schedules/all.ts'
import { calendarOf, isWorkingDay } from '../../src/campaign/calendar/calendar.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import type { Person, Roster } from '../../src/campaign/roster/roster.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { type Records, rehearse, type Said } from '../../src/rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../../src/rehearsal/scripted-college.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { type Arrival, channels, VirtualCollege } from '../support/virtual-college.ts'
import { anyCampaign, anyRoster } from './any-college.ts'

const zone = 'Asia/Shanghai'
const first = Temporal.PlainDate.from('2022-04-02')
const last = Temporal.PlainDate.from('2022-12-31')

type Year = { roster: Roster; campaign: Campaign; seed: number }
/** What arrived, and what had been answered by then. */
type Seen = Arrival & { done: ReadonlySet<string> }

/**
 * A year of the running parts on a real store. Some answers come a minute before the program decides what is due. Others come after that,
 * and delivery follows another minute later (`between`) or at once. With `again` the program looks once more in the evening: what those
 * answers made due is said then. On `down` days nothing runs.
 */
async function live(
  { roster, campaign, seed }: Year,
  { between = true, again = true, down = [] }: { between?: boolean; again?: boolean; down?: readonly number[] } = {},
): Promise<Seen[]> {
  const dir = mkdtempSync(join(tmpdir(), 'year-'))
  const store = await openEmbedded(dir, { kind: 'platform' })
  const college = await VirtualCollege.open({ store, campaign, roster })
  const calendar = calendarOf(campaign.calendar.overrides)
  const answers = new ScriptedCollege({ campaign, calendar, roster, channels }, seed)
  const seen: Seen[] = []
  college.door.taken = (arrival) => seen.push({ ...arrival, done: doneIn(college.records) })
  let n = 0
  for (let date = first; date.until(last).days >= 0; date = date.add({ days: 1 })) {
    const at = (plainTime: Temporal.PlainTimeLike): Temporal.ZonedDateTime =>
      date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(plainTime) })
    const due = at(campaign.push.at)
    const answer = (when: 'before' | 'after', now: Temporal.ZonedDateTime): Promise<void> =>
      isWorkingDay(calendar, date)
        ? college.answer((records) => void answers.answer(records, now, when))
        : Promise.resolve()
    const isDown = down.includes(n++)
    await answer('before', due.subtract({ seconds: 60 }))
    const deliver = isDown ? async () => {} : await college.decide(due)
    if (!between) await deliver()
    if (!isDown) college.now = due.add({ seconds: 60 })
    await answer('after', due.add({ seconds: 60 }))
    await deliver()
    if (!again || isDown || !isWorkingDay(calendar, date)) continue
    await college.at(at({ hour: 19, minute: 59 }))
    await college.at(at({ hour: 23 }))
  }
  await college.close()
  await store.close()
  rmSync(dir, { recursive: true })
  return seen
}

/** What is done, as words: `score b1`, `self b1`, `report 4 p3`. */
const doneIn = ({ scorecards, liaisonReports }: Records): Set<string> =>
  new Set([
    ...[...scorecards]
      .filter(([, card]) => isDone(card))
      .map(([name]) =>
        name.replace(/^(.+)~(.+)$/, (_, branch, kind) => `${kind === 'self' ? 'self' : 'score'} ${branch}`),
      ),
    ...[...liaisonReports.keys()].map((name) => name.replace(/^\d+-0?(\d+)~(.+)$/, 'report $1 $2')),
  ])

/** A person by either account, or a group by its key. */
const receiverOf = ({ people }: Roster, { to }: Arrival): string =>
  people.find(({ accounts }) => accounts.wecom === to || accounts.dingtalk === to)?.id ?? to

/** What a text asks a person for, in the words of `doneIn`. */
function askedFor({ people, branches }: Roster, receiver: Person, text: string): string[] {
  let whom = receiver
  return text.split('\n').flatMap((line) => {
    const instead = /^(?:\d+\. )?(丙\d+号)（/.exec(line)?.[1]
    if (/^\d+\. /.test(line) || instead) whom = people.find(({ name }) => name === instead) ?? receiver
    const month = /(\d+)月联系支部报告，/.exec(line)?.[1]
    if (month !== undefined) return [`report ${month} ${whom.id}`]
    const named = /^ *(待评|待自评)：(.*?)(?:等\d+个)?$/.exec(line)
    const wanted = named?.[2]?.split('、') ?? []
    return branches
      .filter(({ name }) => wanted.includes(name))
      .map(({ id }) => `${named?.[1] === '待评' ? 'score' : 'self'} ${id}`)
  })
}

const anyYear: fc.Arbitrary<Year> = fc.record({ roster: anyRoster, campaign: anyCampaign, seed: fc.nat({ max: 1e6 }) })
const anyDown = fc.oneof(
  fc.constant([]),
  fc
    .tuple(fc.nat({ max: 250 }), fc.constantFrom(1, 3, 10))
    .map(([from, days]) => Array.from({ length: days }, (_, i) => from + i)),
  fc.array(fc.nat({ max: 270 }), { maxLength: 80 }),
)

describe('R1 to R6, over any roster, any campaign, any answers and any standstill', () => {
  it('hold for everything that arrives in a year', { timeout: 300_000 }, async () => {
    let arrived = 0
    let asked = 0
    await fc.assert(
      fc.asyncProperty(anyYear, anyDown, async (year, down) => {
        const { roster, campaign } = year
        const calendar = calendarOf(campaign.calendar.overrides)
        const perDay = new Set<string>()
        for (const { done, ...one } of await live(year, { down })) {
          arrived++
          // R6
          expect(isWorkingDay(calendar, one.at.toPlainDate()), `a day off: ${one.at.toString()}`).toBe(true)
          expect(one.at.hour >= 8 && one.at.hour < 20, `at night: ${one.at.toString()}`).toBe(true)
          // R5
          const id = receiverOf(roster, one)
          const day = `${one.at.toPlainDate().toString()} ${id}`
          expect(perDay.has(day), `twice: ${day}`).toBe(false)
          perDay.add(day)
          // R1, R2
          expect(one.text).not.toMatch(/排名|名次|积分|第一名|倒数|连续\d+天|在线时长|照片|拍照|定位|打卡/)
          const person = roster.people.find((each) => each.id === id)
          if (person) {
            const open = askedFor(roster, person, one.text)
            asked += open.length
            expect(
              open.filter((what) => done.has(what)),
              `asked for what was done ${one.at.toString()} ${id}: ${one.text}`,
            ).toEqual([])
          } else expectCountsOnly(one, year)
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
    // The law is tested on enough messages.
    expect(arrived).toBeGreaterThan(100)
    expect(asked).toBeGreaterThan(50)
  })

  it('what a rehearsal shows is what people get', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyYear, async (year) => {
        const { roster, campaign, seed } = year
        const world = { campaign, calendar: calendarOf(campaign.calendar.overrides), roster, channels }
        const college = new ScriptedCollege(world, seed)
        const rehearsed = [...rehearse({ world, schedules, from: first, to: last, college })]
        // A rehearsal looks once a day, at the hour of pushes.
        const got = await live(year, { between: false, again: false })
        const line = (at: Temporal.ZonedDateTime, to: string, text: string): string =>
          `${at.toPlainDateTime().toString()} ${to} ${text}`
        const toOf = ({ to }: Said): string =>
          'account' in to ? to.account : `#${roster.groups.find(({ name }) => name === to.group)?.key}`
        expect(got.map(({ at, to, text }) => line(at, to, text)).sort()).toEqual(
          rehearsed
            .filter(({ kind }) => kind !== 'notice')
            .map((said) => line(said.at, toOf(said), said.text))
            .sort(),
        )
      }),
      { numRuns: 4, endOnFailure: true },
    )
  })
})

/** R4: a group hears names and `@` only after the deadline, only with the switch on, and only of people who have not answered. */
function expectCountsOnly({ text, mention }: Arrival, { roster, campaign }: Year): void {
  const named = roster.people.filter(({ name }) => text.includes(name))
  expect(text).toMatch(/\d+\/\d+/)
  if (!campaign.switches.namesInGroupsAfterDeadline) expect([named, mention], 'not switched on').toEqual([[], []])
  let isOver = false
  for (const line of text.split('\n')) {
    if (/\d+\/\d+。$/.test(line)) isOver = line.includes('已到期')
    if (roster.people.some(({ name }) => line.includes(name)))
      expect(isOver, `named before the deadline: ${line}`).toBe(true)
  }
  const accounts = new Set(named.flatMap((one) => [one.accounts.wecom, one.accounts.dingtalk]))
  expect(
    mention.filter((account) => !accounts.has(account)),
    'called, but not named',
  ).toEqual([])
}
