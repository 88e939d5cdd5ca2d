import type { Names } from '../campaign/plan/names.ts'
import type { Bands, Scores } from '../campaign/scores/rubric.ts'
import { bandShown, countsOf, overviewTitle, type SummaryUnit, totalShown } from './summary-table.ts'
import { columnName, quoted, type SheetCell, sheetNames, type WorkSheet, workbook } from './workbook.ts'

type Unit = SummaryUnit & { sections: readonly string[] }
/** `title` is attachment 2's title without the unit's name. `sectionSums` gives the points of a card by section. */
export type WorkbookPaper = {
  title: string
  names: Names
  bands: Bands
  units: readonly Unit[]
  sectionSums: (scores: Scores, unit: string) => number[]
  date: string
}

const text = (value: string): SheetCell => ({ value, style: 'text' })
const number = (value: number): SheetCell => ({ value, style: 'number' })
const empty = text('')
const formula = (words: string, value: number): SheetCell => ({ value, style: 'number', formula: words })
const headOf = (words: readonly string[]): SheetCell[] => words.map((value) => ({ value, style: 'head' }))
/** One cell that spans all columns. */
const across = (first: SheetCell, columns: number): SheetCell[] => [
  first,
  ...Array.from({ length: columns - 1 }, (): SheetCell => ({ value: '', style: first.style })),
]
const rowRange = (row: number, columns: number, from = 0): string =>
  `${columnName(from)}${row}:${columnName(columns - 1)}${row}`

/**
 * Attachment 2 as a workbook with real numbers; sums and counts are formulas. Each unit has a sheet, and several units share an overview.
 */
export async function summaryWorkbook(paper: WorkbookPaper): Promise<{ name: string; data: Uint8Array }> {
  const { units } = paper
  const [, ...names] = sheetNames([overviewName, ...units.map(({ unit }) => unit)])
  const sheets = units.map((unit, i) => unitSheet(names[i] ?? unit.unit, unit, paper))
  const [only] = units
  const overview = units.length > 1 ? [overviewSheet(names, paper)] : []
  const name = units.length === 1 && only ? `${only.unit}${paper.names.unitTable}` : paper.names.collegeTable
  return { name: `${name}.xlsx`, data: workbook([...overview, ...sheets]) }
}

const overviewName = '概览'
/** The rows above a unit's table: the title, the person who filled it in, the header. */
const unitHeads = 3
const firstRow = unitHeads + 1
const totalColumn = ({ sections }: Unit): number => 2 + sections.length
const bandColumn = (unit: Unit): number => totalColumn(unit) + 1
const rowsOf = (unit: Unit, column: number): string => {
  const name = columnName(column)
  return `${name}${firstRow}:${name}${firstRow + Math.max(unit.rows.length, 1) - 1}`
}

function unitSheet(name: string, unit: Unit, { title, names, bands, sectionSums }: WorkbookPaper): WorkSheet {
  const { sections, filler, phone, rows } = unit
  const columns = bandColumn(unit) + 1
  const lastSection = columnName(totalColumn(unit) - 1)
  const lines = rows.map((given, i) => {
    const { name: branch, scores, result } = given
    const row = firstRow + i
    const points = scores ? sectionSums(scores, unit.unit) : []
    const total = totalShown(given)
    const isSum = !result && sections.length > 0
    return [
      number(i + 1),
      text(branch),
      ...sections.map((_, j) => (points[j] === undefined ? empty : number(points[j]))),
      total === undefined ? empty : isSum ? formula(`SUM(C${row}:${lastSection}${row})`, total) : number(total),
      { ...text(bandShown(given, bands)), style: 'number' as const },
    ]
  })
  const counts = countsOf(rows, bands)
  const counted = counts.map((one) => `"${one.name}数 "&COUNTIF(${rowsOf(unit, bandColumn(unit))},"${one.name}")`)
  const last = firstRow + lines.length
  const note = `填报单位（盖章）：${unit.unit}　　填报人及职务：${filler || blank}　　联系电话：${phone || blank}`
  return {
    name,
    widths: [8, 34, ...sections.map(() => 12), 12, 16],
    rows: [
      across({ value: `${unit.unit}${title.replace(/^[×xX＿_]+(?:（党总支）)?/, '')}`, style: 'title' }, columns),
      across({ value: note, style: 'note' }, columns),
      headOf(['序号', '党支部名称', ...sections, '评分分数', `${names.grading}结果`]),
      ...lines,
      [
        { ...text('合计'), style: 'number' },
        ...across(
          {
            value: counts.map((one) => `${one.name}数 ${one.count}`).join('　'),
            style: 'text',
            formula: counted.join('&"　"&'),
          },
          columns - 1,
        ),
      ],
    ],
    merged: [rowRange(1, columns), rowRange(2, columns), rowRange(last, columns, 1)],
    heads: unitHeads,
  }
}

const blank = '＿＿＿＿＿＿'

function overviewSheet(sheets: readonly string[], { names, units, bands, date }: WorkbookPaper): WorkSheet {
  const bandsOf = countsOf([], bands).map(({ name }) => name)
  const columns = 3 + bandsOf.length
  const heads = 2
  const lines = units.map((unit, i) => {
    const of = (column: number): string => `${quoted(sheets[i] ?? '')}!${rowsOf(unit, column)}`
    return [
      text(unit.unit),
      number(unit.rows.length),
      formula(`COUNT(${of(totalColumn(unit))})`, unit.rows.filter(({ scores }) => scores).length),
      ...countsOf(unit.rows, bands).map(({ name, count }) =>
        formula(`COUNTIF(${of(bandColumn(unit))},"${name}")`, count),
      ),
    ]
  })
  const sum = (column: number): SheetCell => {
    const values = lines.map((cells) => Number(cells[column]?.value ?? 0))
    const name = columnName(column)
    return formula(
      `SUM(${name}${heads + 1}:${name}${heads + lines.length})`,
      values.reduce((all, one) => all + one, 0),
    )
  }
  return {
    name: overviewName,
    widths: [34, 10, 10, ...bandsOf.map(() => 10)],
    rows: [
      across({ value: `${overviewTitle(names.collegeTable)}（截至${date}）`, style: 'title' }, columns),
      headOf(['单位', '支部数', '已评分', ...bandsOf]),
      ...lines,
      [text('合计'), ...Array.from({ length: columns - 1 }, (_, i) => sum(i + 1))],
    ],
    merged: [rowRange(1, columns)],
    heads,
  }
}
