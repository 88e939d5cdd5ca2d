import { expect, it } from 'vitest'
import { draftRubric } from '../../src/campaign/draft/draft-rubric.ts'
import { sure, unsure } from '../../src/campaign/draft/found.ts'

const head = ['项目', '考核内容', '分值']
const led = ['班子建设 8分', '1. 班子健全', '5']
const met = ['', '2. 会议正常', '3']
const first = {
  name: '班子建设',
  words: '班子建设 8分',
  items: [
    { number: 1, label: '班子健全', words: '班子健全', points: sure(5) },
    { number: 2, label: '会议正常', words: '会议正常', points: sure(3) },
  ],
}

it.each<[what: string, rows: string[][], drafted: unknown]>([
  ['sections with their items; their sum is to be checked', [head, led, met], { sections: [first], total: unsure(8) }],
  ['a row of totals', [head, led, met, ['合计', '', '8']], { sections: [first], total: sure(8), totalWords: '合计' }],
  [
    'totals behind an empty cell, beside another number',
    [head, led, met, [' ', '总分：2项', '8']],
    { sections: [first], total: sure(8), totalWords: '总分：2项' },
  ],
  [
    'totals in joined cells',
    [head, led, met, ['总计', '8分']],
    { sections: [first], total: sure(8), totalWords: '总计' },
  ],
  ['totals without a number', [head, led, met, ['合计', '', '']], { sections: [first], total: unsure(8) }],
  [
    'the first of two totals',
    [head, led, met, ['合计', '', '8'], ['总计', '', '9']],
    { sections: [first], total: sure(8), totalWords: '合计' },
  ],
  [
    'items without a section',
    [head, ['', '带头', '4'], led, met],
    {
      sections: [
        { name: '评分', words: '', items: [{ number: 1, label: '带头', words: '带头', points: sure(4) }] },
        {
          ...first,
          items: [
            { ...first.items[0], number: 2 },
            { ...first.items[1], number: 3 },
          ],
        },
      ],
      total: unsure(12),
    },
  ],
  [
    'no column of sections',
    [
      ['考核内容', '分值'],
      ['带头', '4'],
    ],
    {
      sections: [{ name: '评分', words: '', items: [{ number: 1, label: '带头', words: '带头', points: sure(4) }] }],
      total: unsure(4),
    },
  ],
  [
    'a heading alone, a row that breaks off, points of nothing',
    [head, ['基本情况', '', ''], led, met, ['说明'], ['', '', '7']],
    { sections: [first], total: unsure(8) },
  ],
  [
    'a section that speaks of totals',
    [head, ['考核总分情况', '带头', '4']],
    {
      sections: [
        {
          name: '考核总分情况',
          words: '考核总分情况',
          items: [{ number: 1, label: '带头', words: '带头', points: sure(4) }],
        },
      ],
      total: unsure(4),
    },
  ],
  ['no row but the head', [head], undefined],
  ['nothing but headings', [head, ['基本情况', '', '']], undefined],
  ['no table at all', [], undefined],
  ['another table', [['任务', '完成时限', '责任人'], led], undefined],
])('a table of scores in a plan: %s', (_, rows, drafted) => expect(draftRubric(rows)).toEqual(drafted))
