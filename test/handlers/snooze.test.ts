import { afterEach, expect, it } from 'vitest'
import { submitLiaisonReport } from '../../src/campaign/reports/liaison-report.ts'
import { generatedCollege } from '../../src/crash/generated-college.ts'
import type { Records } from '../../src/rehearsal/rehearsal.ts'
import { campaign2022 } from '../documents/samples.ts'
import { beijing } from '../support/beijing.ts'
import { onBothEngines } from '../support/engines.ts'
import { VirtualCollege } from '../support/virtual-college.ts'

/** A member of the committee, whose reports are due by 29 April, the last working day of the month. The superior is the party office. */
const member = 'user8'
const office = 'user3'
const college = generatedCollege(4)
const reported = ({ liaisonReports }: Records): void => {
  const content = { text: '正常', branches: ['b1'], hard: '无' }
  const report = submitLiaisonReport(undefined, content, { by: 'p8', at: '2022-04-25T09:00:00+08:00', late: 0 })
  if (report) liaisonReports.set('2022-04~p8', report)
}

const open = new Set<VirtualCollege>()
afterEach(async () => {
  for (const one of open) await one.close()
  open.clear()
})

onBothEngines((engine) => {
  const at = async (moment: string): Promise<VirtualCollege> => {
    const one = await VirtualCollege.open({ store: await engine(), campaign: campaign2022(), roster: college })
    one.now = beijing(moment)
    open.add(one)
    return one
  }
  /** The messages that came to the member unasked from now on. */
  const pushed = (one: VirtualCollege) => {
    const before = one.door.to(member).length
    return () => one.door.to(member).slice(before)
  }
  const minutes = async (one: VirtualCollege, ...moments: string[]): Promise<void> => {
    for (const moment of moments) await one.at(moment)
  }

  it('明天上午提醒我: nothing until then, then one message that names the moment, and no other that day or the next', async () => {
    const one = await at('2022-04-27 15:00')
    expect(await one.says(member, '明天上午提醒我')).toBe('好的，4月28日（周四）9:07再提醒您。')
    const came = pushed(one)
    await minutes(one, '2022-04-27 16:00', '2022-04-28 08:59')
    expect(came()).toEqual([])
    await minutes(one, '2022-04-28 09:07', '2022-04-28 10:07', '2022-04-28 15:07')
    expect(came().map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^4月联系支部报告，4月30日（周六）到期，最后一个工作日4月29日（周五）.*\n[^]*这是您要的4月28日（周四）9:07的提醒。/,
      ),
    ])
    await one.at('2022-04-29 09:07')
    expect(came()).toHaveLength(2)
    expect(came()[1]?.text).toContain('4月30日（周六）到期，今天4月29日（周五）是最后一个工作日')
  })

  it('in the middle of a report 明天上午提醒我 is no part of it; a day may be', async () => {
    const one = await at('2022-04-27 15:00')
    await one.says(member, '月报')
    expect(await one.says(member, '明天上午提醒我')).toBe('好的，4月28日（周四）9:07再提醒您。')
    expect(await one.says(member, '推迟到周五')).toContain('已记下')
  })

  it('the reminder was moved, not added: the day’s own step does not come beside one asked for that afternoon', async () => {
    const one = await at('2022-04-27 15:00')
    await one.says(member, '明天下午3点提醒我')
    const came = pushed(one)
    await minutes(one, '2022-04-28 09:07', '2022-04-28 14:59')
    expect(came()).toEqual([])
    await minutes(one, '2022-04-28 15:00', '2022-04-28 16:30', '2022-04-28 17:30')
    expect(came()).toHaveLength(1)
  })

  it('a reminder of what was done meanwhile does not come, not even if it was done a minute before', async () => {
    const one = await at('2022-04-27 15:00')
    await one.says(member, '明天上午提醒我')
    const came = pushed(one)
    const deliver = await one.decide(beijing('2022-04-28 09:07'))
    await one.answer(reported)
    await deliver()
    await minutes(one, '2022-04-28 10:07', '2022-04-29 09:07')
    expect(came()).toEqual([])
  })

  it('two in a quarter of an hour are two: to a platform that drops repeats their words differ', async () => {
    const one = await at('2022-04-27 15:00')
    const came = pushed(one)
    await one.says(member, '5分钟后提醒我')
    await one.at('2022-04-27 15:05')
    await one.says(member, '5分钟后提醒我')
    await one.at('2022-04-27 15:10')
    const reminders = came().filter(({ text }) => text.includes('这是您要的'))
    expect(reminders).toHaveLength(2)
    expect(new Set(reminders.map(({ body }) => body)).size).toBe(2)
  })

  it.each([
    ['past the deadline', '2022-04-27 15:00', '推迟到5月6日', '4月29日（周五）9:07', /最近的可提醒时间/],
    ['to a day off', '2022-04-27 15:00', '推迟到周六', '4月29日（周五）9:07', /最近的可提醒时间/],
    ['to the evening', '2022-04-27 15:00', '明天晚上9点提醒我', '4月28日（周四）19:59', /最近的可提醒时间/],
    ['before our day', '2022-04-27 15:00', '明天早上6点提醒我', '4月27日（周三）19:59', /最近的可提醒时间/],
    [
      'before our day, said at night',
      '2022-04-27 21:00',
      '明天早上6点提醒我',
      '4月28日（周四）8:00',
      /最近的可提醒时间/,
    ],
    ['to a day that is free, said late on the last one', '2022-04-29 15:00', '推迟到周六', '4月29日（周五）19:59', /./],
    ['to when it suits', '2022-04-27 15:00', '推迟到周五', '4月29日（周五）9:07', /再提醒您。$/],
  ])('%s: the nearest allowed moment', async (_, now, said, words, how) => {
    const one = await at(now)
    const answer = await one.says(member, said)
    expect(answer).toContain(words)
    expect(answer).toMatch(how)
  })

  it('where no working time is left before the deadline, the bot says so and what there is to do', async () => {
    const one = await at('2022-04-29 20:30')
    expect(await one.says(member, '明天上午提醒我')).toMatch(/没有可以提醒的工作时间了，请现在办理：\n4月联系支部报告/)
    const came = pushed(one)
    await minutes(one, '2022-04-30 09:07', '2022-05-02 09:07')
    expect(came()).toEqual([])
  })

  it('请假: reminders pause up to and including that day, one asked for before too; the superior is told; the duty stays', async () => {
    const one = await at('2022-04-22 15:00')
    await one.says(member, '下周一上午提醒我')
    expect(await one.says(member, '请假到4月28日')).toBe(
      '好的，到4月28日（周四）不再提醒您，已告知人员3。事项和截止日不变；提前回来请回复“销假”。',
    )
    expect(one.door.to(office).map(({ text }) => text)).toEqual([
      '委员3请假到4月28日（周四），这期间不再提醒本人，请留意其待办事项。',
    ])
    const came = pushed(one)
    await minutes(one, '2022-04-24 09:07', '2022-04-25 09:07', '2022-04-26 09:07', '2022-04-28 09:07')
    expect(came()).toEqual([])
    await one.at('2022-04-29 09:07')
    expect(came().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^4月联系支部报告，4月30日（周六）到期，今天4月29日/),
    ])
  })
})
