import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branchMentions } from '../../src/campaign/reading/branch-mentions.ts'
import { matchBranch, normalize, splitBranch } from '../../src/campaign/roster/names.ts'
import { college, only } from './branches.ts'

const six = only(
  '机电教工第一党支部',
  '机电教工第二党支部',
  '机电学生党支部',
  '软件教研室党支部',
  '网络教研室党支部',
  '信息学生党支部',
)

describe('a branch is known', () => {
  it.each([
    ['软件教研室党支部', '软件教研室党支部'],
    ['软件教研室', '软件教研室党支部'],
    ['软件', '软件教研室党支部'],
    ['“软件教研室”支部', '软件教研室党支部'],
    ['机电教工第一', '机电教工第一党支部'],
    ['机电教工一', '机电教工第一党支部'],
    ['机电教工1支部', '机电教工第一党支部'],
    ['教工二支部', '机电教工第二党支部'],
    ['机电 学生', '机电学生党支部'],
    ['信息学生党支部', '信息学生党支部'],
  ])('by %j', (typed, id) => expect(matchBranch(typed, six)).toEqual({ kind: 'one', id }))

  it.each([
    ['护理学院党总支/第一党支部', '护理学院党总支/第一党支部'],
    ['护理/第一党支部', '护理学院党总支/第一党支部'],
    ['文旅第一', '文旅学院党总支/第一党支部'],
    ['文旅学院党总支／第十一党支部', '文旅学院党总支/第十一党支部'],
    ['机关', '机关党支部'],
  ])('where a name occurs twice by %j', (typed, id) => expect(matchBranch(typed, college)).toEqual({ kind: 'one', id }))

  it('not by a part of several', () => {
    expect(matchBranch('机电教工', six)).toEqual({ kind: 'several', ids: ['机电教工第一党支部', '机电教工第二党支部'] })
    expect(matchBranch('第一党支部', college)).toMatchObject({ kind: 'several' })
    expect(matchBranch('学生', six)).toMatchObject({ kind: 'several' })
  })
  it('not by what fits none, but the likely ones are offered', () => {
    expect(matchBranch('软件教研所', six)).toEqual({ kind: 'none', near: ['软件教研室党支部'] })
    for (const typed of ['党支部', '支部', '', '食堂', '机电教工三']) expect(matchBranch(typed, six).kind).toBe('none')
  })
  it.each<[typed: string, near: string[]]>([
    ['软件学生', ['机电学生党支部', '信息学生党支部']],
    ['机电大学生', ['机电学生党支部']],
    ['软网', []],
    ['软室', ['软件教研室党支部']],
    ['王', []],
    ['，', []],
    ['机电学生会的全体同学们', []],
  ])('the ones like %j are offered, if any is', (typed, near) =>
    expect(matchBranch(typed, six)).toEqual({ kind: 'none', near }),
  )
  it.each<[typed: string, near: string[]]>([
    ['护里第一', ['护理学院党总支/第一党支部']],
    ['护理院总支第一党支', ['护理学院党总支/第一党支部', '护理学院党总支/实训中心党支部']],
    ['文旅学员第十一', ['文旅学院党总支/第十一党支部', '文旅学院党总支/第一党支部', '文旅学院党总支/酒店管理党支部']],
  ])('the likeliest first, by the general branch’s name too: %j', (typed, near) =>
    expect(matchBranch(typed, college)).toEqual({ kind: 'none', near }),
  )
  it('no more than five of many that are alike', () => {
    const many = '甲乙丙丁戊己庚'.split('').map((one) => ({ id: one, name: `${one}专业学生党支部` }))
    expect(matchBranch('专业研究生', many)).toEqual({ kind: 'none', near: ['甲', '乙', '丙', '丁', '戊'] })
  })
  it('not by the beginning of a number', () => {
    const two = [
      { id: '1', name: '教工第一党支部' },
      { id: '12', name: '教工第十二党支部' },
    ]
    expect(matchBranch('教工1', two)).toEqual({ kind: 'one', id: '1' })
    expect(matchBranch('教工12', two)).toEqual({ kind: 'one', id: '12' })
  })
  it('not by the short form of one that is the beginning of another', () => {
    const two = [
      { id: 'a', name: '酒店管理党支部' },
      { id: 'b', name: '酒店管理第二党支部' },
    ]
    expect(matchBranch('酒店管理', two)).toMatchObject({ kind: 'several' })
    expect(matchBranch('酒店管理支部', two)).toEqual({ kind: 'one', id: 'a' })
  })
})

describe('among many branches, which are looked up and not gone through,', () => {
  const others = Array.from({ length: 40 }, (_, i) => ({
    id: `其他${i}`,
    name: `其他${i % 2 === 0 ? '教工' : '学生'}第${100 + i}党支部`,
    generalName: `分校${Math.floor(i / 20) + 1}党总支`,
  }))
  const many = [...others.slice(0, 20), ...college, ...others.slice(20)]
  it.each([
    '护理学院党总支/第一党支部',
    '护理/第一党支部',
    '护理/第一',
    '护理/实训',
    '护理/食堂',
    '食堂/第一',
    '学院/第一',
    '工程学院/教工第一',
    '工程/学生',
    '护理第一',
    '文旅第一',
    '文旅第十一',
    '文旅一',
    '软件教研室',
    '软件教研室支部',
    '教研室',
    '机电',
    '机电教工',
    '机关',
    '第一党支部',
    '食堂',
    '软件教研所',
    '护里第一',
  ])('%j means the same as among few', (typed) => {
    const [few, found] = [matchBranch(typed, college), matchBranch(typed, many)]
    expect(found).toEqual(few)
  })
  it.each<[typed: string, ids: string[]]>([
    ['分校1/第100', ['其他0']],
    ['分校2/第120', ['其他20']],
    ['分校2/第100', []],
    ['分校1第102党支部', ['其他2']],
    ['分校/第103', ['其他3']],
  ])('%j means %j', (typed, ids) => {
    const found = matchBranch(typed, many)
    expect('ids' in found ? found.ids : 'id' in found ? [found.id] : []).toEqual(ids)
  })
  it.each(['5 5 4', '好的', '  ', '食堂 5 5 4', '王'])('%j begins with none', (line) =>
    expect([splitBranch(line, many), splitBranch(line, college)]).toEqual([undefined, undefined]),
  )
})

describe('a line begins with a branch', () => {
  const split = (line: string): unknown => {
    const found = splitBranch(line, six)
    return found && [found.match.kind === 'one' ? found.match.id : found.match.ids, found.rest]
  }
  const jidian = ['机电教工第一党支部', '机电教工第二党支部']
  it.each([
    ['软件教研室 5545 5555', '软件教研室党支部', '5545 5555'],
    ['软件教研室5545 5555', '软件教研室党支部', '5545 5555'],
    ['软件教研室党支部：5 5 4', '软件教研室党支部', '5 5 4'],
    ['机电教工一，全部满分', '机电教工第一党支部', '全部满分'],
    ['机电教工1 5 5', '机电教工第一党支部', '5 5'],
    ['机电教工第一党支部五五四五', '机电教工第一党支部', '五五四五'],
    ['信息学生除3扣1，其余满分', '信息学生党支部', '除3扣1，其余满分'],
    ['信息学生五五四五', '信息学生党支部', '五五四五'],
    ['机电学生第3项4', '机电学生党支部', '第3项4'],
    ['“软件教研室”党支部 ５ ５', '软件教研室党支部', '５ ５'],
    ['2、软件教研室 全部满分', '软件教研室党支部', '全部满分'],
    ['软件教研室党支部', '软件教研室党支部', ''],
    ['软件教研室 3改4', '软件教研室党支部', '3改4'],
    ['软件教研室的第3项改成4', '软件教研室党支部', '第3项改成4'],
    ['软件教研室扣1分', '软件教研室党支部', '扣1分'],
    ['软件教研室其余满分', '软件教研室党支部', '其余满分'],
    ['机电教工一全部满分', '机电教工第一党支部', '全部满分'],
    ['机电教工 1 5 5', jidian, '1 5 5'],
    ['机电教工15 5', jidian, '15 5'],
    ['机电教工一五五四', jidian, '一五五四'],
  ])('%j', (line, branch, rest) => expect(split(line)).toEqual([branch, rest]))
  it.each([
    '第3项4',
    '党员队伍 5 5 4 5',
    '工作机制 5555',
    '3改4',
    '其余满分',
    '5545 5555',
    '教务处 5 5',
    '一、领导班子 5 5',
    '除3扣1',
    '软件教研室好',
    '软件教研室好5 5',
    '',
  ])('%j does not', (line) => expect(split(line)).toBeUndefined())
  it('and nothing of the scores is lost, whatever they are', () => {
    const scores = fc
      .array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 18 })
      .map((list) => list.join(' '))
    const written = fc.constantFrom('', '党支部', '支部')
    fc.assert(
      fc.property(
        fc.constantFrom(...six),
        written,
        fc.constantFrom(' ', '：', '，', ':', '\n'),
        scores,
        ({ name }, suffix, by, rest) => {
          expect(splitBranch(name.replace('党支部', suffix) + by + rest, six)).toEqual({
            match: { kind: 'one', id: name },
            rest,
          })
        },
      ),
    )
  })
})

describe('a free text speaks of branches', () => {
  const mentioned = (text: string): unknown[] =>
    branchMentions(text, { own: six, all: six }).map(({ from, to, match }) => [
      text.slice(from, to),
      match.kind === 'one' ? match.id : match.ids,
    ])
  it.each([
    ['去了机电学生党支部，学生党员实习在外较多', [['机电学生党支部', '机电学生党支部']]],
    ['到软件开座谈会', [['软件', '软件教研室党支部']]],
    [
      '走访了机电教工一、网络两个支部',
      [
        ['机电教工一', '机电教工第一党支部'],
        ['网络', '网络教研室党支部'],
      ],
    ],
    [
      '机电教工一支部、二支部和信息学生支部',
      [
        ['机电教工一支部', '机电教工第一党支部'],
        ['二支部', '机电教工第二党支部'],
        ['信息学生支部', '信息学生党支部'],
      ],
    ],
    ['去了机电教工十二支部', []],
    ['去了机电教工第12支部', []],
    ['去了“软件”教研室', [['软件”教研室', '软件教研室党支部']]],
    ['去了“机电教工”二两个支部', [['机电教工”二', '机电教工第二党支部']]],
    ['网络教研室班子健全', [['网络教研室', '网络教研室党支部']]],
    [
      '没去软件教研室，去了网络教研室',
      [
        ['软件教研室', '软件教研室党支部'],
        ['网络教研室', '网络教研室党支部'],
      ],
    ],
    ['到学生支部座谈', [['学生支部', ['机电学生党支部', '信息学生党支部']]]],
    ['各支部学生党员实习，该支部网络不好', []],
  ])('%j', (text, mentions) => expect(mentioned(text)).toEqual(mentions))
})

it('a general branch alone is none of its branches, with one it is', () => {
  const mentioned = (text: string): unknown[] => branchMentions(text, { own: college, all: college })
  expect(mentioned('去了护理学院调研')).toEqual([])
  expect(mentioned('去了护理')).toEqual([])
  expect(mentioned('去了护理学院实训中心')).toEqual([
    { from: 2, to: 10, match: { kind: 'one', id: '护理学院党总支/实训中心党支部' } },
  ])
})

it.each(['IT教研室', 'it教研室', 'Ｉｔ教研室'])('letters of any kind are the same: %s', (said) => {
  const own = [{ id: 'it', name: 'IT教研室党支部' }]
  expect(branchMentions(`去了${said}座谈`, { own, all: own })).toEqual([
    { from: 2, to: 7, match: { kind: 'one', id: 'it' } },
  ])
})

it('normalizing keeps the length, so that pieces can be quoted as they were typed', () => {
  expect(normalize('１２，ａ：（５）　\t好')).toBe('12,a:(5)  好')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(normalize(text)).toHaveLength(text.length)
    }),
  )
})
