import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'

/** GB/T 9704-2012 as far as drafts need it: A4, a grid of 22 lines of 28 characters, 3号仿宋. Lengths in twips, sizes in half points. */

const twips = (mm: number): number => Math.round((mm / 25.4) * 1440)
const page = { width: twips(210), height: twips(297) }
const margin = { top: twips(37), left: twips(28), bottom: twips(35), right: twips(26) }
export const textWidth = page.width - margin.left - margin.right
/** 225 mm in 22 lines. */
const linePitch = Math.floor(twips(225) / 22)

const fonts = {
  title: '方正小标宋简体',
  heading: '黑体',
  subheading: '楷体_GB2312',
  body: '仿宋_GB2312',
  number: '宋体',
}
type Font = keyof typeof fonts
/** Tables are set in 小四, closer than the text. */
const tableLine = 330
const sizes = { title: 44, body: 32, table: 24, number: 28 }
const font = (name: Font) => ({ ascii: fonts[name], hAnsi: fonts[name], eastAsia: fonts[name], cs: fonts[name] })

export type Block = Paragraph | Table
const line = { line: linePitch, lineRule: LineRuleType.EXACT }

/**
 * 28 characters of 16 pt are 2 mm wider than the line. They are set a hair closer instead of on a grid of characters: LibreOffice and
 * WPS give a character that is wider than its cell two cells.
 */
const closer = Math.floor(textWidth / 28) - 320

const run = (text: string, name: Font, size: number): TextRun =>
  new TextRun({ text, font: font(name), size, ...(size === sizes.body ? { characterSpacing: closer } : {}) })

/** 2号小标宋, centred, an empty line below. */
export const title = (text: string): Block[] => [
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { line: linePitch * 1.25, lineRule: LineRuleType.EXACT, after: linePitch / 2 },
    children: [run(text, 'title', sizes.title)],
  }),
]
/** “附件1”, 3号黑体, top left of its page. */
export const attachment = (text: string): Block =>
  new Paragraph({ spacing: { ...line, after: linePitch / 2 }, children: [run(text, 'heading', sizes.body)] })
/** “一、”. Kept with what follows. */
export const heading = (text: string): Block =>
  new Paragraph({ spacing: line, keepNext: true, indent: indent(2), children: [run(text, 'heading', sizes.body)] })
/** “（一）”. */
export const subheading = (text: string): Block =>
  new Paragraph({ spacing: line, keepNext: true, indent: indent(2), children: [run(text, 'subheading', sizes.body)] })
/** Running text; every line of it a paragraph of its own, two characters in. */
export const body = (text: string): Block[] =>
  text
    .split('\n')
    .filter((one) => one.trim() !== '')
    .map((one) => new Paragraph({ spacing: line, indent: indent(2), children: [run(one.trim(), 'body', sizes.body)] }))
/** A line above or below a table, not indented. */
export const note = (text: string): Block =>
  new Paragraph({ spacing: { ...line, line: linePitch * 0.85 }, children: [run(text, 'body', 28)] })

const indent = (characters: number) => ({ firstLine: Math.round((textWidth / 28) * characters) })

export type Cell = string | { text: string; across?: number; down?: number; bold?: boolean; left?: boolean }
/** `widths`: shares of the line. The first `heads` rows are repeated on every page; no row is broken. */
export type TableContent = { widths: readonly number[]; heads: number; rows: readonly (readonly Cell[])[] }

const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const borders = { top: edge, bottom: edge, left: edge, right: edge }

export function table({ widths, heads, rows }: TableContent): Block {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  const columns = widths.map((width) => Math.round((textWidth * width) / whole))
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths: columns,
    layout: TableLayoutType.FIXED,
    rows: rows.map(
      (cells, i) =>
        new TableRow({
          cantSplit: true,
          tableHeader: i < heads,
          children: cells.map((cell) => tableCell(typeof cell === 'string' ? { text: cell } : cell, i < heads)),
        }),
    ),
  })
}

const tableCell = ({ text, across, down, left }: Exclude<Cell, string>, head: boolean): TableCell =>
  new TableCell({
    borders,
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(across ? { columnSpan: across } : {}),
    ...(down ? { rowSpan: down } : {}),
    children: text.split('\n').map(
      (one) =>
        new Paragraph({
          alignment: left ? AlignmentType.LEFT : AlignmentType.CENTER,
          spacing: { line: tableLine, lineRule: LineRuleType.EXACT },
          children: [run(one, head ? 'heading' : 'body', sizes.table)],
        }),
    ),
  })

const dashed = (alignment: (typeof AlignmentType)[keyof typeof AlignmentType], side: 'left' | 'right'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { [side]: Math.round(textWidth / 28) },
        children: [
          new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font('number'), size: sizes.number }),
        ],
      }),
    ],
  })

/** Parts that begin a new page each. Running text keeps the grid; tables have a measure of their own. */
export async function document(
  name: string,
  parts: readonly (readonly Block[])[],
  { grid = false } = {},
): Promise<{ name: string; data: Uint8Array }> {
  const section = (children: readonly Block[]): ISectionOptions => ({
    properties: {
      page: { size: page, margin: { ...margin, header: twips(15), footer: twips(25) } },
      grid: grid ? { type: DocumentGridType.LINES, linePitch } : { linePitch, type: DocumentGridType.DEFAULT },
    },
    footers: { default: dashed(AlignmentType.RIGHT, 'right'), even: dashed(AlignmentType.LEFT, 'left') },
    children: [...children],
  })
  const made = new Document({
    creator: '党建助手',
    title: name,
    evenAndOddHeaderAndFooters: true,
    // The grid counts from the size of the style of running text, which readers look up as Normal.
    styles: {
      default: { document: { run: { font: font('body'), size: sizes.body } } },
      paragraphStyles: [{ id: 'Normal', name: 'Normal', run: { font: font('body'), size: sizes.body } }],
    },
    sections: parts.map(section),
  })
  return { name: `${name}.docx`, data: new Uint8Array(await Packer.toBuffer(made)) }
}
