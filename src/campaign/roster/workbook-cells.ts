import { formatCode, numberShown } from './number-shown.ts'
import { TooLarge, unzip } from './unzip.ts'
import { attribute, type Tag, tagsOf } from './xml-tags.ts'

/** The visible content of a cell. `unread`: nobody can say what it is (a date, an error of a formula, digits that were cut off). */
export type ShownCell = { text: string } | { unread: true }
/** A row with content, with the spreadsheet's number. Its cells are by column, from 0. Formatting is no content. */
export type ShownRow = { number: number; cells: Map<number, ShownCell> }

const largestUnpacked = 64 * 1024 * 1024
const mostRows = 1_048_576
const mostColumns = 16_384
/** The most cells that are filled from merged ones. */
const mostFilled = 1_000_000

/** The rows of the wanted sheets, by sheet name. Throws if the file is no workbook, and TooLarge if it holds too much. */
export function readCells(file: Uint8Array, wanted: (sheet: string) => boolean): { [sheet: string]: ShownRow[] } {
  const parts = unzip(file, largestUnpacked, (name) => /\.(?:xml|rels)$/.test(name))
  const part = (name: string): string => new TextDecoder().decode(parts[name])
  if (!parts['xl/workbook.xml']) throw new TypeError('no workbook')
  const targets = new Map<string, string>()
  for (const tag of tagsOf(part('xl/_rels/workbook.xml.rels')))
    if (tag.name === 'Relationship') targets.set(attribute(tag, 'Id') ?? '', attribute(tag, 'Target') ?? '')
  const strings = sharedStrings(part('xl/sharedStrings.xml'))
  const formats = cellFormats(part('xl/styles.xml'))
  const sheets: { [sheet: string]: ShownRow[] } = {}
  for (const tag of tagsOf(part('xl/workbook.xml'))) {
    const name = (attribute(tag, 'name') ?? '').trim()
    if (tag.name !== 'sheet' || !wanted(name)) continue
    const target = targets.get(attribute(tag, 'id') ?? '')?.replace(/^(?:\/xl\/)?/, 'xl/') ?? ''
    if (!parts[target]) throw new TypeError('a sheet is missing')
    sheets[name] = new SheetReader(strings, formats).read(part(target))
  }
  return sheets
}

/** Joins the pieces of an entry's text. Phonetic readings above the text (rPh) are left out. */
class Pieces {
  text = ''
  #inReading = false

  take(tag: Tag): void {
    if (tag.name === 'rPh') this.#inReading = tag.kind === 'start'
    else if (tag.name === 't' && tag.kind === 'start' && !this.#inReading) this.text += tag.text()
  }
}

function sharedStrings(xml: string): string[] {
  const strings: string[] = []
  let entry = new Pieces()
  for (const tag of tagsOf(xml)) {
    if (tag.name !== 'si') entry.take(tag)
    else if (tag.kind === 'start') entry = new Pieces()
    else strings.push(tag.kind === 'empty' ? '' : entry.text)
  }
  return strings
}

/** The number format's code of each cell style, by the style's place. */
function cellFormats(xml: string): (string | undefined)[] {
  const own = new Map<number, string>()
  const formats: (string | undefined)[] = []
  let isOfCells = false
  for (const tag of tagsOf(xml)) {
    if (tag.name === 'numFmt') own.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '')
    if (tag.name === 'cellXfs') isOfCells = tag.kind === 'start'
    if (isOfCells && tag.name === 'xf' && tag.kind !== 'end')
      formats.push(formatCode(Number(attribute(tag, 'numFmtId') ?? 0), own))
  }
  return formats
}

/** The column of an address: `AB12` → 27; -1 if there are no letters. */
const columnOf = (address: string): number =>
  Array.from(/^[A-Z]*/i.exec(address)?.[0].toUpperCase() ?? '').reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  ) - 1
/** At most seven digits, because a sheet has 1,048,576 rows. */
const rowOf = (address: string): number => Number(/\d{1,7}$/.exec(address)?.[0])

type OpenCell = { column: number; type: string; style: number; value: string; hasFormula: boolean; pieces: Pieces }

/** Reads one sheet. A row or cell without an address follows the one before it. */
class SheetReader {
  readonly #strings: readonly string[]
  readonly #formats: readonly (string | undefined)[]
  readonly #rows: ShownRow[] = []
  #row: ShownRow = { number: 0, cells: new Map() }
  #column = -1
  #cell: OpenCell | undefined
  readonly #merged: string[] = []

  constructor(strings: readonly string[], formats: readonly (string | undefined)[]) {
    this.#strings = strings
    this.#formats = formats
  }

  read(xml: string): ShownRow[] {
    for (const tag of tagsOf(xml)) this.#take(tag)
    this.#endRow()
    this.#fillMerged()
    return this.#rows
  }

  #take(tag: Tag): void {
    if (tag.name === 'row' && tag.kind !== 'end') this.#beginRow(tag)
    else if (tag.name === 'c') this.#takeCell(tag)
    else if (tag.name === 'mergeCell') this.#merged.push(attribute(tag, 'ref') ?? '')
    else if (this.#cell) this.#takeInside(tag, this.#cell)
  }

  #beginRow(tag: Tag): void {
    this.#endRow()
    const said = attribute(tag, 'r')
    const number = said === undefined ? this.#row.number + 1 : Number(said)
    if (!(number >= 1 && number <= mostRows)) throw new TooLarge()
    this.#row = { number, cells: new Map() }
    this.#column = -1
  }

  #endRow(): void {
    if (this.#row.cells.size > 0) this.#rows.push(this.#row)
  }

  #takeCell(tag: Tag): void {
    if (tag.kind === 'end') return this.#endCell()
    const said = attribute(tag, 'r')
    this.#column = said === undefined ? this.#column + 1 : columnOf(said)
    if (!(this.#column >= 0 && this.#column < mostColumns)) throw new TooLarge()
    if (tag.kind === 'empty') return
    this.#cell = {
      column: this.#column,
      type: attribute(tag, 't') ?? 'n',
      style: Number(attribute(tag, 's') ?? 0),
      value: '',
      hasFormula: false,
      pieces: new Pieces(),
    }
  }

  #takeInside(tag: Tag, cell: OpenCell): void {
    if (tag.name === 'v' && tag.kind === 'start') cell.value = tag.text()
    else if (tag.name === 'f') cell.hasFormula = true
    else cell.pieces.take(tag)
  }

  #endCell(): void {
    const { column } = this.#cell ?? {}
    const shown = this.#cell && this.#shown(this.#cell)
    this.#cell = undefined
    if (column === undefined || !shown || ('text' in shown && shown.text.trim() === '')) return
    this.#row.cells.set(column, shown)
  }

  #shown({ type, style, value, hasFormula, pieces }: OpenCell): ShownCell {
    const text = ((): string | undefined => {
      if (type === 'inlineStr') return pieces.text
      if (type === 's') return this.#strings[Number(value)]
      if (type === 'str') return /^#[A-Z/0]+[!?]?$/.test(value) ? undefined : value
      if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
      if (type !== 'n') return undefined
      // A formula that was never calculated has no known value.
      return value === '' ? (hasFormula ? undefined : '') : numberShown(value, this.#formats[style] ?? formatOf(style))
    })()
    return text === undefined ? { unread: true } : { text: text.replace(escaped, unescaped) }
  }

  /** A merged cell's content is repeated in each of its places, if the row has other content. */
  #fillMerged(): void {
    const byNumber = new Map(this.#rows.map((row) => [row.number, row]))
    let filled = 0
    for (const range of this.#merged) {
      const [from = '', to = ''] = range.split(':')
      const shown = byNumber.get(rowOf(from))?.cells.get(columnOf(from))
      if (!shown) continue
      const last = Math.min(columnOf(to), mostColumns - 1)
      for (const row of this.#rows) {
        if (++filled > mostFilled) throw new TooLarge()
        if (row.number < rowOf(from) || row.number > rowOf(to)) continue
        for (let column = columnOf(from); column <= last; column++) {
          if (++filled > mostFilled) throw new TooLarge()
          row.cells.set(column, shown)
        }
      }
    }
  }
}

/** Without styles every number is shown as it is. */
const formatOf = (style: number): string | undefined => (style === 0 ? 'General' : undefined)
const escaped = /_x([0-9A-F]{4})_/gi
const unescaped = (_: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16))
