import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { type MemberSaid, nameIn, readMembers } from '../../src/campaign/members/read-members.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const days = {
  today: day('2022-05-10'),
  starts: day('2022-04-02'),
  ends: day('2022-12-31'),
  happened: true,
  anyTime: true,
}
const read = (text: string): MemberSaid[] => readMembers(text, { days, known: ['王小明', '欧阳娜娜'] })
/** A member in brief: `王小明 away 实习学生 4-1, part 4-20`, with `?` if something is asked. */
const brief = ({ name, deeds, asks }: MemberSaid): string =>
  [
    name,
    deeds
      .map((one) => {
        const what =
          one.deed === 'away'
            ? `away ${one.kind ?? '?'}`
            : one.deed === 'contact'
              ? one.tookPart
                ? 'part'
                : 'contact'
              : one.deed === 'transferred'
                ? 'moved'
                : 'nothing'
        return `${what} ${one.day.slice(0, 4) === '2022' ? '' : `${one.day.slice(0, 4)}-`}${Number(one.day.slice(5, 7))}-${Number(one.day.slice(8))}`
      })
      .join(', '),
    ...(asks === undefined ? [] : ['?']),
  ].join(' ')

describe('what is said of mobile members', () => {
  it.each<[string, string[]]>([
    ['王小明 实习学生 4月1日起', ['王小明 away 实习学生 4-1']],
    ['李雷，离职未转，从2021年11月3日起', ['李雷 away 离职未转 2021-11-3']],
    ['张三，实习，3月15号起，4月12日电话联系过', ['张三 away 实习学生 3-15, contact 4-12']],
    ['张三 3月15日起外出务工', ['张三 away 其他 3-15']],
    ['王小明从4月1日起在深圳实习', ['王小明 away 实习学生 4-1']],
    ['王小明 外出 3月1日', ['王小明 away 其他 3-1']],
    ['王小明 3月1日 实习', ['王小明 away 实习学生 3-1']],
    ['王小明 实习生 3月1日', ['王小明 away 实习学生 3-1']],
    ['王小明 离职 3月1日', ['王小明 away 离职未转 3-1']],
    ['王小明 3月1日 其他', ['王小明 away 其他 3-1']],
    ['王小明 另一个人 离职未转 3月1日起', ['王小明 away 离职未转 3-1']],
    ['王小明 4月12日 电话联系 4月20日 参加网络党课', ['王小明 contact 4-12, part 4-20']],
    ['王小明 4月12日 电话联系\n4月20日 参加网络党课', ['王小明 contact 4-12, part 4-20']],
    ['王小明 昨天微信联系，说在广东实习', ['王小明 contact 5-9']],
    ['王小明 5月8日 实习单位走访看望', ['王小明 contact 5-8']],
    ['王小明 上周三来参加了支部大会', ['王小明 part 5-4']],
    ['王小明 5月8日 线上听了党课', ['王小明 part 5-8']],
    ['王小明 5月8日 电话通知他参加网络党课', ['王小明 contact 5-8']],
    ['王小明 5月8日 提醒参加主题党日', ['王小明 contact 5-8']],
    ['王小明 转出 5月6日', ['王小明 moved 5-6']],
    ['王小明 5月6日 组织关系已转走', ['王小明 moved 5-6']],
    ['王小明 5月6日转到社区党支部了', ['王小明 moved 5-6']],
    ['钱一、钱二 5月7日 电话联系', ['钱一 contact 5-7', '钱二 contact 5-7']],
    ['欧阳娜娜和王小明 5月7日 微信联系', ['欧阳娜娜 contact 5-7', '王小明 contact 5-7']],
    [
      '钱一 实习学生 4月2日起\n钱二 离职未转 2021年12月1日起；钱三 其他 3月1日起',
      ['钱一 away 实习学生 4-2', '钱二 away 离职未转 2021-12-1', '钱三 away 其他 3-1'],
    ],
    ['1.钱一 5月2日电话联系\n2.钱二 5月3日参加党课', ['钱一 contact 5-2', '钱二 part 5-3']],
    ['王小明', ['王小明 ']],
  ])('%s', (text, said) => {
    expect(read(text).map(brief)).toEqual(said)
  })

  it.each<[string, RegExp]>([
    ['王小明 实习学生', /请写明日期/],
    ['王小明 5月8日', /是联系、参加了什么，还是转出/],
    ['王小明 4月31日 电话联系', /没有“4月31日”这一天/],
    ['王小明 5月8日 打电话没人接', /没有联系上/],
    ['王小明 5月8日 没有参加网络党课', /没有参加/],
    ['王小明 5月8日 组织关系还未转出', /还没有转出/],
    ['王小明 5月8日 准备转出', /还没有转出/],
    ['王小明 5月8日 网络党课', /参加了，还是只联系过/],
    ['王小明 5月11日 电话联系', /还没到/],
  ])('%s is asked back', (text, question) => {
    const [one] = read(text)
    expect(one?.asks).toMatch(question)
    expect(one?.deeds).toEqual([])
  })

  it.each<[said: string, rest: string]>([
    ['王小明 4月31日 电话联系', '王小明 电话联系'],
    ['王小明 实习学生', '王小明 实习学生'],
    ['王小明 5月8日 网络党课', '王小明 5月8日 网络党课'],
    ['王小明 5月8日', '王小明 5月8日'],
    ['王小明 5月8日 打电话没人接', ''],
    ['王小明 5月8日 准备转出', ''],
  ])('%s waits for an answer as %j', (text, rest) => expect(read(text)[0]?.rest).toBe(rest))

  it.each([
    ['于学校当面谈话', '学校当面谈话'],
    ['在微信联系', '微信联系'],
    ['从 微信联系', '微信联系'],
    ['发信息说自己在外地', '发信息说自己在外地'],
  ])('“%s” is kept as %s', (said, words) =>
    expect(read(`王小明 5月8日 ${said}`)[0]?.deeds).toEqual([
      { day: '2022-05-08', deed: 'contact', words, tookPart: false },
    ]),
  )

  it('the longest name of the list is meant, and a name has at most twenty characters', () => {
    for (const known of [
      ['王小', '王小明', '王小明明'],
      ['王小明明', '王小明', '王小'],
    ])
      expect(nameIn('王小明明 电话', known)).toEqual({ name: '王小明明', rest: ' 电话' })
    expect(nameIn('阿依古丽·买买提江·吐尔逊江·阿卜杜热合曼·艾山').rest).toBe('曼·艾山')
    expect(nameIn('王电话联系').name).toBe('王电话')
    expect(nameIn('王小明')).toEqual({ name: '王小明', rest: '' })
  })

  it('a name ends where other words begin, unless it is on the list', () => {
    expect(nameIn('李雷离职未转').name).toBe('李雷')
    expect(nameIn('欧阳娜娜4月1日').name).toBe('欧阳娜娜')
    expect(nameIn('张电话亭', ['张电话亭']).name).toBe('张电话亭')
  })
})
