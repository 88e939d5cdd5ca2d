import { describe, expect, it } from 'vitest'
import { calendarSchedule } from '../../schedules/calendar.ts'
import type { Campaign } from '../../src/campaign/plan/campaign.ts'
import { nextCampaign } from '../../src/campaign/plan/next-campaign.ts'
import { holdersOf } from '../../src/campaign/roster/roster.ts'
import type { Said } from '../../src/rehearsal/rehearsal.ts'
import { campaignOf, plan2022 } from '../campaign/campaign-files.ts'
import { played, sample, to } from './played.ts'

describe('a year whose days off are not known', () => {
  const of = (year: number, overrides: Campaign['calendar']['overrides'] = {}): Campaign => ({
    ...campaignOf(nextCampaign(plan2022, year)?.text ?? ''),
    calendar: { overrides },
  })
  const warned = (said: readonly Said[]): string[] => to(said, '组织部').filter((text) => text.includes('放假安排'))
  const days = (said: readonly Said[]): string[] => [...new Set(warned(said).map((text) => text.slice(5, 10)))]

  it('is told to the organization department each month; nobody else hears of it', () => {
    const said = played({ campaign: of(2090), schedules: [calendarSchedule] })
    expect(days(said)).toEqual(['04-03', '05-03', '06-01', '07-03', '08-01', '09-01', '10-04', '11-01', '12-01'])
    expect(warned(said)[0]?.slice(11)).toBe(
      [
        '2090年的放假安排还没有，工作日暂按周一至周五算。',
        '节假日和调休前后的提醒，日期可能不准。',
        '通知公布后，请管理员更新程序，或写进活动文件的 overrides。',
      ].join('\n'),
    )
    expect(warned(said).at(-1)).toContain('2090、2091年的放假安排还没有')
    const others = said.filter(
      (one) => one.text.includes('放假安排') && !('account' in one.to && one.to.post === '组织部'),
    )
    expect(others).toEqual([])
    // This is no duty of the plan, because `about` holds only the words of the contract.
    expect(said.find((one) => one.text.includes('放假安排'))?.about).toEqual([])
  })

  it('is told in December already of the year that follows', () =>
    expect(days(played({ campaign: of(2026) }))).toEqual(['12-01']))

  it('is over when the notice is in the campaign file, but not by a day that the college gives off itself', () => {
    expect(
      days(played({ campaign: of(2090, { '2090-10-02': 'off', '2090-10-01': 'off', '2091-01-01': 'off' }) })),
    ).toEqual([])
    expect(days(played({ campaign: of(2090, { '2090-05-20': 'off' }) }))).toHaveLength(9)
  })

  it('is merged with what else is due, and not said of 2022', () => {
    const said = played({ campaign: of(2090), visits: () => undefined })
    const june = to(said, '组织部').filter((text) => text.startsWith('2090-06-01'))
    expect(june).toHaveLength(holdersOf(sample, 'organization-department').length)
    expect(june[0]).toMatch(/1\. 任务1[^]*\d\. 5月有9位委员走访[^]*\d\. 2090年的放假安排/)
    expect(days(played())).toEqual([])
  })
})
