import { strToU8, zipSync } from 'fflate'
import { oneLine } from './printable.ts'

/**
 * The few parts of SpreadsheetML that our tables need. Elements keep the order of the standard's schema (ECMA-376, part 1, 18.2 and 18.3),
 * because Excel calls a file with another order damaged. Formulas carry their values, because viewers on phones do not calculate.
 */

const styles = ['title', 'note', 'head', 'text', 'number'] as const
type Style = (typeof styles)[number]
/** `formula` has no leading `=`; `value` is its result. */
export type SheetCell = { value: string | number; style: Style; formula?: string }
/**
 * `widths` are in characters. `merged` holds ranges such as `A1:F1`. The first `heads` rows are printed on every page. `inSight` is the
 * number of rows that do not scroll.
 */
export type WorkSheet = {
  name: string
  widths: readonly number[]
  rows: readonly (readonly SheetCell[])[]
  merged: readonly string[]
  heads: number
  inSight?: number
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packaged = 'http://schemas.openxmlformats.org/package/2006'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

const escaped = (text: string): string =>
  oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The letters of a column numbered from 0: 0 → A, 27 → AB. */
export const columnName = (n: number): string =>
  (n >= 26 ? columnName(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26))

/** The name of a sheet, quoted for a formula. */
export const quoted = (sheet: string): string => `'${sheet.replaceAll("'", "''")}'`

/** Valid names of sheets: at most 31 characters, no characters with a meaning in formulas, no name twice. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((want) => {
    const name = oneLine(want)
      .replace(/[[\]:*?/\\']/g, ' ')
      .slice(0, 26)
    let free = name
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name} ${n}`
    taken.add(free.toLowerCase())
    return free
  })
}

/** An .xlsx file in landscape A4. Each sheet is scaled to the width of the page. */
export function workbook(sheets: readonly WorkSheet[]): Uint8Array {
  const parts: { [name: string]: string } = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbookPart(sheets),
    'xl/_rels/workbook.xml.rels': relationships([
      ...sheets.map((_, i): [string, string] => ['worksheet', `worksheets/sheet${i + 1}.xml`]),
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': stylesPart,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetPart(sheet)])),
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(head + xml)])))
}

const contentTypes = (sheets: number): string => {
  const override = (part: string, type: string): string =>
    `<Override PartName="${part}" ContentType="${types}.${type}+xml"/>`
  const each = Array.from({ length: sheets }, (_, i) => override(`/xl/worksheets/sheet${i + 1}.xml`, 'worksheet'))
  return `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', 'sheet.main')}${each.join('')}${override('/xl/styles.xml', 'styles')}</Types>`
}

const relationships = (targets: readonly [type: string, target: string][]): string =>
  `<Relationships xmlns="${packaged}/relationships">${targets
    .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`

function workbookPart(sheets: readonly WorkSheet[]): string {
  const listed = sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
  const titles = sheets.map(
    ({ name, heads }, i) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${escaped(quoted(name))}!$1:$${heads}</definedName>`,
  )
  return `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets><definedNames>${titles.join('')}</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`
}

function sheetPart({ widths, rows, merged, inSight }: WorkSheet): string {
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
  const lines = rows.map((cells, i) => {
    const parts = cells.map((cell, column) => cellPart(cell, `${columnName(column)}${i + 1}`))
    return `<row r="${i + 1}" ht="${heightOf(cells, widths)}" customHeight="1">${parts.join('')}</row>`
  })
  const merges = merged.map((range) => `<mergeCell ref="${range}"/>`)
  return [
    `<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    inSight === undefined ? '' : frozen(inSight),
    `<cols>${columns.join('')}</cols><sheetData>${lines.join('')}</sheetData>`,
    merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : '',
    '<printOptions horizontalCentered="1"/>',
    '<pageMargins left="0.6" right="0.6" top="0.8" bottom="0.8" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>',
  ].join('')
}

/** Keeps the first rows in place while the others scroll. */
const frozen = (rows: number): string =>
  `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${rows}" topLeftCell="A${rows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`

/**
 * The height of a row in points, for its longest text. We set it because spreadsheet programs measure the rows of a file in different ways.
 */
function heightOf(cells: readonly SheetCell[], widths: readonly number[]): number {
  const [first] = cells
  if (first?.style === 'title') return 40
  if (first?.style === 'note') return 28
  // The number of lines of a text. A Chinese character is two wide. Merged cells are always wide enough.
  const linesOf = ({ value }: SheetCell, i: number): number =>
    cells[i + 1]?.value === ''
      ? 1
      : Math.ceil((Array.from(String(value)).length * 2) / Math.max(1, (widths[i] ?? 0) - 2))
  return 8 + 16 * Math.max(1, ...cells.map(linesOf))
}

function cellPart({ value, style, formula }: SheetCell, address: string): string {
  const at = `r="${address}" s="${styles.indexOf(style) + 1}"`
  const f = formula === undefined ? '' : `<f>${escaped(formula)}</f>`
  if (typeof value === 'number') return `<c ${at}>${f}<v>${value}</v></c>`
  if (formula !== undefined) return `<c ${at} t="str">${f}<v>${escaped(value)}</v></c>`
  return value === ''
    ? `<c ${at}/>`
    : `<c ${at} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
}

const font = (size: number, name: string, bold = false): string =>
  `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="${name}"/><family val="3"/><charset val="134"/></font>`
const side = (name: string): string => `<${name} style="thin"><color auto="1"/></${name}>`
const format = (fontId: number, borderId: number, horizontal: string): string =>
  `<xf numFmtId="0" fontId="${fontId}" fillId="0" borderId="${borderId}" xfId="0" applyFont="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${horizontal}" vertical="center" wrapText="1"/></xf>`

/** Format 0 is the format of a sheet's empty cells. The others are `styles` in their order. */
const stylesPart = [
  `<styleSheet xmlns="${main}">`,
  `<fonts count="3">${font(12, '仿宋')}${font(18, '方正小标宋简体')}${font(12, '黑体')}</fonts>`,
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
  `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border></borders>`,
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
  `<cellXfs count="${styles.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
  format(1, 0, 'center'),
  format(0, 0, 'left'),
  format(2, 1, 'center'),
  format(0, 1, 'left'),
  format(0, 1, 'center'),
  '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
].join('')
