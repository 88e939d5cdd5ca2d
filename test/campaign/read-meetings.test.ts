import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { kindsIn, periodsAt, periodWords } from '../../src/campaign/meetings/meeting-kinds.ts'
import { lectureAsks, mergedLecture, readLecture } from '../../src/campaign/meetings/read-lecture.ts'
import { type MeetingSaid, presentOf, readMeetings } from '../../src/campaign/meetings/read-meetings.ts'
import { addMeetings, meetingAsks } from '../../src/campaign/meetings/said-meetings.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const campaign = campaignOf(plan2022)
const { kinds } = campaign.duties.meetings
const days = {
  today: Temporal.PlainDate.from('2022-04-22'),
  starts: campaign.starts,
  ends: campaign.ends,
  happened: true,
}
const read = (text: string): MeetingSaid[] => readMeetings(text, { kinds, days })
/** A meeting in brief: `4-12 支委会 5/5 研究发展对象`, with other words after a stroke. */
const brief = (one: MeetingSaid): string =>
  [
    one.day?.slice(6) ?? '?',
    one.kinds.join('+') || '?',
    `${presentOf(one) ?? '?'}/${one.expected ?? '?'}`,
    one.topic ?? '?',
    ...(one.more === undefined ? [] : [`| ${one.more}`]),
  ].join(' ')

describe('records of meetings', () => {
  it.each<[string, string[]]>([
    ['4月12日支委会，应到5实到5，议题：研究发展对象', ['4-12 支委会 5/5 研究发展对象']],
    [
      '4月12日支委会，应到5实到5，议题：研究发展对象\n4月15日主题党日，应到20实到18，主题：清明祭英烈\n4月19日党员大会，应到20，实到19，议题：补选委员',
      ['4-12 支委会 5/5 研究发展对象', '4-15 主题党日 18/20 清明祭英烈', '4-19 党员大会 19/20 补选委员'],
    ],
    [
      '4月12日支委会应到5实到5议题：研究发展对象；4月15日主题党日应到20实到18主题：清明祭英烈。',
      ['4-12 支委会 5/5 研究发展对象', '4-15 主题党日 18/20 清明祭英烈'],
    ],
    ['4月20日主题党日暨党员大会，应到30实到28，主题：讲两会精神', ['4-20 主题党日+党员大会 28/30 讲两会精神']],
    ['4月20日召开党员大会和主题党日，应到、实到均为30人，议题是补选委员', ['4-20 党员大会+主题党日 30/30 补选委员']],
    ['4月20日支部党员大会暨4月主题党日，应到20，实到19，主题：两会', ['4-20 党员大会+主题党日 19/20 两会']],
    ['4月10日支委（扩大）会 应到7实到7 议题发展', ['4-10 支委会 7/7 发展']],
    ['上周五主题党日，20人应到18人到', ['4-15 主题党日 ?/? 20人应到18人到']],
    ['4月12日支委会，应到5实到5，议题：1.发展；2.布置主题党日', ['4-12 支委会 5/5 1.发展；2.布置主题党日']],
    ['4月13日座谈会，应到5实到5', ['4-13 ? 5/5 座谈会']],
    [
      '4月10日支委会应到5实到5议题党费收缴4月13日党员大会应到20实到18议题补选委员',
      ['4-10 支委会 5/5 党费收缴', '4-13 党员大会 18/20 补选委员'],
    ],
    [
      '序号\t日期\t会议\t应到\t实到\t议题\n1\t4月10日\t支委会\t5\t5\t党费收缴\n2\t4月13日\t党员大会\t20\t18\t补选委员',
      ['4-10 支委会 5/5 党费收缴', '4-13 党员大会 18/20 补选委员'],
    ],
    ['4.12 召开了支部委员会，应到５人，实到４人，研究发展对象', ['4-12 支委会 4/5 研究发展对象']],
    ['昨天党小组会 应到8人全部到齐 学习两会精神', ['4-21 党小组会 8/8 学习两会精神']],
    [
      '1. 4月12日支委会，应到5实到5，议题：A\n2. 4月13日党小组会，应到8实到8，议题：B',
      ['4-12 支委会 5/5 A', '4-13 党小组会 8/8 B'],
    ],
    ['4月12日支委会\n应到5，实到5\n议题：研究发展对象，审议预算', ['4-12 支委会 5/5 研究发展对象，审议预算']],
    [
      '4月12日下午在会议室召开支委会，应到五人，实到四人，议题：组织生活会准备',
      ['4-12 支委会 4/5 组织生活会准备 | 下午在会议室'],
    ],
    [
      '4月15日主题党日，应到20实到18，主题：清明祭英烈，4月20日前交体会',
      ['4-15 主题党日 18/20 清明祭英烈，4月20日前交体会'],
    ],
    ['4月12日支委会，议题：研究发展对象，应到5，实到5', ['4-12 支委会 5/5 研究发展对象']],
    ['4月12日民主生活会，应到9实到9，议题：对照检查', ['4-12 组织生活会 9/9 对照检查']],
    ['应到5实到6，议题：通报党费收缴', ['? ? 6/5 通报党费收缴']],
    ['4月12日支委会应到5应到6实到5，议题：A', ['4-12 支委会 5/? A']],
    ['4月12日支委会\n4月13日党小组会', ['4-12 支委会 ?/? ?', '4-13 党小组会 ?/? ?']],
    ['今天支委会\r\n昨天党员大会', ['4-22 支委会 ?/? ?', '4-21 党员大会 ?/? ?']],
    ['支委会\n4月13日党小组会', ['? 支委会 ?/? ?', '4-13 党小组会 ?/? ?']],
    ['应到5实到5\n4月13日党小组会', ['4-13 党小组会 5/5 ?']],
    ['4月12日支委会。应到5实到5。研究预算', ['4-12 支委会 5/5 研究预算']],
    ['4月12日支委会，应到5实到5，研究4月20日党员大会', ['4-12 支委会 5/5 研究4月20日党员大会']],
    ['4月12日支委会，4月20日党员大会筹备，应到5实到5', ['4-12 支委会 5/5 4月20日党员大会筹备']],
    ['4月12日支委会,应到5实到5,4月13日党小组会,应到8实到8', ['4-12 支委会 5/5 ?', '4-13 党小组会 8/8 ?']],
    ['4月12日支委会，应到5实到5，党员大会4月13日，应到20实到18', ['4-12 支委会 5/5 ?', '4-13 党员大会 18/20 ?']],
    [
      '4月12日支委会，应到5实到5，又于4月13日召开党员大会，应到20实到18',
      ['4-12 支委会 5/5 ?', '4-13 党员大会 18/20 ?'],
    ],
    ['4月12日支委会,4月20日党员大会筹备,应到5实到5', ['4-12 支委会 5/5 4月20日党员大会筹备']],
    // The counts are those of the meeting that they follow, and the first one is asked for its own.
    ['4月12日支委会，4月13日党员大会，应到20实到18', ['4-12 支委会 ?/? ?', '4-13 党员大会 18/20 ?']],
    [
      '4月12日支委会，研究发展对象，4月13日党员大会应到20实到18',
      ['4-12 支委会 ?/? 研究发展对象', '4-13 党员大会 18/20 ?'],
    ],
    ['支委会\n党员大会', ['? 支委会 ?/? ?', '? 党员大会 ?/? ?']],
    ['4月12日支委会应到5实到5，4月13日党小组会应到8实到8', ['4-12 支委会 5/5 ?', '4-13 党小组会 8/8 ?']],
    ['4月12日支委会；4月13日党小组会', ['4-12 支委会 ?/? ?', '4-13 党小组会 ?/? ?']],
    ['4月12日支委会。党小组会：应到8实到8', ['4-12 支委会 ?/? ?', '? 党小组会 8/8 ?']],
    ['4月12日支委会\n党小组会，应到8实到8', ['4-12 支委会 ?/? ?', '? 党小组会 8/8 ?']],
    ['4月12日支委会；党员大会（应到20实到18）', ['4-12 支委会 ?/? ?', '? 党员大会 18/20 ?']],
    ['4月12日\n支委会应到5实到5\n4月13日\n党小组会应到8实到8', ['4-12 支委会 5/5 ?', '4-13 党小组会 8/8 ?']],
    ['支委会\n4月12日\n应到5实到5\n党小组会\n4月13日\n应到8实到8', ['4-12 支委会 5/5 ?', '4-13 党小组会 8/8 ?']],
    [
      '（1）4月12日支委会，应到5实到5\n（2）4月13日党员大会，应到20实到18',
      ['4-12 支委会 5/5 ?', '4-13 党员大会 18/20 ?'],
    ],
    ['4月12日支委会\n\n应到5实到5', ['4-12 支委会 5/5 ?']],
    ['支委会，应到5，实到5', ['? 支委会 5/5 ?']],
    ['4月12日支委会，应到5实到5，议题：4月20日党员大会筹备', ['4-12 支委会 5/5 4月20日党员大会筹备']],
    ['4月12日支委会。会上研究了4月20日党员大会', ['4-12 支委会 ?/? 会上研究了4月20日党员大会']],
    ['4月12日支委会\n党小组会上讨论了预算', ['4-12 支委会 ?/? 党小组会上讨论了预算']],
  ])('%s', (text, expected) => {
    expect(read(text).map(brief)).toEqual(expected)
  })

  it('keeps no list of names', () => {
    const [one] = read('4月12日支委会，应到5实到4，议题：A\n参会人员：张三、李四、王五')
    expect(JSON.stringify({ ...one, words: '' })).not.toContain('张三')
    expect(one?.unlisted).toBe(true)
  })

  it.each([
    ['4月29日支委会，应到3实到3，议题：换届', /还没到/],
    ['4月31日支委会，应到3实到3，议题：换届', /没有“4月31日”/],
    ['4月12日（周三）支委会，应到3实到3，议题：换届', /星期对不上/],
    ['3月12日支委会，应到3实到3，议题：换届', /不在本年度/],
    ['4月12日支委会，应到5实到6，议题：A', /实到应是几人/],
    ['4月12日支委会', /应到、实到人数、议题/],
    ['4月12日主题党日，应到5实到5', /还差主题/],
  ])('%s is asked back', (text, question) => {
    expect(read(text).map((one) => meetingAsks(one))).toEqual([expect.stringMatching(question)])
  })

  it('what is said afterwards goes where it belongs', () => {
    let rows: MeetingSaid[] = []
    const says = (text: string): string[] => {
      rows = addMeetings(rows, read(text)).all
      return rows.map(brief)
    }
    expect(says('4月13日支委会\n4月15日主题党日，应到20实到18，主题：A')).toEqual([
      '4-13 支委会 ?/? ?',
      '4-15 主题党日 18/20 A',
    ])
    expect(says('应到5实到6，议题：B')).toEqual(['4-13 支委会 6/5 B', '4-15 主题党日 18/20 A'])
    expect(says('4')).toEqual(['4-13 支委会 4/5 B', '4-15 主题党日 18/20 A'])
    expect(says('主题党日实到19')).toEqual(['4-13 支委会 4/5 B', '4-15 主题党日 19/20 A'])
    expect(says('4月14日党小组会，应到8，都到了，议题：C')).toEqual([
      '4-13 支委会 4/5 B',
      '4-15 主题党日 19/20 A',
      '4-14 党小组会 8/8 C',
    ])
    expect(addMeetings(rows, read('会上还通报了党费')).unplaced).toBe('会上还通报了党费')
  })

  it('knows the periods of each kind', () => {
    const words = (name: string, day: string): string[] => {
      const kind = kinds.find((one) => one.name === name)
      if (!kind) throw new Error(name)
      const { running, last } = periodsAt(kind, campaign, Temporal.PlainDate.from(day))
      return [running, last].map((end) => (end ? periodWords(kind, end) : '-'))
    }
    expect(words('支委会', '2022-04-22')).toEqual(['4月', '-'])
    expect(words('支委会', '2022-05-01')).toEqual(['5月', '4月'])
    expect(words('党员大会', '2022-06-30')).toEqual(['2季度', '-'])
    expect(words('党员大会', '2022-07-01')).toEqual(['3季度', '2季度'])
    expect(words('组织生活会', '2022-12-31')).toEqual(['2022年', '-'])
  })

  it('takes kinds for one meeting only where they are joined', () => {
    expect(kindsIn('主题党日（听党课）', kinds)?.names).toEqual(['主题党日'])
    expect(kindsIn('主题党日、党课', kinds)?.names).toEqual(['主题党日', '党课'])
  })
})

describe('lectures', () => {
  it.each([
    ['6月1日 在党校讲“坚定信念”，听课40人', '6-01 党校 坚定信念 40'],
    ['4月18日 在支部党员大会讲“坚定理想信念”，听课20人', '4-18 支部党员大会 坚定理想信念 20'],
    ['4月18日在理论学习中心组讲《作风》，35名党员参加', '4-18 理论中心组学习会 作风 35'],
    ['4月18日 培训班 题目：作风建设，听众三十人', '4-18 党员培训班 作风建设 30'],
    ['5月18日在党校给入党积极分子讲党课，题目是学习党章，参加人数约120人', '5-18 党校 学习党章 120'],
    ['五月十七号给支部党员大会讲课讲的是新时代党员怎么当听课的二十个人', '5-17 支部党员大会 新时代党员怎么当 20'],
  ])('%s', (text, expected) => {
    const { day, occasion, title, listeners } = readLecture(text, {
      ...days,
      today: Temporal.PlainDate.from('2022-06-02'),
    })
    expect([day?.slice(6), occasion, title, listeners].join(' ')).toBe(expected)
  })

  it('asks for what is missing alone', () => {
    const first = readLecture('4月18日 听课20人', days)
    expect(lectureAsks(first)).toMatch(/还差场合.*题目。/)
    const second = mergedLecture(first, readLecture('党校，“作风”', days))
    expect(lectureAsks(second)).toBeUndefined()
    expect(second.title).toBe('作风')
  })
})
