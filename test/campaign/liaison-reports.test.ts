import { describe, expect, it } from 'vitest'
import { emptyReport } from '../../src/campaign/reading/read-liaison-report.ts'
import { readsLikeReport } from '../../src/campaign/reports/draft.ts'
import { reportQuestion } from '../../src/campaign/reports/draft-words.ts'
import { liaisonNames, type MonthsReport, monthsVisited, visitsByUnit } from '../../src/campaign/reports/visits.ts'
import { namesOf } from '../../src/campaign/roster/branch-names.ts'
import { type Person, type Roster, reportedBranches } from '../../src/campaign/roster/roster.ts'

const member = (id: string, name: string, liaison: string[]): Person => ({
  id,
  name,
  accounts: {},
  seats: [{ post: 'committee-member', liaison }],
})
const [gao, ma] = [member('p1', '高文静', ['b1', 'b2']), member('p2', '马建国', ['b2'])]
const roster: Roster = {
  generalBranches: [{ id: 'g1', name: '信息工程学院党总支' }],
  branches: [
    { id: 'b1', name: '软件教研室党支部', generalBranch: 'g1' },
    { id: 'b2', name: '网络教研室党支部', generalBranch: 'g1' },
    { id: 'b3', name: '机关党支部' },
  ],
  people: [gao, ma],
  groups: [],
}
const of = (month: string, person: string, branches: string[]): MonthsReport => ({
  month,
  person,
  report: { branches, text: '看了', version: 1, by: person, at: `${month}-20T10:00:00+08:00` },
})

describe('visits', () => {
  const months = monthsVisited([
    of('2022-04', 'p1', ['b1', 'b2']),
    of('2022-05', 'p1', ['b1']),
    of('2022-04', 'p2', []),
  ])

  it('are counted by branch and by general branch, those never visited too', () => {
    expect(Object.fromEntries(months)).toEqual({ b1: ['2022-04', '2022-05'], b2: ['2022-04'] })
    expect(visitsByUnit(roster, months)).toEqual([
      { unit: '信息工程学院党总支', all: 2, visited: 2, times: 3 },
      { unit: '直属支部', all: 1, visited: 0, times: 0 },
    ])
  })

  it('are owed by the members of the liaison; who has all is named nowhere', () => {
    const secretary: Person = { id: 'p3', name: '书记', accounts: {}, seats: [{ post: 'committee-secretary' }] }
    const names = liaisonNames({ ...roster, people: [gao, ma, secretary] })
    expect(Object.fromEntries(names)).toEqual({ b1: ['高文静'], b2: ['高文静', '马建国'] })
  })

  it('of a sponsored branch are reported too, in the order of the roster', () =>
    expect(reportedBranches(roster, ma, new Set(['b1'])).map(({ id }) => id)).toEqual(['b1', 'b2']))
})

describe('a text that nobody asked for', () => {
  const known = { own: namesOf(roster, roster.branches.slice(0, 2)), all: namesOf(roster) }
  it.each([
    ['走访了软件教研室，党员都到齐了', true],
    ['本月没有走访，在外学习', true],
    ['您好，在吗', false],
    ['软件教研室', false],
    ['谢谢您的提醒', false],
  ])('“%s” is a report: %s', (text, is) => expect(readsLikeReport(text, known)).toBe(is))
})

it('one question asks for all that is missing, with the branches of the liaison', () => {
  const asked = reportQuestion(roster, emptyReport, {
    title: '4月联系支部报告',
    own: roster.branches.slice(0, 1),
    left: '漏雨',
  })
  expect(asked).toMatch(
    /^4月联系支部报告：请告诉我到了哪个支部、[^]*您联系的支部：软件教研室党支部[^]*上月留下的问题：漏雨/,
  )
})
