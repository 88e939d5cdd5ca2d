import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { liaisonAssignmentSchedule } from '../../schedules/liaison-assignment.ts'
import { liaisonReportSchedule } from '../../schedules/liaison-report.ts'
import type { Roster } from '../../src/campaign/roster/roster.ts'
import type { Said } from '../../src/rehearsal/rehearsal.ts'
import { played, sample, to, type Visits } from './played.ts'

const about = (said: readonly Said[]): Said[] => said.filter((one) => one.about.includes('liaison-assignment'))

/** Without the year's other duties, whose messages would be merged with these. */
const alone = [liaisonReportSchedule, liaisonAssignmentSchedule]

/** The sample college with another assignment for some members. */
const assigned = (changes: { [name: string]: number }): Roster => ({
  ...sample,
  people: sample.people.map((person) => {
    const count = changes[person.name]
    if (count === undefined) return person
    const liaison = sample.branches.slice(0, count).map(({ id }) => id)
    return { ...person, seats: person.seats.map((seat) => ({ ...seat, liaison })) }
  }),
})

describe('the liaison duty', () => {
  it('says nothing where everybody visits and the assignment is the plan’s', () => expect(about(played())).toEqual([]))

  it('a month without a visit is told on the first working day after it, once, to both offices', () => {
    const visits: Visits = ({ name }, month) => (month !== '2022-05' ? 1 : name === '马建国' ? 0 : 1)
    const said = about(played({ visits, schedules: alone }))
    expect([...new Set(said.map(({ at }) => at.toPlainDate().toString()))]).toEqual(['2022-06-01'])
    expect(said.every(({ kind }) => kind === 'escalation')).toBe(true)
    const text = [
      '2022-06-01 5月有1位委员走访记录不足，方案为每月不少于1个支部。',
      '报告中走访不足：马建国',
      '汇总请回复“月报汇总 5月”。',
    ].join('\n')
    expect(to(said, '组织部')).toEqual([text, text])
    expect(to(said, '党委办公室')).toEqual([text])
    expect(said).toHaveLength(3)
  })

  it('a missing report is no visit on record for the organization department; the party office hears of it as missing', () => {
    const visits: Visits = ({ name }, month) => (month === '2022-09' && name === '马建国' ? undefined : 1)
    const said = played({ visits, from: '2022-09-01', to: '2022-11-30', schedules: alone })
    const reminded = said.filter(({ at }) => at.toPlainDate().toString() === '2022-10-08')
    expect(to(reminded, '组织部')[0]).toBe(
      '2022-10-08 9月有1位委员走访记录不足，方案为每月不少于1个支部。\n报告还没交：马建国\n汇总请回复“月报汇总 9月”。',
    )
    expect(to(reminded, '党委办公室')).toEqual([
      '2022-10-08 9月联系支部报告已到期，还有1位未交。\n马建国\n汇总请回复“月报汇总 9月”。',
    ])
  })

  it('an assignment unlike the plan’s is told at the opening of the campaign and of each month', () => {
    const roster = assigned({ 高文静: 4, 马建国: 2, 许一鸣: 5 })
    const said = about(played({ roster, schedules: alone }))
    const days = [...new Set(said.map(({ at }) => at.toPlainDate().toString()))]
    const months = ['05-05', '06-01', '07-01', '08-01', '09-01', '10-08', '11-01', '12-01']
    expect(days).toEqual(['2022-04-02', ...months.map((one) => `2022-${one}`)])
    expect(to(said, '组织部')[0]).toBe(
      [
        '2022-04-02 联系支部的分配与方案不符，请核实。',
        '许一鸣5个（方案为全部）、高文静4个（方案为2至3个）、马建国2个（方案为3至4个）',
        '没有委员联系：网络教研室党支部、会计教研室党支部、党政办公党支部',
        '由组织部在名册“联系支部”一列调整，重新导入后生效。',
      ].join('\n'),
    )
    expect(to(said, '党委办公室')[0]).toBe(to(said, '组织部')[0])
  })

  it('a branch that nobody is responsible for is named', () => {
    const roster = { ...sample, people: sample.people.filter(({ name }) => !['许一鸣', '董海涛'].includes(name)) }
    expect(to(about(played({ roster })), '组织部')[0]).toContain(
      '没有委员联系：安全保卫党支部、图书信息党支部、后勤保障党总支/退休教工党支部',
    )
  })

  it('is one message with what else is due that day', () => {
    const said = played({ visits: () => undefined, to: '2022-05-05' })
    const day = said.filter(({ at }) => at.toPlainDate().toString() === '2022-05-05')
    const organization = day.filter((one) => 'account' in one.to && one.to.post === '组织部')
    expect(organization.map((one) => [one.kind, one.about])).toEqual(
      organization.map(() => ['escalation', ['grading', 'liaison-assignment']]),
    )
    expect(organization).toHaveLength(2)
    expect(organization[0]?.text).toMatch(/^1\. 支部评分4月30日已到期.*\n.*\n2\. 4月有9位委员走访记录不足/)
    const office = day.filter((one) => 'account' in one.to && one.to.post === '党委办公室')
    expect(office.map((one) => [one.kind, one.about])).toEqual([['escalation', ['liaison-report']]])
  })

  it('over any assignment and any visits: said exactly where there is a gap, to nobody else, once a day (R5)', () => {
    const counts = fc.dictionary(
      fc.constantFrom('许一鸣', '高文静', '罗建国', '马建国', '林晓燕'),
      fc.integer({ min: 0, max: 28 }),
    )
    const visits = fc.dictionary(
      fc.constantFrom('许一鸣', '马建国', '林晓燕', '唐立群'),
      fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    )
    fc.assert(
      fc.property(counts, visits, (changes, made) => {
        const roster = assigned(changes)
        const said = played({
          roster,
          visits: ({ name }) => (name in made ? made[name] : 1),
          to: '2022-06-01',
          schedules: alone,
        })
        // An empty assignment of the secretary means all branches.
        const fits = (name: string, count: number): boolean =>
          name === '许一鸣'
            ? count % 28 === 0
            : name.match(/高文静|罗建国/)
              ? count > 1 && count < 4
              : count > 2 && count < 5
        const isWrong =
          Object.entries(changes).some(([name, count]) => !fits(name, count)) ||
          sample.branches.some(
            ({ id }) =>
              !roster.people.some(({ seats }) =>
                seats.some(
                  ({ post, liaison = [] }) =>
                    liaison.includes(id) || (post === 'committee-secretary' && liaison.length === 0),
                ),
              ),
          )
        const few = Object.values(made).filter((count) => count === 0 || count === undefined).length
        for (const [month, date] of [
          ['4月', '2022-05-05'],
          ['5月', '2022-06-01'],
        ] as const) {
          const texts = to(said, '组织部').filter((text) => text.startsWith(date))
          expect(texts.filter((text) => text.includes('联系支部的分配')).length).toBe(isWrong ? 2 : 0)
          expect(texts.filter((text) => text.includes(`${month}有${few}位委员走访`)).length).toBe(few > 0 ? 2 : 0)
        }
        const told = about(said)
        expect(told.every((one) => 'account' in one.to && /组织部|党委办公室/.test(one.to.post))).toBe(true)
        const keys = said.map((one) => `${one.at.toString()} ${JSON.stringify(one.to)}`)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      { numRuns: 15 },
    )
  })
})
