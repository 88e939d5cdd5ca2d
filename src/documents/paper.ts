import {
  AlignmentType,
  Document,
  DocumentGridType,
  Footer,
  type ISectionOptions,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx'
import { numeral } from './chinese-number.ts'
import { advance, type Font, linePitch, margin, page, sizes, textWidth } from './measures.ts'
import { oneLine, printable } from './printable.ts'
import { type Block, font, paragraph, run } from './setting.ts'

export { type Cell, table } from './paper-table.ts'
export type { Block }

/**
 * The parts of a paper, set as GB/T 9704-2012 demands. A paper is a list of pages, and a page is a list of blocks:
 *     document('5月汇总', [[...title('5月汇总'), ...chapters([{ heading: '情况', blocks: body('…') }])]])
 * The program never fills in a seal, a document number or a signature: `signature` leaves their places empty (decision 10).
 */
const halfLine = Math.round(linePitch / 2)
const indent = { firstLine: advance * 2 }
/** A Latin letter or a digit is half as wide as a Chinese character. */
const widthOf = (text: string): number => Array.from(text).reduce((sum, char) => sum + (char < '\u0100' ? 0.5 : 1), 0)

/** The title in 2号小标宋, centred. Two pieces share one line if they fit; otherwise each gets its own, so that a title breaks by sense. */
export function title(...pieces: readonly string[]): Block[] {
  const whole = pieces.join('')
  const lines = widthOf(whole) * (sizes.title / 2) * 20 > textWidth ? pieces : [whole]
  return lines.map((line, i) =>
    paragraph([run(line, 'title', sizes.title)], linePitch * 1.25, {
      alignment: AlignmentType.CENTER,
      keepNext: true,
      spacing: { after: i === lines.length - 1 ? halfLine : 0 },
    }),
  )
}

/** The mark “附件1” in 3号黑体, at the top left of its page. */
export const attachment = (text: string): Block[] =>
  text ? [paragraph([run(text, 'heading', sizes.body)], linePitch, { spacing: { after: halfLine } })] : []

/** Running text. Each line becomes a paragraph, indented by two characters. */
export const body = (text: string): Block[] =>
  printable(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => paragraph([run(line.trim(), 'body', sizes.body)], linePitch, { indent }))

/** A heading and the blocks below it. */
export type Part = { heading: string; blocks: readonly Block[] }

/** Numbers the parts by their place, so that a missing part leaves no gap. A heading stays on the page of the text after it. */
const numbered =
  (name: Font, mark: (n: number) => string) =>
  (parts: readonly Part[]): Block[] =>
    parts.flatMap(({ heading, blocks }, i) => [
      paragraph([run(`${mark(i + 1)}${heading}`, name, sizes.body)], linePitch, { keepNext: true, indent }),
      ...blocks,
    ])

/** Parts with headings “一、”, in 黑体. */
export const chapters = numbered('heading', (n) => `${numeral(n)}、`)
/** Parts with headings “（一）”, in 楷体. */
export const sections = numbered('subheading', (n) => `（${numeral(n)}）`)
/** Paragraphs numbered “1.”, in 仿宋. */
export const points = (texts: readonly string[]): Block[] => texts.flatMap((text, i) => body(`${i + 1}. ${text}`))

/** A line above or below a table, in 四号, not indented. */
export const note = (text: string): Block => paragraph([run(text, 'body', sizes.note)], linePitch * 0.85)

/** Places for signatures and seals on one line, each followed by a rule: `党支部书记（签名）：＿＿＿＿`. A place that ends in `）` gets no rule. */
export function signature(...places: readonly string[]): Block {
  const text = places.map((place) => (place.startsWith('（') ? place : `${place}：＿＿＿＿`)).join('　')
  const size = widthOf(text) * (sizes.table / 2) * 20 > textWidth ? sizes.dense : sizes.table
  return paragraph([run(text, 'body', size)], linePitch, { spacing: { before: halfLine } })
}

/** The unit that issues a paper and the date, at its end, four characters from the right. The place of the seal stays empty. */
export const signedOff = (unit: string, date: string): Block[] =>
  [unit, date].map((text, i) =>
    paragraph([run(text, 'body', sizes.body)], linePitch, {
      alignment: AlignmentType.RIGHT,
      indent: { right: advance * 4 },
      keepNext: i === 0,
      spacing: { before: i === 0 ? linePitch * 2 : 0 },
    }),
  )

/** The page number “— 1 —” in 4号宋体, one character from the outer edge. */
const pageNumber = (side: 'left' | 'right'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: side === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT,
        indent: { [side]: advance },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font('number'), size: sizes.note })],
      }),
    ],
  })

/** A Word file. Each entry of `pages` begins a new page. `grid` sets running text at 22 lines a page; tables have their own line pitch. */
export async function document(
  name: string,
  pages: readonly (readonly Block[])[],
  { grid = false } = {},
): Promise<{ name: string; data: Uint8Array }> {
  const section = (children: readonly Block[]): ISectionOptions => ({
    properties: {
      page: { size: page, margin },
      grid: { type: grid ? DocumentGridType.LINES : DocumentGridType.DEFAULT, linePitch },
    },
    footers: { default: pageNumber('right'), even: pageNumber('left') },
    children: [...children],
  })
  const made = new Document({
    creator: '党建助手',
    title: oneLine(name),
    evenAndOddHeaderAndFooters: true,
    // Word reckons the grid from the font size of the style of running text. Readers look that style up as Normal.
    styles: {
      default: { document: { run: { font: font('body'), size: sizes.body } } },
      paragraphStyles: [{ id: 'Normal', name: 'Normal', run: { font: font('body'), size: sizes.body } }],
    },
    sections: pages.map(section),
  })
  return { name: `${oneLine(name)}.docx`, data: new Uint8Array(await Packer.toBuffer(made)) }
}
