import { type SheetCell, sheetNames, workbook } from './workbook.ts'

export type ListSheet = { title: string; columns: readonly string[]; rows: readonly (readonly (string | number)[])[] }

const cell = (value: string | number): SheetCell => ({ value, style: typeof value === 'number' ? 'number' : 'text' })

/** One list as a workbook. Numbers stay numbers, and text that begins with `=` stays text. The header row stays in sight. */
export function listWorkbook({ title, columns, rows }: ListSheet): Uint8Array {
  const [name = title] = sheetNames([title])
  const widths = columns.map((column, at) => widthOf([column, ...rows.map((row) => String(row[at] ?? ''))]))
  const head = columns.map((value): SheetCell => ({ value, style: 'head' }))
  return workbook([
    { name, widths, rows: [head, ...rows.map((row) => row.map(cell))], merged: [], heads: 1, inSight: 1 },
  ])
}

const widest = 48
/** The width of a column. A Chinese character is about as wide as two digits. */
const widthOf = (texts: readonly string[]): number =>
  Math.min(widest, 2 + texts.reduce((most, text) => Math.max(most, text.length * 2), 6))
