import { type IParagraphOptions, LineRuleType, Paragraph, type Table, TextRun } from 'docx'
import { advance, type Font, fonts, sizes } from './measures.ts'
import { oneLine } from './printable.ts'

/** What a page consists of. */
export type Block = Paragraph | Table

export const font = (name: Font) => ({ ascii: fonts[name], hAnsi: fonts[name], eastAsia: fonts[name], cs: fonts[name] })

/**
 * 28 characters of 16 pt are 2 mm wider than the line. They are set a hair closer instead of on a grid of characters: LibreOffice and
 * WPS give a character that is wider than its cell two cells.
 */
const closer = advance - (sizes.body / 2) * 20

/** Words in one font. Every text on its way into a paper comes through here. */
export const run = (text: string, name: Font, size: number): TextRun =>
  new TextRun({
    text: oneLine(text),
    font: font(name),
    size,
    ...(size === sizes.body ? { characterSpacing: closer } : {}),
  })

/** A paragraph with this pitch of its lines, in twips. */
export const paragraph = (runs: readonly TextRun[], pitch: number, options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    ...options,
    spacing: { ...options.spacing, line: Math.round(pitch), lineRule: LineRuleType.EXACT },
    children: [...runs],
  })
