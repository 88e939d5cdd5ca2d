import { isPair, isScalar, isSeq, parseDocument, visit } from 'yaml'

/** The mark after a quotation that comes from an older plan and was not compared with the new one. */
export const unchecked = '# 待核对'

/** The fields that quote the plan. They are the plan's own words, which no program may rewrite. */
const quoting: readonly unknown[] = ['words', 'source', 'document']

/** `place` is its path in the file (`bands[0].words`). `line` is the line at whose end a mark stands, counted from 0. */
export type Quotation = { place: string; value: string; line: number; marked: boolean }

/** All quotations of a campaign file, in order. */
export function quotationsOf(text: string): Quotation[] {
  const lines = text.split('\n')
  const found: Quotation[] = []
  visit(parseDocument(text), {
    Pair(_, { key, value }, path) {
      const name = isScalar(key) ? key.value : undefined
      if (!quoting.includes(name) || !isScalar(value) || !value.range) return
      // A text in a block begins below its head. A mark inside the block would become part of the text.
      const isBlock = value.type === 'BLOCK_FOLDED' || value.type === 'BLOCK_LITERAL'
      const [from, to] = value.range
      const line = text.slice(0, isBlock ? from : to).split('\n').length - 1
      const marked = lines[line]?.includes(unchecked) ?? false
      found.push({ place: placeOf([...path], name), value: String(value.value), line, marked })
    },
  })
  return found
}

function placeOf(path: readonly unknown[], name: unknown): string {
  const steps = path.map((node, i) => {
    const next = path[i + 1]
    if (isSeq(node)) return `[${node.items.findIndex((item) => item === next)}]`
    if (isPair(node) && isScalar(node.key)) return `.${String(node.key.value)}`
    return ''
  })
  return `${steps.join('')}.${String(name)}`.slice(1)
}

/** The text with a mark at every quotation. */
export function marked(text: string): string {
  const places = new Set(quotationsOf(text).flatMap((one) => (one.marked ? [] : [one.line])))
  return text
    .split('\n')
    .map((line, i) => (places.has(i) ? `${line.trimEnd()}  ${unchecked}` : line))
    .join('\n')
}
