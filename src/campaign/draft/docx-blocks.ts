import { unzip } from '../roster/unzip.ts'
import { attribute, type Tag, tagsOf } from '../roster/xml-tags.ts'

/**
 * The content of a Word file, in order. The rows of a table have all its columns; a cell that continues the one above or to the left is
 * empty.
 */
export type Block = { kind: 'paragraph'; text: string } | { kind: 'table'; rows: string[][] }

/** The file is not a Word document. */
export class NotADocument extends Error {
  override name = 'NotADocument'
}

const part = 'word/document.xml'
const largest = 50_000_000

/** Reads the paragraphs and tables of a Word file. Throws NotADocument. */
export function blocksOf(file: Uint8Array): Block[] {
  let xml: Uint8Array | undefined
  try {
    xml = unzip(file, largest, (name) => name === part)[part]
  } catch {
    throw new NotADocument('这不是 .docx 文件，请用 Word 另存为 .docx 后再试。')
  }
  if (!xml) throw new NotADocument('这个文件里没有正文，请用 Word 另存为 .docx 后再试。')
  const reading = new Reading()
  for (const tag of tagsOf(new TextDecoder().decode(xml))) reading.take(tag)
  return reading.blocks
}

/** Reads the XML. A table inside a table becomes text of its cell. */
class Reading {
  readonly blocks: Block[] = []
  #depth = 0
  #text = ''
  #cell: string[] = []
  #row: string[] = []
  #rows: string[][] = []
  #span = 1
  #goesOn = false

  take(tag: Tag): void {
    const { name, kind } = tag
    if (name === 'tbl') this.#table(kind)
    else if (name === 't' && kind === 'start') this.#text += tag.text()
    else if (name === 'tab' && kind === 'empty') this.#text += ' '
    else if (name === 'br' || name === 'cr') this.#text += '\n'
    else if (name === 'p' && kind !== 'start') this.#paragraph()
    else if (this.#depth === 1) this.#inTable(tag)
  }

  #table(kind: Tag['kind']): void {
    this.#depth += kind === 'start' ? 1 : -1
    if (this.#depth === 0) this.blocks.push({ kind: 'table', rows: this.#rows })
    if (this.#depth === 0 || kind === 'start') this.#rows = this.#depth > 1 ? this.#rows : []
  }

  #paragraph(): void {
    const text = this.#text.replace(/[\u00a0\u3000]/g, ' ').trim()
    this.#text = ''
    if (this.#depth > 0) this.#cell.push(text)
    else if (text) this.blocks.push({ kind: 'paragraph', text })
  }

  #inTable(tag: Tag): void {
    const { name, kind } = tag
    if (name === 'gridSpan') this.#span = Number(attribute(tag, 'val') ?? 1)
    if (name === 'vMerge') this.#goesOn = attribute(tag, 'val') !== 'restart'
    if (name === 'tc' && kind === 'end') {
      const text = this.#cell.filter(Boolean).join('\n')
      this.#row.push(this.#goesOn ? '' : text, ...Array.from({ length: Math.max(0, this.#span - 1) }, () => ''))
      this.#cell = []
      this.#span = 1
      this.#goesOn = false
    }
    if (name === 'tr' && kind === 'end') {
      this.#rows.push(this.#row)
      this.#row = []
    }
  }
}
