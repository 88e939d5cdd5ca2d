import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { totalOf } from '../../src/campaign/scores/rubric.ts'
import { liaisonReportsDocument } from '../../src/documents/liaison-reports.ts'
import { body, chapters, document, points, sections, signature, signedOff, title } from '../../src/documents/paper.ts'
import { scorecardDocument } from '../../src/documents/scorecard.ts'
import { summaryTableDocument } from '../../src/documents/summary-table.ts'
import { summaryWorkbook } from '../../src/documents/summary-workbook.ts'
import { taskListDocument } from '../../src/documents/task-list.ts'
import { withPart } from '../support/roster-workbook.ts'
import { campaign2022, rowsOf, scoresOf } from './samples.ts'
import { faultsIn, partOf } from './schema.ts'

const campaign = campaign2022()
const { titles, bands, rubric, tasks } = campaign
/** A pasted text with everything in it that XML cannot hold. */
const pasted = '活动\u000b正常\u0000\u0001\u001f\u007f\ufffe\ud800，<b>&"\'\u{1f600}'
const unit = (name: string) => ({
  unit: name,
  filler: `杨信息${pasted}`,
  phone: '029-85550202',
  rows: [...rowsOf(campaign, 7), { name: pasted, scores: scoresOf(campaign) }],
  sections: rubric.sections.map((section) => section.name),
})
const sectionSums = (scores: readonly number[]): number[] => {
  let at = 0
  return rubric.sections.map(({ items }) => totalOf(scores.slice(at, (at += items.length))))
}
const date = '2022年4月29日'
const workbook = (...names: string[]) =>
  summaryWorkbook({
    title: titles.summaryTable,
    names: campaign.names,
    bands,
    units: names.map(unit),
    sectionSums,
    date,
  })
const report = {
  branches: ['b3'],
  seen: readFileSync('test/documents/report-soft-line-break.txt', 'utf8'),
  solved: pasted,
  hard: pasted,
  version: 1,
  by: 'p1',
  at: '2022-05-24T10:00:00+08:00',
}

describe('every part that we write is as the standard wants it: in sequence, once, whole numbers, no character that XML has not', () => {
  it.each([
    [
      'attachment 1',
      scorecardDocument({
        titles: titles.scorecard,
        attachment: '附件1',
        branch: pasted,
        generalBranch: '信息工程学院党总支',
        signers: ['党支部书记', '党总支书记'],
        rubric,
        bands,
        deciding: scoresOf(campaign, { 3: 4.5 }),
        inputs: { appraisal: { percent: 92, source: pasted }, annual: pasted, survey: pasted },
        reasons: { 3: pasted },
      }),
    ],
    [
      'attachment 2',
      summaryTableDocument({
        title: titles.summaryTable,
        names: campaign.names,
        bands,
        units: [unit('信息'), unit('机电')],
        college: pasted,
        date,
      }),
    ],
    [
      'attachment 3',
      taskListDocument({
        title: titles.taskList,
        attachment: '附件3',
        tasks: tasks.map((task) => ({ task, state: pasted })),
      }),
    ],
    [
      'the month’s reports',
      liaisonReportsDocument({
        college: campaign.college,
        whose: '党委委员',
        month: '2022年5月',
        members: [{ name: pasted, post: '党委委员', branches: [pasted], report }],
      }),
    ],
    [
      'every part of paper.ts',
      document(pasted, [
        [
          ...title(pasted, pasted),
          ...chapters([{ heading: pasted, blocks: sections([{ heading: pasted, blocks: body(pasted) }]) }]),
          ...points([pasted]),
          signature(pasted),
          ...signedOff(pasted, date),
        ],
        body(pasted),
      ]),
    ],
    ['a workbook', workbook('信息工程学院党总支')],
    [
      'a workbook of the college',
      workbook(`机电'[1]`, '机电 1', pasted, '概览', '很长的名称'.repeat(9), '很长的名称'.repeat(9)),
    ],
  ])('%s', async (_, made) => expect(faultsIn((await made).data)).toEqual([]))
})

it('the check sees what Excel and Word call damaged', async () => {
  const excel = (await workbook('信息工程学院党总支')).data
  const twice = withPart(excel, 'xl/workbook.xml', (xml) =>
    xml.replace('</workbook>', '<definedNames><definedName name="a">1</definedName></definedNames></workbook>'),
  )
  expect(faultsIn(twice)).toEqual(['xl/workbook.xml: <definedNames> stands in the wrong place of <workbook>'])
  const word = (await document('月报', [body('按期召开。')])).data
  const fraction = withPart(word, 'word/document.xml', (xml) => xml.replace(/w:line="\d+"/, 'w:line="492.15"'))
  expect(faultsIn(fraction)).toEqual([expect.stringContaining('a fraction in <w:spacing')])
  const broken = withPart(word, 'word/document.xml', (xml) => xml.replace('按期', '按\u000b期'))
  expect(faultsIn(broken)).toEqual(['word/document.xml: a character that XML does not allow'])
})

it('a soft line break of a word processor ends a line and nothing is lost', async () => {
  const members = [{ name: '马建国', post: '党委委员', branches: [], report }]
  const { data } = await liaisonReportsDocument({
    college: campaign.college,
    whose: '党委委员',
    month: '2022年5月',
    members,
  })
  const shown = partOf(data, 'word/document.xml')
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
  expect(shown.replace(/\s/g, '')).toContain(report.seen.replace(/\s/g, ''))
})

it('a page of running text is reckoned for 22 lines of 28 characters: whole twips that fit the text', async () => {
  const { data } = await document('月报', [body('党员大会按期召开。')], { grid: true })
  const xml = partOf(data, 'word/document.xml')
  const number = (pattern: RegExp): number => Number(pattern.exec(xml)?.[1] ?? Number.NaN)
  const [width, height] = [number(/w:pgSz w:w="(\d+)"/), number(/w:pgSz [^>]*w:h="(\d+)"/)]
  const [top, right, bottom, left] = ['top', 'right', 'bottom', 'left'].map((side) =>
    number(new RegExp(`w:pgMar [^>]*w:${side}="(\\d+)"`)),
  )
  const pitch = number(/w:line="(\d+)" w:lineRule="exact"/)
  expect(number(/w:docGrid w:type="lines" w:linePitch="(\d+)"/)).toBe(pitch)
  const lines = (height - (top ?? 0) - (bottom ?? 0)) / pitch
  expect(Math.floor(lines)).toBe(22)
  // 16 pt, and the spacing added to it.
  const advance = number(/<w:sz w:val="(\d+)"/) * 10 + number(/<w:spacing w:val="(-?\d+)"/)
  expect(Math.floor((width - (left ?? 0) - (right ?? 0)) / advance)).toBe(28)
})

it('formulas carry their values, and each sheet has its own header rows on every page', async () => {
  const { data } = await workbook('信息工程学院党总支', '机电工程学院党总支')
  for (const sheet of ['sheet1', 'sheet2', 'sheet3']) {
    const xml = partOf(data, `xl/worksheets/${sheet}.xml`)
    const formulas = [...xml.matchAll(/<f>[^<]*<\/f>(<v>[^<]+<\/v>)?/g)]
    expect(formulas.length).toBeGreaterThan(3)
    expect(formulas.filter(([, value]) => value === undefined)).toEqual([])
  }
  const names = [...partOf(data, 'xl/workbook.xml').matchAll(/localSheetId="(\d)">([^<]*)</g)].map(([, id, to]) => [
    id,
    to,
  ])
  expect(names).toEqual([
    ['0', `'概览'!$1:$2`],
    ['1', `'信息工程学院党总支'!$1:$3`],
    ['2', `'机电工程学院党总支'!$1:$3`],
  ])
})

it('the workbook looks like attachment 2: the unit in the title, its places, the counts in one row, no average', async () => {
  const { data } = await workbook('信息工程学院党总支')
  const xml = partOf(data, 'xl/worksheets/sheet1.xml')
  expect(xml).toContain('信息工程学院党总支党支部分类定级汇总表')
  expect(xml).toContain('填报单位（盖章）：信息工程学院党总支')
  expect(xml).toContain('<v>先进数 6　一般数 0　后进数 0</v>')
  expect(xml).toContain('orientation="landscape" fitToWidth="1" fitToHeight="0"')
  expect(xml).toContain('<mergeCell ref="A1:I1"/>')
  expect(xml).not.toContain('平均')
})
