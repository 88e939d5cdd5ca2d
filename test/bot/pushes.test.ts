import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import type { Outcome, Parcel } from '../../src/bot/messages/channel.ts'
import { submitLiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import type { Roster } from '../../src/campaign/roster/roster.ts'
import { fullMarks } from '../../src/campaign/scores/rubric.ts'
import { submit } from '../../src/campaign/scores/scorecard.ts'
import { generatedCollege } from '../../src/crash/generated-college.ts'
import type { Records } from '../../src/rehearsal/rehearsal.ts'
import type { Store } from '../../src/store/store.ts'
import { campaign2022 } from '../documents/samples.ts'
import { beijing } from '../support/beijing.ts'
import { onBothEngines } from '../support/engines.ts'
import { Door, VirtualCollege } from '../support/virtual-college.ts'

const campaign = campaign2022()
/**
 * This member of the committee is also secretary of a general branch, so both reports and scores are due. The other holders of both posts
 * are left out.
 */
const both = 'user6'
const college = ((): Roster => {
  const { people, ...rest } = generatedCollege(4)
  const kept = people.filter(({ seats: [seat] }) => seat && !['branch-secretary'].includes(seat.post))
  const [member] = kept.filter(({ accounts }) => accounts.wecom === both)
  const [secretary] = kept.filter(({ seats: [seat] }) => seat?.post === 'general-branch-secretary')
  member?.seats.push(...(secretary?.seats ?? []))
  return { ...rest, people: kept.filter((one) => one !== secretary) }
})()
const member = college.people.find(({ accounts }) => accounts.wecom === both)?.id ?? ''

const scored =
  (...branches: string[]) =>
  ({ scorecards }: Records): void => {
    for (const branch of branches) {
      const card = submit(
        undefined,
        { scores: fullMarks(campaign.rubric) },
        { by: member, at: '2022-04-20T09:00:00+08:00', late: 0 },
      )
      if (card) scorecards.set(`${branch}~deciding`, card)
    }
  }
const reported = ({ liaisonReports }: Records): void => {
  const content = { text: '正常', branches: ['b1'], hard: '无' }
  const report = submitLiaisonReport(undefined, content, { by: member, at: '2022-04-20T09:00:00+08:00', late: 0 })
  if (report) liaisonReports.set(`2022-04~${member}`, report)
}
const allBranches = ['b1', 'b2', 'b3', 'b4']

const open = new Set<VirtualCollege>()
afterEach(async () => {
  for (const one of open) await one.close()
  open.clear()
})

onBothEngines((engine) => {
  const begin = async (more: { store?: Store; door?: Door; instance?: string; now?: string } = {}) => {
    const store = more.store ?? (await engine())
    const started = await VirtualCollege.open({ campaign, roster: college, ...more, store })
    open.add(started)
    return Object.assign(started, { store })
  }
  const textsTo = (door: Door, receiver = both): string[] => door.to(receiver).map(({ text }) => text)

  it('two duties of one day are one message, in the order of the plan, with how to answer each', async () => {
    const one = await begin()
    const { door } = one
    await one.at('2022-04-24 09:07')
    const [text, ...more] = textsTo(door)
    expect(more).toEqual([])
    expect(text).toMatch(
      /^1\. 支部评分 0\/4，4月30日（周六）到期，最后一个工作日4月29日（周五），还有5个工作日。\n {3}待评：.*\n2\. 4月联系支部报告/,
    )
    await one.at('2022-04-24 09:08')
    await one.at('2022-04-24 15:00')
    expect(textsTo(door)).toHaveLength(1)
  })

  it('who has done it between decision and delivery hears nothing; who has done one of two hears of the other', async () => {
    const one = await begin()
    const deliver = await one.decide(beijing('2022-04-24 09:07'))
    one.now = beijing('2022-04-24 09:08')
    await one.answer(scored(...allBranches))
    await deliver()
    expect(textsTo(one.door)).toEqual([expect.stringMatching(/^4月联系支部报告，/)])
    const later = await one.decide(beijing('2022-04-28 09:07'))
    await one.answer(reported)
    await later()
    expect(textsTo(one.door)).toHaveLength(1)
    expect(await one.waiting()).toEqual([])
  })

  it('what a platform that is down did not take by evening is not tried at night, and is told in the next day’s one message', async () => {
    const one = await begin()
    let tries = 0
    one.door.refuses = (): Outcome => ({ kind: 'again', ms: 1, ambiguous: false, code: `busy ${++tries}` })
    const deliver = await one.decide(beijing('2022-04-28 19:58'))
    const over = deliver()
    while (tries < 5) await sleep(5)
    one.now = beijing('2022-04-28 20:00')
    await over
    // What runs at eight o'clock ends now. Any later try would arrive.
    await sleep(500)
    one.door.refuses = () => undefined
    await sleep(1500)
    expect(one.door.arrivals).toEqual([])
    await one.at('2022-04-29 08:30')
    expect(one.door.arrivals).toEqual([])
    await one.at('2022-04-29 09:07')
    expect(textsTo(one.door)).toEqual([
      expect.stringMatching(/4月30日（周六）到期，今天4月29日（周五）是最后一个工作日/),
    ])
  })

  it('what may have arrived is said again in the very same words while all of it is open, and not at all once it is done', async () => {
    const one = await begin()
    const tried: string[] = []
    let uncertain = true
    const note = ({ to, message }: Parcel): Outcome | undefined => {
      if (!('account' in to) || to.account !== both || message.kind !== 'text') return undefined
      tried.push(message.text)
      return uncertain ? { kind: 'again', ms: 1, ambiguous: true, code: 'lost' } : undefined
    }
    one.door.refuses = note
    void (await one.decide(beijing('2022-04-26 09:07')))()
    while (tried.length < 1) await sleep(5)
    await one.answer(scored('b1', 'b2'))
    uncertain = false
    await one.quiet()
    expect(tried.at(-1)).toBe(tried[0])
    expect(tried[0]).toContain('支部评分 0/4')

    tried.length = 0
    uncertain = true
    void (await one.decide(beijing('2022-04-28 09:07')))()
    while (tried.length < 1) await sleep(5)
    await one.answer(scored('b3', 'b4'))
    await one.answer(reported)
    uncertain = false
    const before = tried.length
    await one.quiet()
    expect(tried.length - before).toBeLessThanOrEqual(1)
    expect(textsTo(one.door)).toHaveLength(1)
  })

  it('what certainly did not arrive is said as it is by then', async () => {
    const one = await begin()
    let tries = 0
    one.door.refuses = () =>
      one.records.scorecards.size === 0
        ? { kind: 'again', ms: 1, ambiguous: false, code: `busy ${++tries}` }
        : undefined
    const delivered = (await one.decide(beijing('2022-04-26 09:07')))()
    while (tries < 1) await sleep(5)
    await one.answer(scored('b1', 'b2'))
    await delivered
    expect(textsTo(one.door)).toEqual([expect.stringContaining('支部评分 2/4')])
  })

  /** The program died after everything was decided and before anything was sent. */
  const died = async (now: string) => {
    const first = await begin()
    await first.at('2022-04-22 09:07')
    await first.decide(beijing('2022-04-24 09:07'))
    await first.close()
    expect(textsTo(first.door)).toEqual([])
    return begin({ store: first.store, instance: 'two', now })
  }

  it('down for an hour: the same messages, once', async () => {
    const again = await died('2022-04-24 10:07')
    await again.at('2022-04-24 10:07')
    expect(textsTo(again.door)).toEqual([expect.stringMatching(/^1\. 支部评分 0\/4.*还有5个工作日/)])
    await again.at('2022-04-24 11:07')
    expect(textsTo(again.door)).toHaveLength(1)
  })

  it('down for a day: at the first look, one merged message of what still matters', async () => {
    const again = await died('2022-04-25 10:30')
    await again.at('2022-04-25 10:30')
    expect(textsTo(again.door)).toEqual([
      expect.stringMatching(/^1\. 支部评分 0\/4.*还有4个工作日[^]*\n2\. 4月联系支部报告/),
    ])
    expect(new Set(again.door.arrivals.map(({ to }) => to)).size).toBe(again.door.arrivals.length)
    expect(again.logged).toEqual([])
  })

  it('down for ten days: one message of what is due now; older steps are dropped, and the log says how many', async () => {
    const again = await died('2022-05-05 10:30')
    await again.at('2022-05-05 10:30')
    expect(textsTo(again.door)).toHaveLength(1)
    expect(new Set(again.door.arrivals.map(({ to }) => to)).size).toBe(again.door.arrivals.length)
    expect(again.logged).toEqual([
      {
        context: { workingDays: expect.any(Number), steps: expect.any(Number) },
        line: expect.stringMatching(/dropped/),
      },
    ])
    await again.at('2022-05-05 11:30')
    expect(again.logged).toHaveLength(1)
    expect(textsTo(again.door)).toHaveLength(1)
  })

  it('an instance that was frozen since the day before takes back nothing of today, however it comes to it', async () => {
    const one = await begin()
    await one.at('2022-04-22 09:07')
    const behind = await begin({ store: one.store, door: one.door, instance: 'two', now: '2022-04-22 10:07' })
    const deliver = await one.decide(beijing('2022-04-24 09:07'))
    const rows = await one.waiting()
    expect(rows.length).toBeGreaterThan(8)
    await behind.pushes.run()
    expect(await one.waiting()).toEqual(rows)
    for (const row of rows) expect(await behind.pushes.refresh(row, false)).toEqual({ row })
    await deliver()
    expect(textsTo(one.door)).toEqual([expect.stringMatching(/^1\. 支部评分 0\/4/)])
  })

  it('several instances that look at once say it once', async () => {
    const first = await begin()
    const others = await Promise.all(
      ['two', 'three', 'four', 'five'].map((instance) => begin({ store: first.store, door: first.door, instance })),
    )
    const all = [first, ...others]
    for (const one of all) one.now = beijing('2022-04-24 09:07')
    await Promise.all(all.map((one) => one.at('2022-04-24 09:07')))
    const receivers = first.door.arrivals.map(({ to }) => to)
    expect(receivers.length).toBeGreaterThan(8)
    expect(new Set(receivers).size).toBe(receivers.length)
  })
})
