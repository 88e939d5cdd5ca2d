import type { Blob } from 'node:buffer'
import type Stream from 'node:stream'
import writeXlsxFile, { type Feature, type SheetData } from 'write-excel-file/node'
import { type Bands, bandOf, type Scores, totalOf } from '../campaign/scores/rubric.ts'
import type { SummaryUnit } from './summary-table.ts'

export type WorkbookPaper = {
  bands: Bands
  units: readonly (SummaryUnit & { sections: readonly string[] })[]
  sectionSums: (scores: Scores) => number[]
  date: string
}

const head = (value: string) =>
  ({ value, fontWeight: 'bold', align: 'center', alignVertical: 'center', borderStyle: 'thin', wrap: true }) as const
const cell = (value: string) => ({ value, borderStyle: 'thin', wrap: true }) as const
const number = (value: number) => ({ value, type: Number, borderStyle: 'thin', align: 'center' }) as const
const formula = (value: string) =>
  ({ value: `=${value}`, type: 'Formula', borderStyle: 'thin', align: 'center' }) as const
const empty = { value: '', borderStyle: 'thin' } as const

const column = (n: number): string => String.fromCharCode(65 + n)
/** Names of sheets hold at most 31 characters and none of these. */
const sheetName = (unit: string, i: number): string =>
  `${unit.replace(/[[\]:*?/\\]/g, ' ').slice(0, 26)}${i > 0 ? ` ${i}` : ''}`
const quoted = (sheet: string): string => `'${sheet.replaceAll("'", "''")}'`
const bandNames = ({ upper, lowest }: Bands): string[] => [...upper.map((band) => band.name), lowest.name]

/** Attachment 2 as a workbook: real numbers, totals as formulas, A4 to the width, header rows on every page; one sheet a unit and an overview. */
export async function summaryWorkbook(paper: WorkbookPaper): Promise<{ name: string; data: Uint8Array }> {
  const { units, bands, date } = paper
  const taken: string[] = []
  const sheets = units.map((unit) => {
    const same = taken.filter((one) => one === sheetName(unit.unit, 0)).length
    taken.push(sheetName(unit.unit, 0))
    return { name: sheetName(unit.unit, same), unit }
  })
  const overview =
    units.length > 1
      ? [
          {
            sheet: '概览',
            columns: widths([34, 10, 10, ...bandNames(bands).map(() => 10)]),
            data: overviewRows(sheets, bands, date),
          },
        ]
      : []
  const pages = [
    ...overview,
    ...sheets.map(({ name, unit }) => ({
      sheet: name,
      columns: widths([8, 34, ...unit.sections.map(() => 12), 12, 14]),
      data: unitRows(unit, paper),
    })),
  ]
  const [only] = units
  const data = await writeXlsxFile(pages, { features: [printSetUp(pages.map(({ sheet }) => sheet))] }).toBuffer()
  const name = units.length === 1 && only ? `${only.unit}分类定级汇总表` : '党支部分类定级汇总表'
  return { name: `${name}.xlsx`, data: new Uint8Array(data) }
}

const widths = (all: readonly number[]) => all.map((width) => ({ width }))
const headRows = 2
const firstRow = headRows + 1

function unitRows(
  { unit, rows, sections, filler, phone }: WorkbookPaper['units'][number],
  { bands, sectionSums }: WorkbookPaper,
): SheetData {
  const sum = column(2 + sections.length)
  const lastRow = headRows + rows.length
  const lines = rows.map(({ name, scores, state }, i) => {
    const row = firstRow + i
    const points = scores ? sectionSums(scores) : []
    return [
      number(i + 1),
      cell(name),
      ...sections.map((_, j) => (points[j] === undefined ? empty : number(points[j]))),
      scores ? formula(`SUM(C${row}:${column(1 + sections.length)}${row})`) : empty,
      cell(scores ? bandOf(totalOf(scores), bands) : (state ?? '未评分')),
    ]
  })
  const band = column(3 + sections.length)
  const count = (name: string) => formula(`COUNTIF(${band}${firstRow}:${band}${lastRow},"${name}")`)
  return [
    [head(`${unit}　填报人及职务：${filler}　联系电话：${phone}`)],
    [head('序号'), head('党支部名称'), ...sections.map(head), head('总分'), head('分类定级结果')],
    ...lines,
    [
      cell('合计'),
      cell('平均分'),
      ...sections.map(() => empty),
      rows.length > 0
        ? formula(`IF(COUNT(${sum}${firstRow}:${sum}${lastRow})=0,"",AVERAGE(${sum}${firstRow}:${sum}${lastRow}))`)
        : empty,
      empty,
    ],
    ...(rows.length > 0
      ? bandNames(bands).map((name) => [empty, cell(`${name}数`), ...sections.map(() => empty), count(name), empty])
      : []),
  ]
}

function overviewRows(
  sheets: readonly { name: string; unit: WorkbookPaper['units'][number] }[],
  bands: Bands,
  date: string,
): SheetData {
  const names = bandNames(bands)
  const lines = sheets.map(({ name, unit }) => {
    const last = headRows + Math.max(1, unit.rows.length)
    const of = (at: number): string => `${quoted(name)}!${column(at)}${firstRow}:${column(at)}${last}`
    const band = 3 + unit.sections.length
    return [
      cell(unit.unit),
      number(unit.rows.length),
      formula(`COUNT(${of(band - 1)})`),
      ...names.map((one) => formula(`COUNTIF(${of(band)},"${one}")`)),
    ]
  })
  const last = headRows + lines.length
  return [
    [head(`党支部分类定级汇总（截至${date}）`)],
    [head('单位'), head('支部数'), head('已评分'), ...names.map(head)],
    ...lines,
    [
      cell('合计'),
      ...[1, 2, ...names.map((_, i) => 3 + i)].map((at) =>
        formula(`SUM(${column(at)}${firstRow}:${column(at)}${last})`),
      ),
    ],
  ]
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** A4, as wide as the page, as many pages as it takes; the header rows on each. */
function printSetUp(sheets: readonly string[]): Feature<Stream | Buffer | Blob> {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) => xml.replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'),
          insert: () =>
            '<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>',
        },
        'xl/workbook.xml': {
          insert: () =>
            `<definedNames>${sheets.map((sheet, i) => `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${escaped(quoted(sheet))}!$1:$${headRows}</definedName>`).join('')}</definedNames>`,
        },
      },
    },
  }
}
