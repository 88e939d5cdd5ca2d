import { type IParagraphOptions, LineRuleType, Paragraph, type Table, TextRun } from 'docx'
import { advance, type Font, fonts, sizes } from './measures.ts'
import { oneLine } from './printable.ts'

/** A page is a list of blocks. */
export type Block = Paragraph | Table

export const font = (name: Font) => ({ ascii: fonts[name], hAnsi: fonts[name], eastAsia: fonts[name], cs: fonts[name] })

/**
 * 28 characters of 16 pt are 2 mm wider than the line. We set them a little closer and use no character grid, because LibreOffice and WPS
 * give two cells to a character that is wider than one.
 */
const closer = advance - (sizes.body / 2) * 20

/** Words in one font. Every text that goes into a paper passes through this function. */
export const run = (text: string, name: Font, size: number): TextRun =>
  new TextRun({
    text: oneLine(text),
    font: font(name),
    size,
    ...(size === sizes.body ? { characterSpacing: closer } : {}),
  })

/** A paragraph. `pitch` is the distance from line to line, in twips. */
export const paragraph = (runs: readonly TextRun[], pitch: number, options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    ...options,
    spacing: { ...options.spacing, line: Math.round(pitch), lineRule: LineRuleType.EXACT },
    children: [...runs],
  })
