import { describe, expect, it } from 'vitest'
import { emptyReport } from '../../src/campaign/reading/read-liaison-report.ts'
import { readVisits } from '../../src/campaign/reading/read-visits.ts'
import { readsLikeReport } from '../../src/campaign/reports/draft.ts'
import { reportQuestion } from '../../src/campaign/reports/draft-words.ts'
import { linkedWords, visitedWords, visitsByBranch, visitsByUnit } from '../../src/campaign/reports/visits.ts'
import { namesOf } from '../../src/campaign/roster/branch-names.ts'
import { type Person, type Roster, reportedBranches } from '../../src/campaign/roster/roster.ts'
import { campaignOf, otherCollege, plan2022 } from './campaign-files.ts'

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
const of = (month: string, branches: string[]) => ({ month, report: { branches } })

describe('visits', () => {
  const branches = roster.branches.map(({ id, name }) => ({ id, name }))
  it.each([
    ['去了软件教研室，网络教研室下次再去', ['b1']],
    ['去了软件教研室。网络教研室，下次去', ['b1']],
    ['去了软件教研室。网络教研室，准备下个月补', ['b1']],
    ['去了软件教研室。网络教研室，打算下月走访', ['b1']],
    ['去了软件教研室。网络教研室，以后再走访', ['b1']],
    ['去了软件教研室。网络教研室，党员说改天再去参观', ['b1', 'b2']],
  ])('%j tells of %j', (text, visited) =>
    expect(readVisits(text, { own: branches.slice(0, 2), all: branches }).branches).toEqual(visited),
  )

  const reports = [of('2022-04', ['b1', 'b2']), of('2022-05', ['b1']), of('2022-04', [])]

  it('are counted by branch and by general branch, those never visited too', () => {
    const months = visitsByBranch(roster, reports).map((one) => [one.branch.id, one.months])
    expect(months).toEqual([
      ['b1', ['2022-04', '2022-05']],
      ['b2', ['2022-04']],
      ['b3', []],
    ])
    expect(visitsByUnit(roster, reports)).toEqual([
      { unit: '信息工程学院党总支', all: 2, visited: 2, times: 3 },
      { unit: '直属支部', all: 1, visited: 0, times: 0 },
    ])
  })

  it('are owed by the members of the liaison; who has all is named nowhere', () => {
    const secretary: Person = { id: 'p3', name: '书记', accounts: {}, seats: [{ post: 'committee-secretary' }] }
    const all = visitsByBranch({ ...roster, people: [gao, ma, secretary] }, [])
    expect(all.map(({ responsible }) => responsible)).toEqual([['高文静'], ['高文静', '马建国'], []])
  })

  it('are said by the names of the branches, also of one that is gone, or by the reason why there was none', () => {
    expect(visitedWords(roster, { branches: ['b2', 'gone'] })).toBe('网络教研室党支部、已撤并的支部')
    expect(visitedWords(roster, { branches: [], noVisit: '在外学习' })).toBe('未走访：在外学习')
    expect(linkedWords({ roster, campaign: campaignOf(plan2022) }, gao)).toBe(
      '您联系的支部：软件教研室党支部、网络教研室党支部。',
    )
    expect(linkedWords({ roster, campaign: campaignOf(otherCollege) }, member('p4', '李明', []))).toBe(
      '您联系的支部：名册里还没有，请联系组织人事部。',
    )
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
