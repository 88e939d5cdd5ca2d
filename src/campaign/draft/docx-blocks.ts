import { unzip } from '../roster/unzip.ts'
import { attribute, type Tag, tagsOf } from '../roster/xml-tags.ts'

/**
 * The content of a Word file, in order. The rows of a table have all its columns; a cell that continues the one above or to the left is
 * empty. A table broken over two pages is one. Full-width digits are plain ones, and of a list that Word numbers in a cell each point begins
 * with its number.
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
  return joined(reading.blocks)
}

type Table = Extract<Block, { kind: 'table' }>
const headOf = ({ rows: [head = []] }: Table): string => head.join('\t').replace(/\s/g, '')

const title = /^(?:序号|类别|备注|得分|.{0,4}(?:项目|内容|任务|要求|时限|期限|责任人|分值|标准|标准分|指标))$/
/** Whether the first row of a table is a head: at least two of its cells are titles of columns. */
const hasHead = ({ rows: [head = []] }: Table): boolean =>
  head.filter((cell) => title.test(cell.replace(/\s/g, ''))).length > 1

const goesOn = (before: Table, next: Table): boolean =>
  before.rows[0]?.length === next.rows[0]?.length && (headOf(before) === headOf(next) || !hasHead(next))

/** Tables with nothing between them are one, if they have as many columns and no different heads. The head stands once. */
function joined(blocks: readonly Block[]): Block[] {
  const whole: Block[] = []
  for (const block of blocks) {
    const before = whole.at(-1)
    if (block.kind === 'table' && before?.kind === 'table' && goesOn(before, block))
      before.rows.push(...block.rows.slice(headOf(block) === headOf(before) ? 1 : 0))
    else whole.push(block.kind === 'table' ? { ...block, rows: [...block.rows] } : block)
  }
  return whole
}

/** Full-width digits, percent signs and blanks as plain ones. */
const narrowed = (text: string): string =>
  text
    .replace(/[０-９％]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u00a0\u3000]/g, ' ')
    .trim()

/** Reads the XML. A table inside a table becomes text of its cell. */
class Reading {
  readonly blocks: Block[] = []
  #depth = 0
  #text = ''
  #cell: { text: string; isNumbered: boolean }[] = []
  #isNumbered = false
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
    else if (name === 'numPr') this.#isNumbered = true
    else if (name === 'p' && kind !== 'start') this.#paragraph()
    else if (this.#depth === 1) this.#inTable(tag)
  }

  #table(kind: Tag['kind']): void {
    this.#depth += kind === 'start' ? 1 : -1
    if (this.#depth === 0) this.blocks.push({ kind: 'table', rows: this.#rows })
    if (this.#depth === 0 || kind === 'start') this.#rows = this.#depth > 1 ? this.#rows : []
  }

  #paragraph(): void {
    const text = narrowed(this.#text)
    if (this.#depth > 0 && text) this.#cell.push({ text, isNumbered: this.#isNumbered })
    else if (text) this.blocks.push({ kind: 'paragraph', text })
    this.#text = ''
    this.#isNumbered = false
  }

  /** Word's numbers are in no text: only those of several points are given, a single one is the row's. */
  #cellText(): string {
    const isList = this.#cell.filter(({ isNumbered }) => isNumbered).length > 1
    let number = 0
    return this.#cell.map(({ text, isNumbered }) => (isList && isNumbered ? `${++number}. ${text}` : text)).join('\n')
  }

  #inTable(tag: Tag): void {
    const { name, kind } = tag
    if (name === 'gridSpan') this.#span = Number(attribute(tag, 'val') ?? 1)
    if (name === 'vMerge') this.#goesOn = attribute(tag, 'val') !== 'restart'
    if (name === 'tc' && kind === 'end') {
      const text = this.#cellText()
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
