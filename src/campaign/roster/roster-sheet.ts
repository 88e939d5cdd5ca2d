import { TooLarge } from './unzip.ts'
import { readCells, type ShownRow } from './workbook-cells.ts'

/** The file is no roster at all; one Chinese sentence. */
export class NotARoster extends Error {
  override name = 'NotARoster'
}

/**
 * A row below the header; `number` as the spreadsheet numbers it. Cells by the words of the header, cleaned. `unread`: headers of cells
 * that are no text and whose text nobody can know (a date, an error of a formula, digits that Excel has cut off).
 */
export type SheetRow = { number: number; cells: { [header: string]: string }; unread: string[] }
export type Sheet = { header: string[]; rows: SheetRow[] }

const largest = 10 * 1024 * 1024

const tooLarge = '名册文件太大，请检查后再导入'
const unreadable = '名册应为 .xlsx 工作簿，这个文件读不了，请另存为 .xlsx 后再导入'
const oldOrLocked = '这是旧版 .xls 或加了密码的文件，请另存为不带密码的 .xlsx 后再导入'

/** Reads the two sheets of a roster as text; throws NotARoster where the file is no workbook. Numbers are taken as they are shown. */
export function readWorkbook(file: Uint8Array): { [sheet: string]: Sheet } {
  if (file.length > largest) throw new NotARoster(tooLarge)
  if (Buffer.from(file.subarray(0, 4)).toString('hex') === 'd0cf11e0') throw new NotARoster(oldOrLocked)
  try {
    const sheets = readCells(file, (sheet) => sheet === '人员' || sheet === '群')
    return Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [name, sheetOf(rows)]))
  } catch (error) {
    // Whatever the reader stumbles on, it is no workbook that we can use; its own words would help nobody.
    throw new NotARoster(error instanceof TooLarge ? tooLarge : unreadable)
  }
}

/** Zero-width characters, marks of direction, byte order marks and the like; controls other than white space. */
const invisible = /(?!\s)[\p{Cf}\p{Cc}\p{Co}\uFE00-\uFE0F]/gu

/** A text without what cannot be seen, in one of the ways in which Unicode can write it; brackets stay those of Chinese text. */
const visible = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/(\p{Script=Han})\(|\((?=\p{Script=Han})/gu, '$1（')
    .replace(/(\p{Script=Han})\)|\)(?=\p{Script=Han})/gu, '$1）')

/** A name or an account: there are no blanks and line breaks in it or around it. */
export const cleanName = (text: string): string => visible(text).replace(/\s+/g, '')

/** Cells that hold several names or running text keep their blanks and line breaks. */
const keepsBlanks = new Set(['联系支部', '联系电话'])
const clean = (header: string, text: string): string =>
  keepsBlanks.has(header) ? visible(text).trim() : cleanName(text)

function sheetOf([first, ...rest]: readonly ShownRow[]): Sheet {
  const header: string[] = []
  for (const [column, cell] of first?.cells ?? []) header[column] = 'text' in cell ? cleanName(cell.text) : ''
  const columns = Array.from(header, (word, column) => ({ word: word ?? '', column })).filter(({ word }) => word !== '')
  const rows = rest.flatMap(({ number, cells }): SheetRow[] => {
    const texts: SheetRow['cells'] = {}
    const unread: string[] = []
    for (const { word, column } of columns) {
      const cell = cells.get(column)
      texts[word] = cell && 'text' in cell ? clean(word, cell.text) : ''
      if (cell && 'unread' in cell) unread.push(word)
    }
    return unread.length > 0 || Object.values(texts).some((text) => text !== '')
      ? [{ number, cells: texts, unread }]
      : []
  })
  return { header: columns.map(({ word }) => word), rows }
}
