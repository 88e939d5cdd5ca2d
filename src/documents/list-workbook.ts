import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

export type SheetCell = string | number
export type ListSheet = { title: string; columns: readonly string[]; rows: readonly (readonly SheetCell[])[] }

const head = (value: string) => ({ value, fontWeight: 'bold', wrap: true, borderStyle: 'thin' }) as const
const cell = (value: SheetCell) =>
  typeof value === 'number'
    ? ({ value, type: Number, borderStyle: 'thin' } as const)
    : ({ value, type: String, wrap: true, borderStyle: 'thin' } as const)

/** One list as a workbook: its columns, its rows, real numbers; what begins with `=` stays text. The header stays in sight. */
export async function listWorkbook({ title, columns, rows }: ListSheet): Promise<Uint8Array> {
  const data: SheetData = [columns.map(head), ...rows.map((row) => row.map(cell))]
  const widths = columns.map((column, at) => ({
    width: widthOf([column, ...rows.map((row) => String(row[at] ?? ''))]),
  }))
  const sheet = title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)
  return new Uint8Array(await writeXlsxFile(data, { sheet, columns: widths, stickyRowsCount: 1 }).toBuffer())
}

const widest = 48
/** A Chinese character is about two digits wide. */
const widthOf = (texts: readonly string[]): number =>
  Math.min(widest, 2 + texts.reduce((most, text) => Math.max(most, text.length * 2), 6))
