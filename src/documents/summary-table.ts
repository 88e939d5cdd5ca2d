import type { Names } from '../campaign/plan/names.ts'
import type { Approval } from '../campaign/scores/approval.ts'
import { bandIn, borderIn, type Carded, lacking, type Result, totalIn } from '../campaign/scores/results.ts'
import { type Bands, bandNames, type Scores } from '../campaign/scores/rubric.ts'
import { attachment, type Block, type Cell, document, note, table, title } from './paper.ts'

/**
 * One row for each branch. `scores` is absent if nothing was submitted. A `filed` row no longer needs the mark of a total at a boundary.
 */
export type SummaryRow = {
  name: string
  scores?: Scores
  result?: Result
  approved?: readonly Approval[]
  state?: string
  filed?: boolean
}
/** `filler` is name and post. Unknown places stay empty; the program never asks for them. */
export type SummaryUnit = { unit: string; filler: string; phone: string; rows: readonly SummaryRow[] }
export type SummaryPaper = {
  title: string
  names: Names
  bands: Bands
  units: readonly SummaryUnit[]
  college?: string
  date: string
}

/** The title of the table over all units: 党支部分类定级汇总. */
export const overviewTitle = (collegeTable: string): string => collegeTable.replace(/表$/, '')
const blank = '＿＿＿＿＿＿'

const cardIn = ({ scores, result, approved }: SummaryRow): Carded | undefined => scores && { scores, result, approved }
/** A row's total, or undefined if nothing was submitted or some marks are missing. */
export const totalShown = (row: SummaryRow): number | undefined => {
  const card = cardIn(row)
  return card && totalIn(card)
}
/** A row's band, or the reason why it has none. */
export function bandShown(row: SummaryRow, bands: Bands): string {
  const card = cardIn(row)
  return card ? bandIn(card, bands) || lacking(card) : (row.state ?? '未评分')
}

/** The number of branches in each band, in the order of the bands. */
export function countsOf(rows: readonly SummaryRow[], bands: Bands): { name: string; count: number }[] {
  const given = rows.flatMap((row) => (cardIn(row) ? [bandShown(row, bands)] : []))
  return bandNames(bands).map((name) => ({ name, count: given.filter((one) => one === name).length }))
}

/** The heading of one unit's table, `×××（党总支）党支部分类定级汇总表`. The unit's name replaces the blank in the plan's words, or stands before them. */
const titleOf = (words: string, unit: string): string[] => [unit, words.replace(/^[×xX＿_]+(?:（党总支）)?/, '')]

/** Attachment 2, for one unit or for all units of the college. With several units, each has its own page behind a cover with the counts. */
export function summaryTableDocument(paper: SummaryPaper): Promise<{ name: string; data: Uint8Array }> {
  const parts = paper.units.map((unit) => unitPart(unit, paper))
  const [only] = paper.units
  if (paper.college === undefined && only) return document(`${only.unit}${paper.names.unitTable}`, parts)
  return document(`${paper.college ?? ''}${paper.names.collegeTable}`, [cover(paper), ...parts])
}

function unitPart({ unit, filler, phone, rows }: SummaryUnit, { title: words, names, bands }: SummaryPaper): Block[] {
  const lines: Cell[][] = rows.map((row, i) => {
    const card = cardIn(row)
    const mark = card && !row.filed && borderIn(card, bands) ? '（临界）' : ''
    return [
      String(i + 1),
      { text: row.name, left: true },
      String(totalShown(row) ?? ''),
      `${bandShown(row, bands)}${mark}`,
    ]
  })
  const counts = countsOf(rows, bands).map(({ name, count }) => `${name}数 ${count}`)
  const none = rows.every(({ scores }) => !scores)
  return [
    ...attachment(names.attachments.summaryTable),
    ...title(...titleOf(words, unit)),
    note(`填报单位（盖章）：${unit}`),
    note(`填报人及职务：${filler || blank}　联系电话：${phone || blank}`),
    table({
      widths: [10, 50, 18, 22],
      heads: 1,
      rows: [
        ['序号', '党支部名称', '评分分数', `${names.grading}结果`],
        ...lines,
        ['合计', { text: counts.join('　'), across: 3, left: true }],
      ],
    }),
    ...(none ? [note('截至目前还没有支部提交评分。')] : []),
  ]
}

function cover({ units, names: { collegeTable }, bands, college = '', date }: SummaryPaper): Block[] {
  const names = bandNames(bands)
  const row = (name: string, rows: readonly SummaryRow[]): Cell[] => [
    { text: name, left: true },
    String(rows.length),
    String(rows.filter(({ scores }) => scores).length),
    ...countsOf(rows, bands).map(({ count }) => String(count)),
  ]
  return [
    ...title(overviewTitle(collegeTable)),
    note(`${college}　　截至${date}`),
    table({
      widths: [40, 15, 15, ...names.map(() => 30 / names.length)],
      heads: 1,
      rows: [
        ['单位', '支部数', '已评分', ...names],
        ...units.map(({ unit, rows }) => row(unit, rows)),
        row(
          '合计',
          units.flatMap(({ rows }) => rows),
        ),
      ],
    }),
  ]
}
