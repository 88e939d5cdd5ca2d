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
    ['每月集中学习一次；负责人王五；6月30日前', [study]],
    ['每月集中学习一次 负责人 王五 6月30日前\n补选组织委员 负责人杨信息 5月31日前', [study, elect]],
    ['2 补选组织委员，负责人杨信息，5月31日前', [{ number: 2, ...elect }]],
    ['每月25日集中学习，负责人王五、李四，年底前', [{ what: '每月25日集中学习', who: '王五、李四', by: '2022-12-31' }]],
    ['王五，6月30日前', [{ what: '王五', by: '2022-06-30' }]],
    ['负责人王五', [{ who: '王五' }]],
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
    ['撤销 2 重复了', { number: 2, withdraw: '重复了' }],
    ['2 每月集中学习两次', undefined],
    ['1.学习，负责人王五，6月30日前', undefined],
    ['6.30前', undefined],
    ['12月底前开会', undefined],
  ])('%s', (text, read) => expect(readMeasureDeed(text, rules)).toEqual(read))
})
