import { Temporal } from 'temporal-polyfill'
import { expect, it } from 'vitest'
import { matchBranch, splitBranch } from '../../src/campaign/reading/names.ts'
import { emptyReport } from '../../src/campaign/reading/read-report.ts'
import { readDelegation, readWhen } from '../../src/campaign/reading/read-when.ts'
import { classificationMark } from '../../src/campaign/reading/secrecy.ts'
import { takenUp } from '../../src/campaign/reports/draft.ts'
import { college } from './branches.ts'

const own = college.slice(0, 3)
const now = Temporal.ZonedDateTime.from('2022-04-26T10:30:00+08:00[Asia/Shanghai]')
const readers: { readonly [name: string]: (text: string) => unknown } = {
  reports: (text) => takenUp(emptyReport, text, { own, all: college }),
  'reports that go on': (text) =>
    takenUp({ text: '走访机电学生党支部。难点：无。', branches: [own[2]?.id ?? ''], hard: '无' }, text, {
      own,
      all: college,
    }),
  times: (text) => readWhen(text, now, Temporal.PlainTime.from('09:07')),
  delegations: readDelegation,
  'names in lines': (text) => splitBranch(text, college),
  names: (text) => matchBranch(text, college),
  secrecy: classificationMark,
}
const pieces = [
  'a',
  ' ',
  '\n',
  '\t',
  '。',
  '，',
  '、',
  '一',
  '1',
  '第',
  '.',
  '：',
  '【',
  '①',
  '无',
  '没有',
  '难点',
  '难点：',
  '机电学生党支部、',
  '教工一、',
  '去了',
  '支部',
  '三个支部都',
  '除',
  '因',
  '问题',
  '已经',
  '党委',
  '请',
  '内部资料 ',
  '绝 ',
  '秘密',
  '（秘 ',
  '4月',
  '到',
  '提醒',
  '请假到',
  '1、',
  ' 1. ',
  '情况 ',
  '学生支部没去，',
  '全部',
  '走访',
]
const shapes = [
  ...pieces,
  '去了机电学生党支部，活动正常。难点：场地不足。',
  '教工一支部学习认真，已经解决了桌椅，但是投影没人管，请党委研究；',
]
/** A shape of so many characters. */
const shaped = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
/** What the reader itself works, in milliseconds of the processor; the best of some rounds. */
function cost(read: (text: string) => unknown, text: string): number {
  const rounds = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage()
    read(text)
    return process.cpuUsage(start).user / 1000
  })
  return Math.min(...rounds)
}

/** Half of the goal for such a text: what costs less holds nobody up, and the collector takes as long. Milliseconds. */
const least = 25

it.each(Object.entries(readers))(
  '%s: twice the text costs at most three times as much, whatever its shape',
  { retry: 2 },
  (_, read) => {
    for (const piece of shapes) read(shaped(piece, 2_000))
    for (const piece of shapes) {
      read(shaped(piece, 10_000))
      const twice = cost(read, shaped(piece, 20_000))
      if (twice > least) expect(twice / cost(read, shaped(piece, 10_000)), JSON.stringify(piece)).toBeLessThanOrEqual(3)
    }
  },
)
