import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { lintCampaign } from '../../src/campaign/lint/lint.ts'
import { nextCampaign } from '../../src/campaign/plan/next-campaign.ts'
import { readTerms } from '../../src/campaign/plan/terms.ts'
import { changed, otherCollege, plan2022 } from './campaign-files.ts'

const terms = readTerms(readFileSync('campaigns/terms.yaml', 'utf8'))
const lint = (text: string): string[] =>
  lintCampaign(text, terms).map(({ level, place, sentence }) => `${level} ${place} ${sentence}`)

type Path = readonly (string | number)[]
const task = (number: number): Path => ['taskList', 'tasks', number - 1, 'deadline']
const bands = (at: number): Path => ['bands', at, 'words']
const item9: Path = ['rubric', 'sections', 2, 'items', 0, 'words']
const mobile: Path = ['mobileMembers', 'words']
const inputs: Path = ['duties', 'grading', 'inputs', 'words']

/** The warnings for 2022. Each comes with changed phrases that remove exactly this warning. */
const contradictions: [warning: RegExp, changes: [path: Path, words: string][]][] = [
  [
    /bands\[1\]\.words “85分以上为先进”和“65至85分为一般”都含85分；现按“先进”计/,
    [
      [bands(1), '65分以上不满85分为一般'],
      [bands(1), '65至85分（不含85分）为一般'],
    ],
  ],
  [
    /bands\[2\]\.words “65至85分为一般”和“65分以下为后进”都含65分；现按“一般”计/,
    [
      [bands(2), '不满65分为后进'],
      [bands(2), '65分以下（不含65分）为后进'],
    ],
  ],
  [
    /sections\[2\]\.items\[0\]\.words “党支部组织生活严格规范，定期召开民主生活会”：.*支部开的是组织生活会/,
    [
      [item9, '党支部组织生活严格规范，定期召开组织生活会。'],
      [item9, '党支部组织生活严格规范，按要求参加党委民主生活会。'],
    ],
  ],
  [
    /mobileMembers\.words 原文满3个月就按“自动脱党”，一般要连续6个月/,
    [
      [mobile, '流动党员6个月内未参加组织生活的，按照自动脱党处理。'],
      [mobile, '流动党员半年内未参加组织生活的，按照自动脱党处理。'],
      [mobile, '流动党员3个月内未参加组织生活的，由所在党支部联系。'],
    ],
  ],
  [
    /inputs\.words 原文把“自评”列为定级依据，没有写各占多少/,
    [[inputs, '结合调查摸底、年度考核、群众评议情况，党总支定级。']],
  ],
  [
    /duties\.liaison-report\.deadline “每月月底”到期的4月30日、7月31日、12月31日放假/,
    [[['duties', 'liaison-report', 'deadline'], '5月底/6月底/8月底']],
  ],
  [
    /duties\.quarterly-report\.deadline “每季度”到期的12月31日放假/,
    [[['duties', 'quarterly-report', 'deadline'], '6月底/9月底']],
  ],
  [/tasks\[0\]\.deadline “5 月\/12 月”到期的12月31日放假/, [[task(1), '5月/12月30日']]],
  [/tasks\[4\]\.deadline “6 月\/12 月”到期的12月31日放假/, [[task(5), '6月/12月30日']]],
  [/conversion\.deadline “年底”到期的12月31日放假/, [[['conversion', 'deadline'], '12月30日']]],
]
const gradingOff = /duties\.grading\.deadline “4月底”到期的4月30日放假/

it('says what the plan of 2022 leaves open, each once, and no error', () => {
  const found = lint(plan2022)
  for (const [warning] of contradictions) expect(found.filter((line) => warning.test(line))).toHaveLength(1)
  expect(found.filter((line) => gradingOff.test(line))).toHaveLength(1)
  expect(found).toHaveLength(contradictions.length + 1)
  expect(found.every((line) => line.startsWith('警告 '))).toBe(true)
})

describe.each(contradictions)('%s', (warning, changes) => {
  it.each(changes)('goes, and nothing else, when %j reads “%s”', (path, words) => {
    const before = String(parseDocument(plan2022).getIn(path))
    const others = lint(plan2022).filter((line) => !warning.test(line))
    expect(lint(changed(plan2022, [[path, words]]))).toEqual(others.map((line) => line.replace(before, words)))
  })
})

it('the end of April goes when both places of the plan name a day that is worked', () => {
  const both = changed(plan2022, [
    [['duties', 'grading', 'deadline'], '4月29日'],
    [task(2), '4月29日'],
  ])
  expect(lint(both)).toEqual(lint(plan2022).filter((line) => !gradingOff.test(line)))
})
it('tells when the two places of the plan name different days', () =>
  expect(lint(changed(plan2022, [[task(2), '5月底']])).filter((line) => line.includes('不是同一天'))).toEqual([
    '警告 duties.grading.deadline “4月底”与任务清单第2项的“5月底”不是同一天，请核实。',
  ]))
it('tells so of the liaison reports too, where their task names a day', () => {
  const text = changed(plan2022, [
    [['duties', 'liaison-report', 'task'], 1],
    [['duties', 'liaison-report', 'deadline'], '5月底/6月底/8月底'],
  ])
  expect(lint(text).filter((line) => line.includes('不是同一天'))).toEqual([
    '警告 duties.liaison-report.deadline “5月底/6月底/8月底”与任务清单第1项的“5 月/12 月”不是同一天，请核实。',
  ])
})
it('a day the college works by its own arrangement is no day off', () => {
  const text = changed(otherCollege, [[['calendar', 'overrides'], {}]])
  expect(lint(otherCollege).filter((line) => line.includes('12月31日'))).toHaveLength(2)
  expect(lint(text).filter((line) => line.includes('12月31日'))).toEqual([])
})

it('says nothing about the words of another college but its days off', () =>
  expect(lint(otherCollege).filter((line) => !line.includes('放假'))).toEqual([]))
it('says that weights of the plan are not reckoned', () =>
  expect(
    lint(changed(plan2022, [[inputs, '党总支评分占70%，支部自评占30%。']])).filter((line) => line.includes('自评')),
  ).toEqual([
    '警告 duties.grading.inputs.words 原文写了“自评”占多少，程序不折算；以总支评分定级，自评放在旁边供参考，请核实。',
  ]))

it('warns of years whose days off are not announced, the year after a December too', () =>
  expect(lint(nextCampaign(plan2022, 2090)?.text ?? '').filter((line) => line.includes('放假安排'))).toEqual([
    '警告 calendar 2090年的放假安排程序还不知道，暂按周一至周五上班；通知公布后请更新程序或写进 overrides。',
    '警告 calendar 2091年的放假安排程序还不知道，暂按周一至周五上班；通知公布后请更新程序或写进 overrides。',
  ]))

it.each<[what: string, path: Path, value: unknown, said: RegExp]>([
  ['a gap in the words', bands(1), '65至84分为一般', /bands 按原文84\.5分不属于任何等级；现按“一般”计/],
  [
    'words and values that differ',
    bands(0),
    '90分以上为先进',
    /bands 按原文85\.5至89\.5分不属于任何等级；现按“先进”计/,
  ],
  ['words that give no range', bands(2), '其余为后进', /bands\[2\]\.words 从“其余为后进”读不出一个分数范围/],
  [
    'a section that says another sum',
    ['rubric', 'sections', 4, 'words'],
    '群众反映 30分',
    /sections\[4\] 原文“群众反映 30分”与这里的20不一致/,
  ],
  [
    'a goal that says another share',
    ['conversion', 'words'],
    '转化率要达到60%以上',
    /conversion\.goal 原文.*60%以上”与这里的50不一致/,
  ],
  [
    'a liaison that says other counts',
    ['liaison', 'deputy-secretary', 'words'],
    '联系4-5个',
    /liaison\.deputy-secretary 原文.*与这里的2、3不一致/,
  ],
  [
    'brands that say other counts',
    ['forms', 'brand', 'words'],
    '培育3-6个特色党支部',
    /forms\.brand 原文.*与这里的2、5、1、1、1、2不一致/,
  ],
  ['a full hour', ['push', 'at'], '09:00', /push\.at 09:00是整点或半点/],
  [
    'a branch secretary’s task',
    ['taskList', 'tasks', 2, 'requirements'],
    ['开好民主生活会'],
    /tasks\[2\] “开好民主生活会”：/,
  ],
  ['a branch’s record', ['duties', 'meetings', 'kinds', 5, 'name'], '民主生活会', /kinds\[5\]\.name “民主生活会”：/],
])('tells %s', (_what, path, value, said) => {
  const found = lint(changed(plan2022, [[path, value]]))
  expect(found.filter((line) => said.test(line))).toHaveLength(1)
})
it('leaves the committee its 民主生活会', () =>
  expect(lint(changed(plan2022, [[['taskList', 'tasks', 10, 'requirements'], ['开好民主生活会']]]))).toEqual(
    lint(plan2022),
  ))

it('shows errors alone, so that they are put right first', () =>
  expect(lint(changed(plan2022, [[['push', 'at'], '22:00']]))).toEqual([
    '错误 push.at 22:00在夜间，推送时刻应在08:00以后、20:00以前。',
  ]))

it('words that keep boundaries apart are never warned about, whatever the boundaries', () => {
  const halves = fc.uniqueArray(fc.integer({ min: 2, max: 198 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(halves, (cuts) => {
      const borders = [200, ...cuts.toSorted((a, b) => b - a), 0].map((half) => half / 2)
      const list = borders.slice(1).map((from, i) => {
        const to = borders[i] ?? 100
        const words = i === 0 ? `${from}分以上` : `${from}分以上不满${to}分`
        return { name: `第${i + 1}档`, words, source: '附', from, inclusive: true, to, toInclusive: i === 0 }
      })
      return lint(changed(plan2022, [[['bands'], list]])).every((line) => !line.includes(' bands'))
    }),
    { numRuns: 40 },
  )
})

it('says which tasks records could count, where a plan with a list of its own names none', () => {
  const found = (text: string): string[] => lint(text).filter((line) => line.includes('forms.tasks'))
  expect(found(plan2022)).toEqual([])
  expect(found(changed(plan2022, [[['forms', 'tasks'], undefined]]))).toEqual(
    [
      'regulations: 4',
      'development: 5',
      'training: 7',
      'brand: 9',
      'secretary-lectures: 10',
      'committee-lectures: 11',
    ].map((row) => expect.stringMatching(new RegExp(`由责任人自己报.*里写 ${row}。$`))),
  )
})
