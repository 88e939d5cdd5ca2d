import { TooLarge } from './unzip.ts'
import { readCells, type ShownRow } from './workbook-cells.ts'

/** The file is no roster at all. The message is one Chinese sentence. */
export class NotARoster extends Error {
  override name = 'NotARoster'
}

/**
 * A row below the header. `number` is the spreadsheet's. `cells` are cleaned, by the words of the header. `unread` holds the headers of
 * cells that are no text and whose text is unknown (a date, an error of a formula, digits that Excel has cut off).
 */
export type SheetRow = { number: number; cells: { [header: string]: string }; unread: string[] }
export type Sheet = { header: string[]; rows: SheetRow[] }

const largest = 10 * 1024 * 1024

const tooLarge = '名册文件太大，请检查后再导入'
const unreadable = '名册应为 .xlsx 工作簿，这个文件读不了，请另存为 .xlsx 后再导入'
const oldOrLocked = '这是旧版 .xls 或加了密码的文件，请另存为不带密码的 .xlsx 后再导入'

/** Reads the two sheets of a roster as text. Numbers are taken as they are shown. Throws NotARoster if the file is no workbook. */
export function readWorkbook(file: Uint8Array): { [sheet: string]: Sheet } {
  if (file.length > largest) throw new NotARoster(tooLarge)
  if (Buffer.from(file.subarray(0, 4)).toString('hex') === 'd0cf11e0') throw new NotARoster(oldOrLocked)
  try {
    const sheets = readCells(file, (sheet) => sheet === '人员' || sheet === '群')
    return Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [name, sheetOf(rows)]))
  } catch (error) {
    // Whatever error the reader meets, we cannot use the file, and the reader's own words would help nobody.
    throw new NotARoster(error instanceof TooLarge ? tooLarge : unreadable)
  }
}

/** Zero-width characters, direction marks, byte order marks and the like, and control characters other than white space. */
const invisible = /(?!\s)[\p{Cf}\p{Cc}\p{Co}\uFE00-\uFE0F]/gu

/** A text without invisible characters, in one form of Unicode. The brackets of Chinese text stay. */
const visible = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/(\p{Script=Han})\(|\((?=\p{Script=Han})/gu, '$1（')
    .replace(/(\p{Script=Han})\)|\)(?=\p{Script=Han})/gu, '$1）')

/** A name or an account, which has no blanks or line breaks in it or around it. */
export const cleanName = (text: string): string => visible(text).replace(/\s+/g, '')

/** These columns hold several names or running text, so blanks and line breaks stay. */
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
