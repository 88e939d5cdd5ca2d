import { describe, expect, it } from 'vitest'
import { emptyReport, missingParts, type Report } from '../../src/campaign/reading/read-liaison-report.ts'
import { takenUp } from '../../src/campaign/reports/draft.ts'
import type { Named } from '../../src/campaign/roster/names.ts'

const named = (generalName: string, ...names: string[]): Named[] =>
  names.map((name) => ({ id: name, name, generalName }))
const [one, two, students] = ['机电教工第一党支部', '机电教工第二党支部', '机电学生党支部'] as const
const own = named('机电学院党总支', one, two, students)
const known = { own, all: [...named('信息学院党总支', '软件教研室党支部', '信息学生党支部'), ...own] }
const told = (...said: string[]): Report =>
  said.reduce((report, message) => takenUp(report, message, known).report, emptyReport)

const begin = '5月12日到机电学生党支部，党员到会率高。解决了门锁问题。'
const whole = `${begin}难点：缺活动经费`

describe('the hard issue of a report is put anew', () => {
  it.each([
    ['难点改成：缺活动场地', '缺活动场地'],
    ['把难点改为投影坏了没人修', '投影坏了没人修'],
    ['问题换成：党费系统登录不上\n活动室漏雨', '党费系统登录不上\n活动室漏雨'],
    ['难点改成：无', '无'],
    ['难点那条不报了', '无'],
    ['难点先撤了吧', '无'],
    ['难点取消，以后再说', '无'],
  ])('by “%s”, in its text too', (said, hard) =>
    expect(told(whole, said)).toMatchObject({ hard, text: `${begin}难点：${hard}`, branches: [students] }),
  )

  it('all of several issues at once', () => {
    const several = `${begin}难点：\n1、缺活动经费\n2、场地紧张`
    const now = told(several, '难点改成：投影坏了')
    expect(now.hard).toBe('投影坏了')
    expect(now.text).toBe(`${begin}难点：\n1、投影坏了`)
  })

  it('where there is none yet, the words are a part of the report like others', () =>
    expect(told(`${begin}难点：无`, '难点改成：缺经费').hard).toBe('难点改成：缺经费'))
})

describe('the branch of a report is put anew', () => {
  it.each(['写错了，是教工二支部', '不是学生支部，是教工二支部', '把学生支部改成教工二支部'])(
    'by “%s”, in its text too',
    (said) =>
      expect(told(whole, said)).toMatchObject({
        branches: [two],
        text: '5月12日到教工二支部，党员到会率高。解决了门锁问题。难点：缺活动经费',
        hard: '缺活动经费',
      }),
  )
  it.each([
    ['补充：还去了教工一支部', '还去了教工一支部'],
    ['去的是教工一支部', '去的是教工一支部'],
  ])('or another one is added by “%s”', (said, line) =>
    expect(told(whole, said)).toMatchObject({ branches: [students, one], text: `${whole}\n${line}` }),
  )
  it('the branch of somebody else is none of one’s own', () =>
    expect(told(whole, '到软件教研室党支部').branches).toEqual([students]))
})

describe('a branch that may be either of two', () => {
  const unclear = '去了学生支部和教工支部，情况都好。解决：无。难点：无'
  const words = { words: '教工支部', ids: [one, two] }
  it('is asked about, beside the one that is clear', () =>
    expect(told(unclear)).toMatchObject({ branches: [students], unclearBranches: words }))
  it.each([
    ['教工一', [students, one]],
    ['教工一、教工二', [students, one, two]],
    ['教工二和教工一', [students, two, one]],
  ])('is settled by “%s”, which is no part of the text', (said, branches) => {
    const report = told(unclear, said)
    expect(report).toMatchObject({ branches, text: unclear })
    expect(report).not.toHaveProperty('unclearBranches')
  })
  it('is asked about again after the same words', () =>
    expect(told(unclear, '教工支部')).toMatchObject({ branches: [students], unclearBranches: words, text: unclear }))
})

it('who was nowhere and then was somewhere has a visit to report on', () => {
  expect(told('本月没有走访，在外培训')).toMatchObject({ noVisit: '本月没有走访，在外培训', branches: [] })
  const then = told('本月没有走访，在外培训', '后来去了学生支部，情况很好')
  expect(then.branches).toEqual([students])
  expect(then).not.toHaveProperty('noVisit')
  expect(missingParts(then)).toEqual(['solved', 'hard'])
})
it('the same message again changes nothing', () => expect(told(whole, whole)).toEqual(told(whole)))
it('the same report without its hard issue takes the issue out', () => {
  const report = told(
    `${begin}学习笔记齐全。难点：机房投影损坏多年，集中学习受影响，请党委研究解决。`,
    `${begin}学习笔记齐全。没有难点。`,
  )
  expect(report).toMatchObject({ hard: '无', text: `${begin}学习笔记齐全。没有难点。`, branches: [students] })
})
it('a second visit is added, also where it is told as a whole', () => {
  const second = '5月20日到机电教工第一党支部，党课讲得好。解决：无。难点：无'
  expect(told(whole, second)).toMatchObject({
    hard: '缺活动经费',
    text: `${whole}\n${second}`,
    branches: [students, one],
  })
})
it.each(['教工一支部没去，写错了', '机电教工第一党支部我其实没去成'])('a branch is taken out by “%s”', (said) =>
  expect(told('去了学生支部和教工一支部，情况正常。解决：无。难点：无', said)).toMatchObject({
    branches: [students],
    hard: '无',
  }),
)
it('a branch of which only a later visit or a member is told stays', () => {
  for (const said of ['学生支部下个月再去一次', '学生支部有两名党员没去成'])
    expect(told('去了学生支部，情况正常。解决：无。难点：无', said).branches).toEqual([students])
})
