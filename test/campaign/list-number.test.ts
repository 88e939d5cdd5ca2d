import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { readMeetings } from '../../src/campaign/meetings/read-meetings.ts'
import { listNumberAt } from '../../src/campaign/reading/list-number.ts'
import { emptyReport } from '../../src/campaign/reading/read-liaison-report.ts'
import { readMeasureDeed, readMeasures } from '../../src/campaign/reading/read-measures.ts'
import { takenUp } from '../../src/campaign/reports/draft.ts'
import { nothingFilled, words } from '../../src/forms/fields.ts'
import { readFields } from '../../src/forms/reading.ts'
import { campaignOf, plan2022 } from './campaign-files.ts'

const campaign = campaignOf(plan2022)
const days = {
  today: Temporal.PlainDate.from('2022-05-20'),
  starts: campaign.starts,
  ends: campaign.ends,
  happened: true,
}
/** Every way to number a list, and the marks before its first and its second entry. */
const marks: [string, string][] = [
  ['1.', '2.'],
  ['1. ', '2. '],
  ['1、', '2、'],
  ['1．', '2．'],
  ['１．', '２．'],
  ['1)', '2)'],
  ['1）', '2）'],
  ['(1)', '(2)'],
  ['（1）', '（2）'],
  ['（１）', '（２）'],
  ['（1）、', '（2）、'],
  ['①', '②'],
  ['⑴', '⑵'],
  ['⒈', '⒉'],
  ['一、', '二、'],
  ['（一）', '（二）'],
  ['㈠', '㈡'],
]

describe.each(marks)('a list with %s and %s', (one, two) => {
  it('in measures', () => {
    const due = { ...days, happened: false }
    const wanted = [
      { number: 1, what: '每月集中学习一次', who: '王五', by: '2022-06-30' },
      { number: 2, what: '完善台账', who: '李四', by: '2022-05-31' },
    ]
    for (const between of ['；', '\n', ' '])
      expect(
        readMeasures(`${one}每月集中学习一次，负责人王五，6月30日前${between}${two}完善台账，李四负责，5月31日前`, due),
      ).toEqual(wanted)
    expect(readMeasureDeed(`${two} 已完成`, due)).toMatchObject({ number: 2, state: '已完成' })
  })

  it('in records of meetings', () => {
    const { kinds } = campaign.duties.meetings
    const found = readMeetings(
      `${one}4月12日支委会，应到5实到5，议题：研究发展对象\n${two}4月20日党员大会，应到12实到11，议题：学习党章`,
      { kinds, days },
    )
    const wanted = [
      ['2022-04-12', ['支委会'], '研究发展对象'],
      ['2022-04-20', ['党员大会'], '学习党章'],
    ]
    expect(found.map((each) => [each.day, each.kinds, each.topic])).toEqual(wanted)
    const inLine = readMeetings(
      `${one}4月12日支委会，应到5实到5，议题：研究发展对象 ${two}4月20日党员大会，应到12实到11，议题：学习党章`,
      { kinds, days },
    )
    expect(inLine.map((each) => [each.day, each.kinds, each.topic])).toEqual(wanted)
  })

  it('in a form of several parts', () => {
    const fields = { done: words('完成情况'), problems: words('存在问题', { labels: ['问题'], none: true }) }
    const { fields: filled } = readFields(`${one}完成情况：开了两次会\n${two}问题：无`, fields, {
      before: nothingFilled,
      days,
    })
    expect(filled.words).toEqual({ done: '开了两次会', problems: '无' })
    const inLine = readFields(`${one}完成情况：开了两次会 ${two}问题：无`, fields, { before: nothingFilled, days })
    expect(inLine.fields.words).toEqual({ done: '开了两次会', problems: '无' })
  })

  it('in hard issues', () => {
    const own = [{ id: 'b1', name: '网络教研室党支部' }]
    const text = `去了网络教研室，台账齐全。解决了收据问题。\n难点：\n${one}投影损坏\n${two}党员太分散`
    const { report } = takenUp(emptyReport, text, { own, all: own })
    expect(report).toMatchObject({ hard: '投影损坏\n党员太分散' })
  })
})

describe('what is no number of a list', () => {
  it.each(['4.12支委会', '12.5人', '5月', '二、三月份', '2022.4.12', '100、', '一个'])('%s', (text) => {
    expect(listNumberAt(text, 0)).toBeUndefined()
  })
  it.each<[string, number, string]>([
    ['1.4月12日', 1, '4月12日'],
    ['2.2022年', 2, '2022年'],
    ['1.4.12支委会', 1, '4.12支委会'],
    ['十二、会', 12, '会'],
    ['⑫会', 12, '会'],
  ])('but %s begins with one', (text, number, rest) => {
    const found = listNumberAt(text, 0)
    expect([found?.number, text.slice(found?.end)]).toEqual([number, rest])
  })
})
