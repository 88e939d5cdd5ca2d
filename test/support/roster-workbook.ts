import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

export const peopleColumns = ['姓名', '职务', '党总支', '党支部', '企业微信账号', '钉钉账号', '联系支部', '联系电话']
const groupColumns = ['群名称', '平台', '标识', '加签密钥', '范围']

/** Texts, and the values that a spreadsheet makes of them if nobody has set the column to text. */
export type Cell = string | number | Date | { text: string; rows: number }
export type SheetRow = { [column: string]: Cell }

/** A roster file. Rows name the cells that are not empty; an empty row stays empty. `header` sets another order or other columns. */
export const rosterWorkbook = ({
  people,
  groups = [],
  header = peopleColumns,
}: {
  people: readonly SheetRow[]
  groups?: readonly SheetRow[]
  header?: readonly string[]
}): Promise<Uint8Array> =>
  workbookOf({
    人员: [header, ...people.map((row) => header.map((column) => row[column]))],
    ...(groups.length > 0
      ? { 群: [groupColumns, ...groups.map((row) => groupColumns.map((column) => row[column]))] }
      : {}),
  })

/** A workbook of these sheets, written by another library than the one that reads it. */
export async function workbookOf(sheets: {
  [sheet: string]: readonly (readonly (Cell | undefined)[])[]
}): Promise<Uint8Array> {
  const written = Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: rows.map((row) => row.map(cellOf)) }))
  return new Uint8Array(await writeXlsxFile(written).toBuffer())
}

function cellOf(cell: Cell | undefined): SheetData[number][number] {
  if (cell === undefined || cell === '') return null
  if (typeof cell === 'string') return { type: String, value: cell }
  if (typeof cell === 'number') return { type: Number, value: cell }
  if (cell instanceof Date) return { type: Date, value: cell, format: 'yyyy-mm-dd' }
  return { type: String, value: cell.text, rowSpan: cell.rows }
}

/** The file with a changed text in one of its parts. */
export function withPart(file: Uint8Array, part: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(file)
  const before = parts[part]
  if (!before) throw new TypeError(`no ${part} in ${Object.keys(parts).join(', ')}`)
  return zipSync({ ...parts, [part]: strToU8(change(strFromU8(before))) })
}
