import {
  AlignmentType,
  BorderStyle,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import { sizes, textWidth } from './measures.ts'
import { printable } from './printable.ts'
import { type Block, paragraph, run } from './setting.ts'

/**
 * `across` and `down` are the numbers of columns and rows that the cell spans. Text is centred unless `left` is set. `\n` breaks a line.
 */
export type Cell = string | { text: string; across?: number; down?: number; left?: boolean }
/**
 * `widths` are shares of the line. The first `heads` rows are repeated on every page, and no row is broken across pages. `dense` sets 五号
 * instead of 小四.
 * `together(row)` says whether a row (numbered from 0) stays on the same page as the next one.
 */
export type TableContent = {
  widths: readonly number[]
  heads: number
  rows: readonly (readonly Cell[])[]
  dense?: boolean
  together?: (row: number) => boolean
}

const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const borders = { top: edge, bottom: edge, left: edge, right: edge }
/** The distance from line to line, in twips. Tables are set closer than running text. */
const pitches = { table: 330, dense: 280 }
/** The space left and right of the words in a cell, in twips. */
const padding = 80

/** A table that fills the width of the line. */
export function table({ widths, heads, rows, dense = false, together = () => false }: TableContent): Block {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: widths.map((width) => Math.floor((textWidth * width) / whole)),
    layout: TableLayoutType.FIXED,
    rows: rows.map(
      (cells, i) =>
        new TableRow({
          cantSplit: true,
          tableHeader: i < heads,
          children: cells.map((cell) =>
            tableCell(typeof cell === 'string' ? { text: cell } : cell, {
              head: i < heads,
              size: dense ? 'dense' : 'table',
              keepNext: together(i),
            }),
          ),
        }),
    ),
  })
}

type Look = { head: boolean; size: keyof typeof pitches; keepNext: boolean }

const tableCell = ({ text, across, down, left }: Exclude<Cell, string>, look: Look): TableCell =>
  new TableCell({
    borders,
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: padding / 2, bottom: padding / 2, left: padding, right: padding },
    ...(across ? { columnSpan: across } : {}),
    ...(down ? { rowSpan: down } : {}),
    children: printable(text)
      .split('\n')
      .map((line) => cellLine(line, left === true, look)),
  })

const cellLine = (line: string, left: boolean, { head, size, keepNext }: Look): Paragraph =>
  paragraph([run(line, head ? 'heading' : 'body', sizes[size])], pitches[size], {
    alignment: left ? AlignmentType.LEFT : AlignmentType.CENTER,
    keepNext,
  })
