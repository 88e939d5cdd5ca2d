import { describe, expect, it } from 'vitest'
import { isQuestion, readQuestion } from '../../src/campaign/reading/read-question.ts'

const known = { bands: ['先进', '一般', '后进'], duties: ['月报', '评分', '季报', '总支季报', '三会一课'] }
const distance = (branch: string, band?: string) => ({ kind: 'distance', branch, ...(band ? { band } : {}) })
const word = (one: string) => ({ kind: 'word', word: one })
const result = (branch: string) => ({ kind: 'result', branch })
const left = (of: string) => ({ kind: 'days-left', of })

describe('questions in plain words', () => {
  it.each([
    ['我联系的支部怎么样', { kind: 'own-branches' }],
    ['我联系的支部怎么样？', { kind: 'own-branches' }],
    ['我联系的几个支部情况如何', { kind: 'own-branches' }],
    ['我包联的支部进展怎么样', { kind: 'own-branches' }],
    ['我负责的支部现在什么情况', { kind: 'own-branches' }],
    ['请问我联系的支部咋样', { kind: 'own-branches' }],
    ['我挂钩的支部怎样了', { kind: 'own-branches' }],
    ['软件教研室还差几分先进', distance('软件教研室', '先进')],
    ['软件教研室还差几分到先进？', distance('软件教研室', '先进')],
    ['软件教研室离先进还差多少分', distance('软件教研室', '先进')],
    ['软件教研室距先进差多少', distance('软件教研室', '先进')],
    ['机电学生差几分能评先进', distance('机电学生', '先进')],
    ['请问软件教研室还差多少分', distance('软件教研室')],
    ['网络教研室离一般还有几分', distance('网络教研室', '一般')],
    ['软件教研室现在还差几分先进', distance('软件教研室', '先进')],
    ['软件教研室党支部距离先进多少分', distance('软件教研室党支部', '先进')],
    ['软件教研室得了多少分', result('软件教研室')],
    ['软件教研室评了几分', result('软件教研室')],
    ['软件教研室多少分', result('软件教研室')],
    ['软件教研室是什么等级', result('软件教研室')],
    ['软件教研室定级结果', result('软件教研室')],
    ['软件教研室是先进吗', result('软件教研室')],
    ['软件教研室是不是后进', result('软件教研室')],
    ['谁还没自评', word('谁没交评分')],
    ['谁没交联系支部报告', word('谁没交月报')],
    ['季度报告什么时候截止', { kind: 'deadline', duty: '季报' }],
    ['本月还有几天', left('month')],
    ['本月还有几天？', left('month')],
    ['这个月还剩多少天', left('month')],
    ['离月底还有几天', left('month')],
    ['到月底还有多少个工作日', left('month')],
    ['本月还剩几个工作日', left('month')],
    ['距月末还有多久', left('month')],
    ['本季度还有几天', left('quarter')],
    ['这个季度还剩多少天', left('quarter')],
    ['今年还有多少天', left('year')],
    ['离年底还有几天', left('year')],
    ['谁没交月报', word('谁没交月报')],
    ['谁没交季报', word('谁没交季报')],
    ['月报谁还没交', word('谁没交月报')],
    ['还有谁没有交月报？', word('谁没交月报')],
    ['哪些人没交月报', word('谁没交月报')],
    ['哪些支部没交季报', word('谁没交季报')],
    ['季度报告还有谁没交', word('谁没交季报')],
    ['联系支部报告谁没交', word('谁没交月报')],
    ['还有哪些支部没评分', word('谁没交评分')],
    ['哪个支部还没打分', word('谁没交评分')],
    ['还有谁没交', word('谁没交')],
    ['三会一课哪些支部没记', word('谁没交三会一课')],
    ['哪几个总支季报没交', word('谁没交总支季报')],
    ['月报什么时候截止', { kind: 'deadline', duty: '月报' }],
    ['评分几号到期', { kind: 'deadline', duty: '评分' }],
    ['季报最晚什么时候交', { kind: 'deadline', duty: '季报' }],
    ['支部评分哪天截止？', { kind: 'deadline', duty: '评分' }],
    ['月报何时交', { kind: 'deadline', duty: '月报' }],
    ['进度怎么样', word('进度')],
    ['现在进度如何', word('进度')],
    ['完成情况怎么样', word('进度')],
    ['完成得怎么样了', word('进度')],
    ['我要办什么', word('帮助')],
    ['今天有什么事', word('帮助')],
    ['我还有什么没交', word('帮助')],
    ['这个怎么用', word('帮助')],
    ['你能做什么', word('帮助')],
  ])('%s', (text, meant) => {
    expect(readQuestion(text, known)).toEqual(meant)
  })

  it.each([
    '软件教研室 第3项扣1，其余满分',
    '去了机电学生党支部，学习按期开展',
    '没有难点',
    '收到',
    '差额选举两名委员',
    '学习几次党章',
  ])('%s asks nothing', (text) => {
    expect(readQuestion(text, known)).toBeUndefined()
  })

  it('something is asked that is not understood', () => {
    expect(isQuestion('食堂几点开门？')).toBe(true)
    expect(isQuestion('去了机电学生党支部')).toBe(false)
  })
})

describe('how long it still is', () => {
  it.each([
    ...['还有几天', '还剩几天', '剩几天'].map((ask) => [`本月${ask}`, 'month'] as const),
    ...['离月底几天', '距月底几天', '到月底几天', '这个月还有几天', '当月还有几天', '离月末还有几天'].map(
      (text) => [text, 'month'] as const,
    ),
    ...['今年还有几天', '离年底还有几天', '到年末几天', '本年还剩几天'].map((text) => [text, 'year'] as const),
    ...['本季还有几天', '这个季度还有几天', '离季末几天'].map((text) => [text, 'quarter'] as const),
  ])('%s: of the %s', (text, of) => expect(readQuestion(text, known)).toEqual(left(of)))

  it.each(['本月几天', '还有几天', '本月还有多少'])('%s says too little', (text) =>
    expect(readQuestion(text, known)).toBeUndefined(),
  )
})
