import { zipSync } from 'fflate'
import readXlsxFile from 'read-excel-file/node'
import { TooLarge, unzip } from './unzip.ts'

/** The file is no roster at all; one Chinese sentence. */
export class NotARoster extends Error {
  override name = 'NotARoster'
}

/**
 * A row below the header; `number` as the spreadsheet numbers it. Cells by the words of the header, without blanks around. `unread`:
 * headers of cells that are no text and whose text nobody can know (a date, an error of a formula, digits that Excel has cut off).
 */
export type SheetRow = { number: number; cells: { [header: string]: string }; unread: string[] }
export type Sheet = { header: string[]; rows: SheetRow[] }

const largest = 10 * 1024 * 1024
const largestUnpacked = 64 * 1024 * 1024
const mostCells = 2_000_000

const tooLarge = '名册文件太大，请检查后再导入'
const unreadable = '名册应为 .xlsx 工作簿，这个文件读不了，请另存为 .xlsx 后再导入'
const oldOrLocked = '这是旧版 .xls 或加了密码的文件，请另存为不带密码的 .xlsx 后再导入'

/** Reads a workbook as text; throws NotARoster where it is none. Accounts and numbers stay as they were typed. */
export async function readWorkbook(file: Uint8Array): Promise<{ [sheet: string]: Sheet }> {
  if (file.length > largest) throw new NotARoster(tooLarge)
  if (Buffer.from(file.subarray(0, 4)).toString('hex') === 'd0cf11e0') throw new NotARoster(oldOrLocked)
  try {
    // What the reader gets is an archive of our own making: of a foreign one it believes every size and address.
    const parts = unzip(file, largestUnpacked, (name) => /\.(?:xml|rels)$/.test(name))
    const xml = new Map(
      Object.entries(parts).map(([name, bytes]) => [name, withErrors(new TextDecoder().decode(bytes))]),
    )
    if (cellsOf(xml) > mostCells) throw new TooLarge()
    const own = Object.fromEntries([...xml].map(([name, text]) => [name, new TextEncoder().encode(text)]))
    const sheets = await readXlsxFile(Buffer.from(zipSync(own, { level: 0 })), { parseNumber: digitsOf })
    return Object.fromEntries(
      sheets.map(({ sheet, data }) => [sheet.trim(), sheetOf(filled(data, mergedIn(xml, sheet)))]),
    )
  } catch (error) {
    // Whatever the reader stumbles on, it is no workbook that we can use; its own words would help nobody.
    throw new NotARoster(error instanceof TooLarge ? tooLarge : unreadable)
  }
}

/** Errors of formulas as texts; the reader would take them for empty cells. */
const withErrors = (xml: string): string => xml.replace(/(<(?:\w+:)?c\s[^>]*?\st=)(["'])e\2/g, '$1$2str$2')

/** Digits as they stand in the file; NaN where Excel has kept fifteen of them and an exponent. */
const digitsOf = (digits: string): string | number => (/^-?\d+(?:\.\d+)?$/.test(digits) ? digits : Number.NaN)

const textOf = (cell: unknown): string | undefined => {
  if (cell === null || cell === undefined) return ''
  return typeof cell === 'string' && !/^#[A-Z/0]+[!?]?$/.test(cell) ? cell.normalize('NFC').trim() : undefined
}

function sheetOf(data: readonly (readonly unknown[])[]): Sheet {
  const [first = [], ...rest] = data
  const header = first.map((cell) => (textOf(cell) ?? '').replace(/\s/g, ''))
  const rows = rest.flatMap((row, i): SheetRow[] => {
    const texts = header.map((word, column) => [word, textOf(row[column])] as const)
    const unread = texts.flatMap(([word, text]) => (text === undefined ? [word] : []))
    const cells = Object.fromEntries(texts.map(([word, text = '']) => [word, text]))
    return texts.some(([, text]) => text !== '') ? [{ number: i + 2, cells, unread }] : []
  })
  return { header, rows }
}

type Range = { top: number; left: number; bottom: number; right: number }

/** Merged cells say in each of their places what they show. */
function filled(data: readonly (readonly unknown[])[], ranges: readonly Range[]): unknown[][] {
  const full = data.map((row) => [...row])
  for (const { top, left, bottom, right } of ranges)
    for (const row of full.slice(top, bottom + 1)) row.fill(full[top]?.[left], left, right + 1)
  return full
}

const columnOf = (letters: string): number =>
  letters
    .toUpperCase()
    .split('')
    .reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
const attribute = (tag: string, name: string): string =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)`).exec(tag)?.[1] ?? ''

/** Ranges of a sheet, from 0. Which part of the archive a sheet is, two indexes say together. */
function mergedIn(xml: ReadonlyMap<string, string>, sheet: string): Range[] {
  const find = (part: string, tag: string, fits: (found: string) => boolean): string =>
    [...(xml.get(part) ?? '').matchAll(new RegExp(`<(?:\\w+:)?${tag}\\s[^>]*>`, 'g'))]
      .map(([found]) => found)
      .find(fits) ?? ''
  const id = attribute(
    find('xl/workbook.xml', 'sheet', (tag) => attribute(tag, 'name') === sheet),
    '\\w+:id',
  )
  const relation = find('xl/_rels/workbook.xml.rels', 'Relationship', (tag) => attribute(tag, 'Id') === id)
  const part = attribute(relation, 'Target').replace(/^(?:\/xl\/)?/, 'xl/')
  const ranges = (xml.get(part) ?? '').matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g)
  return [...ranges].map(([, left = '', top, right = '', bottom]) => ({
    top: Number(top) - 1,
    left: columnOf(left),
    bottom: Number(bottom) - 1,
    right: columnOf(right),
  }))
}

/** How many cells the reader would lay out, from the addresses: one cell far away makes a field of empty ones. */
function cellsOf(xml: ReadonlyMap<string, string>): number {
  let cells = 0
  for (const [name, text] of xml) {
    if (!name.startsWith('xl/worksheets/')) continue
    let [rows, columns] = [0, 0]
    for (const [, letters = '', digits = ''] of text.matchAll(/\sr\s*=\s*["']([^"'\d]*)([^"']*)/g)) {
      rows = Math.max(rows, Number(digits) || Number.POSITIVE_INFINITY)
      columns = Math.max(columns, columnOf(letters) + 1)
    }
    cells += rows * Math.max(columns, 1)
  }
  return cells
}
