import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { schedules } from '../../schedules/all.ts'
import { calendarOf, isWorkingDay } from '../../src/campaign/calendar/calendar.ts'
import { isPushTime } from '../../src/campaign/calendar/ladder.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { generatedCollege } from '../../src/crash/generated-college.ts'
import { type College, type Records, rehearse, type Said } from '../../src/rehearsal/rehearsal.ts'
import { ScriptedCollege } from '../../src/rehearsal/scripted-college.ts'
import { campaign2022 } from '../documents/samples.ts'

const channels = new Map([['wecom', { cards: true, forms: false, files: true, push: true }]] as const)
const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text)
const calendar = calendarOf({})

function year(
  branches: number,
  { seed, hour = 9, names = false }: { seed?: number; hour?: number; names?: boolean } = {},
) {
  const campaign = {
    ...campaign2022(),
    push: { at: Temporal.PlainTime.from({ hour, minute: 7 }) },
    switches: { namesInGroupsAfterDeadline: names },
  }
  const world = { campaign, calendar, roster: generatedCollege(branches), channels }
  const college = seed === undefined ? undefined : new ScriptedCollege(world, seed)
  return {
    world,
    said: [
      ...rehearse({
        world,
        schedules,
        from: day('2022-04-02'),
        to: day('2022-12-31'),
        ...(college ? { college } : {}),
      }),
    ],
  }
}
const receiver = ({ to }: Said): string => ('account' in to ? to.account : `#${to.group}`)

describe('a year of pushes, over colleges, answers and push times', () => {
  const colleges = fc.record({
    branches: fc.integer({ min: 1, max: 24 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    hour: fc.integer({ min: 8, max: 19 }),
  })

  it('nothing at night or on a day off, at most one a day to a receiver, and in order of time (R5, R6)', () => {
    fc.assert(
      fc.property(colleges, ({ branches, seed, hour }) => {
        const { said } = year(branches, { seed, hour })
        const perDay = new Set<string>()
        let before = 0
        for (const one of said) {
          expect(isPushTime(one.at, calendar)).toBe(true)
          expect(one.at.epochMilliseconds).toBeGreaterThanOrEqual(before)
          before = one.at.epochMilliseconds
          if (one.kind === 'notice') continue
          const key = `${one.at.toPlainDate().toString()} ${receiver(one)}`
          expect(perDay.has(key), key).toBe(false)
          perDay.add(key)
        }
      }),
      { numRuns: 5 },
    )
  }, 240_000)

  it('groups hear counts, never names before the deadline, never ranks (R1, R4)', () => {
    fc.assert(
      fc.property(colleges, fc.boolean(), ({ branches, seed }, names) => {
        const { world, said } = year(branches, { seed, names })
        for (const { at, to, text } of said) {
          expect(text).not.toMatch(/排名|第一名|积分|倒数/)
          if (!('group' in to)) continue
          const named = world.roster.people.some((person) => text.includes(person.name))
          if (named)
            expect(
              names &&
                world.campaign.duties['liaison-report'].milestones.some((end) => end.until(at.toPlainDate()).days > 0),
            ).toBe(true)
        }
      }),
      { numRuns: 4 },
    )
  }, 240_000)

  it('whoever has done it is not reminded any more', () => {
    const { world } = year(8)
    const records: { current?: Records } = {}
    const spy: College = { answer: (now) => ((records.current = now), []) }
    const answering = new ScriptedCollege(world, 3)
    const college: College = {
      answer: (now, at, push) => [...spy.answer(now, at, push), ...answering.answer(now, at, push)],
    }
    let askedFor = 0
    for (const { to, text, about, kind } of rehearse({
      world,
      schedules,
      from: day('2022-04-02'),
      to: day('2022-06-30'),
      college,
    })) {
      if (!('account' in to) || kind === 'escalation' || kind === 'notice') continue
      const asked = /(\d+)月联系支部报告/.exec(text)?.[1]
      const who = world.roster.people.find(({ accounts }) => accounts.wecom === to.account)
      if (asked) {
        askedFor++
        expect(records.current?.liaisonReports.has(`2022-0${asked}~${who?.id}`), `${to.name} ${text}`).toBe(false)
      }
      if (!about.includes('grading')) continue
      const open = world.roster.branches.filter(
        (branch) => !isDone(records.current?.scorecards.get(`${branch.id}~deciding`)),
      )
      for (const branch of world.roster.branches)
        if (text.includes(`待评：${branch.name}`)) expect(open.map((one) => one.name)).toContain(branch.name)
    }
    expect(records.current?.scorecards.size).toBeGreaterThan(8)
    expect(records.current?.liaisonReports.size).toBeGreaterThan(8)
    expect(askedFor).toBeGreaterThan(8)
  })

  it('a college where nobody answers is asked on the steps of the ladder and no other day', () => {
    const { said } = year(4)
    const secretary = said.filter(
      (one) =>
        'account' in one.to && one.to.post === '党总支书记' && one.about.includes('grading') && one.kind === 'reminder',
    )
    expect(secretary.map(({ at }) => at.toPlainDate().toString().slice(5))).toEqual([
      '04-18',
      '04-24',
      '04-26',
      '04-28',
      '04-29',
      '05-05',
      '05-07',
      '05-13',
    ])
    expect(secretary.every(({ at }) => isWorkingDay(calendar, at.toPlainDate()))).toBe(true)
  })

  it('the same seed gives the same year', () => {
    const texts = (): string[] => year(8, { seed: 7 }).said.map(({ at, text }) => `${at.toString()} ${text}`)
    expect(texts()).toEqual(texts())
  })
})
