import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { lintCampaign } from '../../src/campaign/lint/lint.ts'
import { readTerms } from '../../src/campaign/plan/terms.ts'
import { changed, plan2022 } from './campaign-files.ts'

const terms = readTerms(readFileSync('campaigns/terms.yaml', 'utf8'))
const sample = (name: string): string => readFileSync(`campaigns/samples/${name}/campaign.yaml`, 'utf8')
const warned = (text: string): string[] =>
  lintCampaign(text, terms)
    .map(({ place, sentence }) => `${place} ${sentence}`)
    .filter((line) => /原文“.*”与这里的.*不一致/.test(line))

type Path = readonly (string | number)[]
const sections: Path = ['rubric', 'sections']
/** What a plan says beside a value of its own: the words of other numbers, and the values that are warned about. */
const places: [plan: string, path: Path, words: string, place: string, values: string][] = [
  ['2022', [...sections, 0, 'words'], '班子建设（25分）', 'rubric.sections[0]', '20'],
  ['2022', ['rubric', 'total', 'words'], '总分 (110分)', 'rubric.total', '100'],
  ['2022', ['conversion', 'words'], '转化率要达到5%以上', 'conversion.goal', '50'],
  ['2022', ['liaison', 'committee-member', 'words'], '联系7个', 'liaison.committee-member', '3、4'],
  ['2022', ['liaison', 'visitsAMonth', 'words'], '不少于2个支部', 'liaison.visitsAMonth', '1'],
  ['A', ['result', 'words'], '自评占30%，总支评分占60%', 'result.shares', '40、60'],
  ['E', ['bands', 1, 'orBelow', 'words'], '不少于25%', 'bands[1].orBelow', '15'],
  ['F', ['bands', 0, 'atMost', 'words'], '不超过30.5%', 'bands[0].atMost', '30'],
  ['H', [...sections, 2, 'words'], '减2至9分', 'rubric.sections[2]', '2、10'],
]
const textOf = (plan: string): string => (plan === '2022' ? plan2022 : sample(plan))

it.each(places)('plan %s, %j: “%s” is warned about', (plan, path, words, place, values) => {
  const text = textOf(plan)
  expect(warned(text)).toEqual([])
  expect(warned(changed(text, [[path, words]]))).toEqual([`${place} 原文“${words}”与这里的${values}不一致，请核对。`])
})

it.each(places)('plan %s, %j: words without a number are not', (plan, path) =>
  expect(warned(changed(textOf(plan), [[path, '另行通知']]))).toEqual([]),
)

it('who has all branches is not told how many', () =>
  expect(warned(changed(plan2022, [[['liaison', 'committee-secretary', 'words'], '联系全部12个支部']]))).toEqual([]))

it('a share in the words may have decimals, and must be the same to the last one', () => {
  const goal = (share: number, words: string): string[] =>
    warned(
      changed(plan2022, [
        [['conversion', 'goal'], share],
        [['conversion', 'words'], words],
      ]),
    )
  expect(goal(0.575, '转化率要达到57.5%以上')).toEqual([])
  expect(goal(0.5725, '转化率要达到57.25%以上')).toEqual([])
  expect(goal(0.29, '转化率要达到29%以上')).toEqual([])
  expect(goal(0.575, '转化率要达到57.25%以上')).toHaveLength(1)
})
