import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { readMeasureDeed, readMeasures } from '../../src/campaign/reading/read-measures.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const rules = { today: day('2022-05-05'), starts: day('2022-04-02'), ends: day('2022-12-31'), happened: false }

describe('measures', () => {
  const study = { what: '每月集中学习一次', who: '王五', by: '2022-06-30' }
  const elect = { what: '补选组织委员', who: '杨信息', by: '2022-05-31' }
  it.each([
    [
      '1.每月集中学习一次，负责人王五，6月30日前；2.补选组织委员，负责人杨信息，5月31日前',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    [
      '1、每月集中学习一次，负责人：王五，6月30日前完成。\n2、补选组织委员，杨信息负责，5月底前',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    [
      '1. 每月集中学习一次，由王五牵头，6.30前 2. 补选组织委员，责任人杨信息，5月31日前',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    [
      '整改措施如下：一、6月30日前每月集中学习一次，负责人王五；二、补选组织委员，负责人杨信息，完成时限5月31日',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    [
      '1、每月集中学习一次（责任人：王五，时限：6月30日）2、补选组织委员（责任人：杨信息，时限：5月31日）',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    [
      '一是每月集中学习一次，由王五负责，6月底前完成；二是补选组织委员，由杨信息负责，5月底前完成',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    [
      '1 每月集中学习一次 负责人王五 6.30；2 补选组织委员 负责人杨信息 5.31',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    [
      '序号\t措施\t责任人\t完成时限\n1\t每月集中学习一次\t王五\t6月30日\n2\t补选组织委员\t杨信息\t5月31日',
      [
        { number: 1, ...study },
        { number: 2, ...elect },
      ],
    ],
    ['每月集中学习一次；负责人王五；6月30日前', [study]],
    ['每月集中学习一次 负责人 王五 6月30日前\n补选组织委员 负责人杨信息 5月31日前', [study, elect]],
    ['2 补选组织委员，负责人杨信息，5月31日前', [{ number: 2, ...elect }]],
    ['每月25日集中学习，负责人王五、李四，年底前', [{ what: '每月25日集中学习', who: '王五、李四', by: '2022-12-31' }]],
    ['王五，6月30日前', [{ what: '王五', by: '2022-06-30' }]],
    ['负责人王五', [{ who: '王五' }]],
    ['2 改为每月集中学习一次，负责人王五，6月30日前', [{ number: 2, ...study }]],
    [
      '1.补课，负责人王五，6月31日前',
      [{ number: 1, what: '补课', who: '王五', problem: '没有“6月31日前”这一天，应是哪一天？' }],
    ],
  ])('%s', (text, read) => expect(readMeasures(text, rules)).toEqual(read))

  it.each([
    ['2 已完成 已选出', { number: 2, state: '已完成', note: '已选出' }],
    ['2已完成', { number: 2, state: '已完成', note: '' }],
    ['第一条 进行中，学了两次', { number: 1, state: '进行中', note: '学了两次' }],
    ['已完成', { state: '已完成', note: '' }],
    ['2 7月15日前', { number: 2, by: '2022-07-15' }],
    ['2 负责人赵六', { number: 2, who: '赵六' }],
    ['第2条 改为7月15日前', { number: 2, by: '2022-07-15' }],
    ['2 时间改到7月15日', { number: 2, by: '2022-07-15' }],
    ['2 完成时限推迟到7月底', { number: 2, by: '2022-07-31' }],
    ['2 负责人改为赵六', { number: 2, who: '赵六' }],
    ['2 负责人改成赵六，7月15日前', { number: 2, who: '赵六', by: '2022-07-15' }],
    ['撤销 2 重复了', { number: 2, withdraw: '重复了' }],
    ['2 每月集中学习两次', undefined],
    ['1.学习，负责人王五，6月30日前', undefined],
    ['6.30前', undefined],
    ['12月底前开会', undefined],
  ])('%s', (text, read) => expect(readMeasureDeed(text, rules)).toEqual(read))

  it.each([
    ['已完成', '已完成'],
    ['已经完成', '已完成'],
    ['完成了', '已完成'],
    ['未开始', '未开始'],
    ['没开始', '未开始'],
    ['正在进行', '进行中'],
    ['正在进行中', '进行中'],
    ['进行中', '进行中'],
  ])('%s', (said, state) =>
    expect(readMeasureDeed(`2 ${said}：书已买`, rules)).toEqual({ number: 2, state, note: '书已买' }),
  )
})

describe('numbers of a list', () => {
  const two = [
    { number: 1, what: '补选组织委员' },
    { number: 2, what: '完善台账' },
  ]
  it.each([
    '1.补选组织委员；2.完善台账',
    '1 .补选组织委员；2 .完善台账',
    '第1条 补选组织委员；第2条 完善台账',
    '第 1 条：补选组织委员；第 2 条：完善台账',
    '第1项补选组织委员；第2项完善台账',
    '1 条、补选组织委员；2 条、完善台账',
    '（一）补选组织委员；（二）完善台账',
    '(1)补选组织委员；(2)完善台账',
    '一、补选组织委员；二、完善台账',
    '1 补选组织委员\n2 完善台账',
    '1  补选组织委员\n2  完善台账',
    '整改措施如下：1.补选组织委员；2.完善台账',
    '提升目标：\n1.补选组织委员\n2.完善台账',
  ])('%j is two measures', (text) => expect(readMeasures(text, rules)).toMatchObject(two))

  it('go on beyond nine and ten, in figures and in words', () => {
    const many = Array.from({ length: 12 }, (_, i) => i + 1)
    const words = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
    for (const text of [many.map((n) => `${n}.事项`).join('；'), words.map((n) => `${n}、事项`).join('；')])
      expect(readMeasures(text, rules).map(({ number }) => number)).toEqual(many)
  })

  it('a decimal is no number of a list, and words before the list are a measure unless they head it', () => {
    expect(readMeasures('1.参会率提高到1.5倍；2.完善台账', rules).map(({ what }) => what)).toEqual([
      '参会率提高到1.5倍',
      '完善台账',
    ])
    expect(readMeasures('完善台账；1.补选组织委员', rules).map(({ what }) => what)).toEqual([
      '完善台账',
      '补选组织委员',
    ])
  })
})
