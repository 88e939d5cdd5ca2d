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
 * The parts that papers are put together from, set as GB/T 9704-2012 wants it. A paper is a list of blocks a page:
 *
 *     document('5月汇总', [[...title('5月汇总'), ...chapters([{ heading: '情况', blocks: body('…') }])]])
 *
 * No seal, no number of a document, no signature is ever filled in: `signature` leaves their places empty (decision 10).
 */
const halfLine = Math.round(linePitch / 2)
const indent = { firstLine: advance * 2 }
/** A Latin letter or a digit is half as wide as a Chinese character. */
const widthOf = (text: string): number => Array.from(text).reduce((sum, char) => sum + (char < '\u0100' ? 0.5 : 1), 0)

/** 2号小标宋, centred. Two pieces stand on one line where they fit, else on one each: a title is broken by sense. */
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

/** “附件1”, 3号黑体, top left of its page. */
export const attachment = (text: string): Block[] =>
  text ? [paragraph([run(text, 'heading', sizes.body)], linePitch, { spacing: { after: halfLine } })] : []

/** Running text; every line of it a paragraph of its own, two characters in. */
export const body = (text: string): Block[] =>
  printable(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => paragraph([run(line.trim(), 'body', sizes.body)], linePitch, { indent }))

/** A heading with what stands below it. */
export type Part = { heading: string; blocks: readonly Block[] }

/** Numbered by their places, so that a part that is left out leaves no gap. A heading stays with what follows. */
const numbered =
  (name: Font, mark: (n: number) => string) =>
  (parts: readonly Part[]): Block[] =>
    parts.flatMap(({ heading, blocks }, i) => [
      paragraph([run(`${mark(i + 1)}${heading}`, name, sizes.body)], linePitch, { keepNext: true, indent }),
      ...blocks,
    ])

/** “一、”, 黑体. */
export const chapters = numbered('heading', (n) => `${numeral(n)}、`)
/** “（一）”, 楷体. */
export const sections = numbered('subheading', (n) => `（${numeral(n)}）`)
/** “1.”, 仿宋: a paragraph an entry. */
export const points = (texts: readonly string[]): Block[] => texts.flatMap((text, i) => body(`${i + 1}. ${text}`))

/** A line above or below a table, not indented, 四号. */
export const note = (text: string): Block => paragraph([run(text, 'body', sizes.note)], linePitch * 0.85)

/** Places for signatures and seals on one line, each with its rule: `党支部书记（签名）：＿＿＿＿`; those that end in `）` get none. */
export function signature(...places: readonly string[]): Block {
  const text = places.map((place) => (place.startsWith('（') ? place : `${place}：＿＿＿＿`)).join('　')
  const size = widthOf(text) * (sizes.table / 2) * 20 > textWidth ? sizes.dense : sizes.table
  return paragraph([run(text, 'body', size)], linePitch, { spacing: { before: halfLine } })
}

/** Who issues a paper and its date, at its end, four characters from the right; the place of the seal is left. */
export const signedOff = (unit: string, date: string): Block[] =>
  [unit, date].map((text, i) =>
    paragraph([run(text, 'body', sizes.body)], linePitch, {
      alignment: AlignmentType.RIGHT,
      indent: { right: advance * 4 },
      keepNext: i === 0,
      spacing: { before: i === 0 ? linePitch * 2 : 0 },
    }),
  )

/** “— 1 —”, 4号宋体, one character from the outer edge. */
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

/**
 * A Word file. `pages`: parts that begin a new page each. `grid`: running text keeps 22 lines a page; tables have a measure of their own.
 */
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
    // The grid counts from the size of the style of running text, which readers look up as Normal.
    styles: {
      default: { document: { run: { font: font('body'), size: sizes.body } } },
      paragraphStyles: [{ id: 'Normal', name: 'Normal', run: { font: font('body'), size: sizes.body } }],
    },
    sections: pages.map(section),
  })
  return { name: `${oneLine(name)}.docx`, data: new Uint8Array(await Packer.toBuffer(made)) }
}
