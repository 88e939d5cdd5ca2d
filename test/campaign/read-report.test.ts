import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Missing,
  mergeReport,
  missingParts,
  type Report,
  readReport,
  saysNone,
  saysNoneOfAll,
  settleDoubt,
} from '../../src/campaign/reading/read-report.ts'
import { only } from './branches.ts'

const branches = only('机电教工第二党支部', '机电学生党支部', '软件教研室党支部', '网络教研室党支部')
const read = (text: string, ...open: Missing[]): Report => {
  const { used: _used, ...report } = readReport(text, branches, { open })
  return report
}

describe('one message holds it all', () => {
  it('in plain sentences', () => {
    expect(
      read(
        '去了机电学生党支部，党员大会按期召开，学生党员实习在外较多。帮助解决了活动室钥匙问题。难点：流动党员参加组织生活困难，请党委研究。',
      ),
    ).toEqual({
      branches: ['机电学生党支部'],
      seen: '去了机电学生党支部，党员大会按期召开，学生党员实习在外较多。',
      solved: '帮助解决了活动室钥匙问题。',
      hard: '流动党员参加组织生活困难，请党委研究。',
      doubts: [],
    })
  })
  it('under titles, with lists', () => {
    expect(
      read(
        '一、走访情况\n到软件支部参加了主题党日，学习氛围好。\n二、解决的问题\n协调会议室一间。\n三、难点堵点\n1. 流动党员联系不上\n2. 活动时间难统一\n四、意见建议\n组织部多办培训',
      ),
    ).toEqual({
      branches: ['软件教研室党支部'],
      seen: '到软件支部参加了主题党日，学习氛围好。',
      solved: '协调会议室一间。',
      hard: '1. 流动党员联系不上\n2. 活动时间难统一',
      advice: '组织部多办培训',
      doubts: [],
    })
  })
  it('in any order', () => {
    expect(read('难点：无。解决：无。建议：多培训。情况：软件教研室支部运转正常')).toEqual({
      branches: ['软件教研室党支部'],
      seen: '软件教研室支部运转正常',
      solved: '无。',
      hard: '无。',
      advice: '多培训。',
      doubts: [],
    })
  })
  it('with several branches', () => {
    const report = read(
      '走访了机电教工二和机电学生支部。两个支部三会一课规范；机电学生党支部活动少。本月没有解决问题。问题是学生党员流动性大。',
    )
    expect(report.branches).toEqual(['机电教工第二党支部', '机电学生党支部'])
    expect(missingParts(report)).toEqual([])
    expect(report).toMatchObject({ solved: '本月没有解决问题。', hard: '问题是学生党员流动性大。' })
  })
  it.each([
    ['帮助协调了一间会议室', 'solved'],
    ['已联系后勤维修', 'solved'],
    ['当场解决了党费收缴问题', 'solved'],
    ['督促支部落实了谈心谈话', 'solved'],
    ['投影仪坏了的问题已经解决', 'solved'],
    ['为支部争取到活动经费了', 'solved'],
    ['堵点在于教学任务重', 'hard'],
    ['热点是职称评审', 'hard'],
    ['流动党员参加组织生活困难', 'hard'],
    ['存在的主要问题是骨干少', 'hard'],
    ['活动经费不足', 'hard'],
    ['请党委研究流动党员管理办法', 'hard'],
    ['场地问题尚未解决', 'hard'],
    ['希望学院帮助协调场地', 'hard'],
    ['暂无热点问题', 'hard'],
    ['没有难点', 'hard'],
    ['建议增加培训', 'advice'],
    ['希望多组织交流', 'advice'],
    ['下一步打算开展结对共建', 'advice'],
    ['支部班子健全，活动正常', 'seen'],
    ['看望困难党员2名', 'seen'],
    ['听取意见建议3条', 'seen'],
    ['三会一课落实较好', 'seen'],
  ])('%j is about %s', (words, part) => {
    expect(read(`${words}。`)).toEqual({ branches: [], [part]: `${words}。`, doubts: [] })
  })
})

describe('what is missing', () => {
  it('is the rest, and an answer without a word of its part goes where it was asked', () => {
    const first = read('这个月走访了软件教研室党支部，支部班子健全，活动正常')
    expect(missingParts(first)).toEqual(['solved', 'hard'])
    const whole = mergeReport(
      first,
      read('意见建议：党建活动室设备老化。解决：已联系后勤维修。难点：经费不足', 'solved', 'hard'),
    )
    expect(missingParts(whole)).toEqual([])
    expect(whole).toMatchObject({ advice: '党建活动室设备老化。', solved: '已联系后勤维修。', hard: '经费不足' })
    expect(read('活动室的灯换了新的', 'solved')).toMatchObject({ solved: '活动室的灯换了新的' })
    expect(read('软件、网络', 'branch', 'solved')).toEqual({
      branches: ['软件教研室党支部', '网络教研室党支部'],
      doubts: [],
    })
    expect(read('无', 'hard')).toMatchObject({ hard: '无' })
  })
  it('is also what was seen, when only the visit is told', () => {
    const report = read('5月12日去了软件教研室党支部。')
    expect(missingParts(report)).toEqual(['seen', 'solved', 'hard'])
    expect(mergeReport(report, read('班子健全', 'seen', 'solved', 'hard'))).toMatchObject({
      seen: '5月12日去了软件教研室党支部。\n班子健全',
    })
  })
  it('is nothing but a reason where nobody was visited', () => {
    expect(missingParts(read('本月未走访'))).toEqual(['reason'])
    expect(missingParts(read('本月未走访，因在外地培训'))).toEqual([])
    expect(missingParts(mergeReport(read('这个月没有下去'), read('在省委党校学习两周', 'reason')))).toEqual([])
    expect(read('本月因病请假未能下支部').noVisit).toBe('本月因病请假未能下支部')
    expect(read('支部书记未走访流动党员，软件教研室活动少').noVisit).toBeUndefined()
  })
  it('gives way to a visit told later', () => {
    const report = mergeReport(read('本月未走访'), read('其实去了软件教研室，班子健全', 'reason'))
    expect(report).toMatchObject({ branches: ['软件教研室党支部'], seen: '本月未走访\n其实去了软件教研室，班子健全' })
    expect(report.noVisit).toBeUndefined()
  })
  it('is not the branch where the person has only one', () => {
    expect(readReport('班子健全', only('软件教研室党支部')).branches).toEqual(['软件教研室党支部'])
  })
})

describe('doubt', () => {
  it('about a branch is kept with the branches it may be', () => {
    expect(read('去了教研室支部，班子健全')).toMatchObject({
      branches: [],
      unclearBranches: { words: '教研室支部', ids: ['软件教研室党支部', '网络教研室党支部'] },
    })
  })
  it('about a part is kept until the person says which', () => {
    const report = mergeReport(read('去了软件教研室党支部，班子健全'), read('无', 'solved', 'hard'))
    expect(report.doubts).toEqual([{ words: '无', parts: ['solved', 'hard'] }])
    expect(settleDoubt(report, 'hard')).toMatchObject({ hard: '无', doubts: [] })
    expect(settleDoubt(report, 'all')).toMatchObject({ solved: '无', hard: '无', doubts: [] })
  })
  it('about 没有 ends once the person says it in so many words', () => {
    const report = mergeReport(read('去了软件教研室党支部，班子健全'), read('没有', 'solved', 'hard'))
    const said = mergeReport(report, read('没有难点', 'solved', 'hard'))
    expect(said).toMatchObject({ hard: '没有难点', doubts: [] })
    expect(missingParts(said)).toEqual(['solved'])
  })
  it.each(['都没有', '两项都没有', '均无'])('%j answers all that was asked', (text) =>
    expect(saysNoneOfAll(text)).toBe(true),
  )
  it.each(['没有', '没有难点', '都没有钱'])('%j does not', (text) => expect(saysNoneOfAll(text)).toBe(false))
})

it('an issue takes the place of 无, and further issues are added', () => {
  const none = read('难点：无')
  expect(mergeReport(none, read('难点：经费不足')).hard).toBe('经费不足')
  expect(mergeReport(read('难点：经费不足'), read('堵点是场地紧张')).hard).toBe('经费不足\n堵点是场地紧张')
})

it.each([
  '无',
  '无。',
  '没有',
  '暂无',
  '没有难点',
  '难点堵点均无',
  '没有什么问题',
  '目前没有需要提交党委会的难点',
  '没什么困难',
  '没有难点、堵点和热点问题',
  '暂时没有',
])('%j is no hard issue', (text) => expect(saysNone(text)).toBe(true))
it.each(['没有钱', '无线网络差', '没有活动室', '无。经费不足', '流动党员没有参加组织生活', ''])('%j is one', (text) =>
  expect(saysNone(text)).toBe(false),
)

const phrases = fc.constantFrom(
  '去了机电学生党支部',
  '软件教研室',
  '教研室支部',
  '支部健全',
  '帮助解决了钥匙问题',
  '难点',
  '难点：',
  '建议',
  '情况：',
  '走访支部：',
  '一、',
  '无',
  '本月未走访',
  '因出差',
  '，',
  '。',
  '\n',
  '；',
  ' ',
  '：',
  '经费不足',
  '【意见建议】',
  '请党委研究',
  'x',
  '①',
)
const anything = fc.oneof(
  fc.array(phrases, { maxLength: 14 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
)
const parts = fc.subarray<Missing>(['branch', 'reason', 'seen', 'solved', 'hard'])
const all = ({ noVisit, visit, seen, solved, hard, advice, doubts }: Report): string[] =>
  [noVisit, visit, seen, solved, hard, advice, ...doubts.map(({ words }) => words)].flatMap((words) => words ?? [])

it('every character of every message belongs to a part, as it was typed', () => {
  fc.assert(
    fc.property(anything, parts, (text, open) => {
      const { used, ...report } = readReport(text, branches, { open })
      expect(used.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text)
      for (const { from, to, as } of used) {
        const words = text.slice(from, to).replace(/^[\s，,、；;]+|[\s，,、；;]+$/g, '')
        if (words && as !== 'title' && as !== 'branch')
          expect(all(report).some((part) => part.includes(words))).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})
it('nothing is lost when messages are joined, except 无 for an issue', () => {
  fc.assert(
    fc.property(anything, anything, parts, (one, other, open) => {
      const [before, added] = [readReport(one, branches), readReport(other, branches, { open })]
      const merged = all(mergeReport(before, added)).join('\n')
      for (const words of all(added)) expect(merged).toContain(words)
      for (const words of all(before)) if (!saysNone(words)) expect(merged).toContain(words)
    }),
  )
})
