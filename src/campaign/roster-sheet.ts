import readXlsxFile from 'read-excel-file/node'

/** The file is no roster at all; one Chinese sentence. */
export class NotARoster extends Error {
  override name = 'NotARoster'
}

/** A row below the header; `number` as the spreadsheet numbers it. Cells by the words of the header, without blanks around. */
export type SheetRow = { number: number; cells: { [header: string]: string } }
export type Workbook = { [sheet: string]: SheetRow[] }

const largest = 10 * 1024 * 1024
const largestUnpacked = 200 * 1024 * 1024

/** Reads a workbook as text; throws NotARoster where it is none. Accounts and numbers stay as they were typed. */
export async function readWorkbook(file: Uint8Array): Promise<Workbook> {
  if (file.length > largest || unpackedSize(file) > largestUnpacked)
    throw new NotARoster('名册文件太大，请检查后再导入')
  try {
    const sheets = await readXlsxFile(Buffer.from(file), { parseNumber: (digits) => digits, trim: true })
    return Object.fromEntries(
      sheets.map(({ sheet, data }) => [sheet.trim(), rowsOf(data.map((row) => row.map(textOf)))]),
    )
  } catch {
    // Whatever the reader stumbles on, it is no workbook that we can use; its own words would help nobody.
    throw new NotARoster('名册应为 .xlsx 工作簿，这个文件读不了，请另存为 .xlsx 后再导入')
  }
}

const textOf = (cell: unknown): string =>
  typeof cell === 'string' ? cell.normalize('NFC').trim() : typeof cell === 'boolean' ? String(cell) : ''

function rowsOf(data: readonly (readonly string[])[]): SheetRow[] {
  const [header = [], ...rows] = data
  return rows.flatMap((row, i) => {
    const cells = Object.fromEntries(header.map((word, column) => [word.replace(/\s/g, ''), row[column] ?? '']))
    return row.some((cell) => cell !== '') ? [{ number: i + 2, cells }] : []
  })
}

/** What the archive says it holds unpacked, from the entries of its directory. */
function unpackedSize(file: Uint8Array): number {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  let size = 0
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && at + 46 <= bytes.length; ) {
    size += bytes.readUInt32LE(at + 24)
    at = bytes.indexOf('PK\x01\x02', at + 46, 'latin1')
  }
  return size
}
