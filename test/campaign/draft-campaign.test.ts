import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { blocksOf, NotADocument } from '../../src/campaign/draft/docx-blocks.ts'
import { draftCampaign } from '../../src/campaign/draft/draft-campaign.ts'
import { lintCampaign } from '../../src/campaign/lint/lint.ts'
import { CampaignFile } from '../../src/campaign/plan/campaign-file.ts'
import { readTerms } from '../../src/campaign/plan/terms.ts'
import { workbookOf } from '../support/roster-workbook.ts'
import { otherCollege, plan2022 } from './campaign-files.ts'
import { messyPlanAsWord, plan2022AsWord, planAsWord, wordFile } from './plan-docx.ts'

const terms = readTerms(readFileSync('campaigns/terms.yaml', 'utf8'))
const fileOf = (text: string): CampaignFile => CampaignFile.parse(parse(text))
const squeezed = (text: string): string => text.replace(/\s/g, '')

/** The items, points, days and names in a plan, by their places. */
function factsOf(file: CampaignFile): Map<string, string> {
  const rubrics = [file.rubric, ...(file.otherRubrics ?? [])]
  return new Map([
    ['college', file.college],
    ['document', file.document],
    ['name', file.name],
    ['starts', file.starts],
    ['summaryTable.title', file.summaryTable.title.replace(/^×+（党总支）/, '')],
    ['taskList.title', squeezed(file.taskList.title)],
    ['duties.grading.deadline', file.duties.grading.deadline],
    ...rubrics.flatMap((rubric, r) => [
      [`rubric ${r} title`, rubric.title] as const,
      [`rubric ${r} kind`, rubric.kind ?? ''] as const,
      [`rubric ${r} total`, String(rubric.total.points)] as const,
      [`rubric ${r} levels`, JSON.stringify(rubric.levels ?? [])] as const,
      ...rubric.sections.flatMap((section, i) => [
        [`rubric ${r} section ${i}`, `${section.name} ${section.share ?? ''}`] as const,
        ...section.items.map(
          (item) => [`rubric ${r} item ${item.number}`, `${squeezed(item.words)} ${item.points}`] as const,
        ),
      ]),
    ]),
    ...file.bands.map(
      (band, i) => [`band ${i}`, `${band.name} ${band.from} ${band.inclusive} ${band.to} ${band.toInclusive}`] as const,
    ),
    ...file.taskList.tasks.map(
      (task) =>
        [
          `task ${task.number}`,
          squeezed([task.name, ...task.requirements, task.deadline, task.owners, task.note].join('|')),
        ] as const,
    ),
    ['result', JSON.stringify([file.result?.shares ?? [], file.result?.rounding?.decimals ?? ''])],
  ])
}

/** Whether a line of a draft is marked to be checked. */
const isMarked = (text: string, value: string): boolean =>
  text.split('\n').some((line) => line.includes('# 待核对') && line.includes(value.split(' ')[0] ?? value))

const sample = (letter: string): CampaignFile =>
  fileOf(readFileSync(`campaigns/samples/${letter}/campaign.yaml`, 'utf8'))
const heads = {
  A: ['考核项目', '考核内容', '标准分'],
  C: ['项目', '评价内容', '分值'],
  G: ['一级指标', '评估标准', '等次及分值'],
} as const

describe.each([
  ['the plan of 2022', fileOf(plan2022), plan2022AsWord(), otherCollege],
  ['A', sample('A'), planAsWord(sample('A'), heads.A), plan2022],
  ['C', sample('C'), planAsWord(sample('C'), heads.C), plan2022],
  ['A in a messy file', sample('A'), messyPlanAsWord(sample('A')), plan2022],
  ['F in a messy file', sample('F'), messyPlanAsWord(sample('F')), plan2022],
  ['G', sample('G'), planAsWord(sample('G'), heads.G), plan2022],
])('%s as Word', (name, file, word, template) => {
  it('is drafted: nine facts of ten are right, and none is wrong without a mark', async () => {
    const draft = draftCampaign(blocksOf(await word), template)
    const drafted = factsOf(fileOf(draft.text))
    const wanted = factsOf(file)
    const wrong = [...wanted].filter(([place, value]) => drafted.get(place) !== value)
    expect(wanted.size).toBeGreaterThan(30)
    expect(
      wrong.length / wanted.size,
      JSON.stringify(wrong.map(([place, value]) => [place, value, drafted.get(place)])),
    ).toBeLessThan(0.1)
    const unmarked = wrong.filter(([place]) => !isMarked(draft.text, drafted.get(place) ?? ''))
    expect(unmarked.map(([place, value]) => [place, value, drafted.get(place)])).toEqual([])
    expect([...drafted.keys()].filter((place) => !wanted.has(place))).toEqual([])
    expect(name).not.toBe('')
  })

  it('has the plan’s words beside its values, and lint asks about what is marked', async () => {
    const { text } = draftCampaign(blocksOf(await word), template)
    const { rubric, duties } = fileOf(text)
    expect(rubric.sections[0]?.words).toContain(file.rubric.sections[0]?.name)
    expect(squeezed(duties.grading.words)).toContain(squeezed(file.duties.grading.words).slice(0, 8))
    const findings = lintCampaign(text, terms)
    const errors = findings.filter(({ level }) => level === '错误')
    // Only the posts of a plan say who its 委员 are.
    expect(errors.filter(({ place }) => !place.endsWith('.owners'))).toEqual([])
    expect(errors.length > 0 || findings.some(({ sentence }) => sentence.includes('待核对'))).toBe(true)
    expect(text).toMatch(/ends: \S+ # 待核对/)
    expect(text).toMatch(/label: \S+ # 待核对/)
  })
})

it('a table that goes on without its head is one, another table is another', async () => {
  const head = ['项目', '内容', '分值']
  const tables = async (...parts: string[][][]) =>
    blocksOf(await wordFile(parts)).map((block) => (block.kind === 'table' ? block.rows : block.text))
  const [first, second] = [
    ['组织', '班子健全', '5'],
    ['作用', '带头', '５'],
  ]
  expect(await tables([head, first], [second])).toEqual([[head, first, ['作用', '带头', '5']]])
  expect(await tables([head, first], [head, second])).toEqual([[head, first, ['作用', '带头', '5']]])
  const tasks = [
    ['任务', '完成时限', '责任人'],
    ['党课', '5月底', '书记'],
  ]
  expect(await tables([head, first], tasks)).toEqual([[head, first], tasks])
})

it('says what was found, and what was not and is still the template’s', async () => {
  const found = draftCampaign(blocksOf(await plan2022AsWord()), otherCollege)
  expect(found.year).toBe('2022')
  expect(found.lines).toEqual([
    '评分表“党支部分类定级评分参考标准”：5类18项',
    '等级：先进、一般、后进',
    '任务：11项',
    '文号：西海院党〔2022〕13号；成文日期：2022-04-02',
  ])
  const nothing = draftCampaign(blocksOf(await wordFile(['关于开展活动的通知'])), plan2022)
  expect(nothing.lines).toEqual([
    '等级：没有找到，仍是原文件的',
    '任务：没有找到，仍是原文件的',
    '文号：没有找到；成文日期：没有找到',
  ])
})

it('what is no Word file is said so', async () => {
  const refused = (file: Uint8Array): unknown => {
    try {
      return blocksOf(file)
    } catch (error) {
      return error instanceof NotADocument ? error.message : error
    }
  }
  expect(refused(new Uint8Array([1, 2, 3]))).toBe('这不是 .docx 文件，请用 Word 另存为 .docx 后再试。')
  expect(refused(await workbookOf({ 人员: [['姓名']] }))).toBe('这个文件里没有正文，请用 Word 另存为 .docx 后再试。')
})
