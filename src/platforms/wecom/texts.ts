/** Longest content of a text message, in bytes of UTF-8: what is longer is cut by WeCom (P-90236). */
export const longestText = 2048

const bytes = (text: string): number => Buffer.byteLength(text)
/** Where a text is best cut: between lines, then behind sentences, then behind commas, and only then between characters. */
const seams: readonly ((text: string) => string[])[] = [
  (text) => text.split(/(?<=\n)/),
  (text) => text.split(/(?<=[。！？；!?;])(?![”’"」』）)])/),
  (text) => text.split(/(?<=[，、：, ])/),
  (text) => Array.from(new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment),
  (text) => Array.from(text),
]

/**
 * A text in pieces of at most `longest` bytes, in order. Joined they are the text, but for line breaks at the cuts. Characters stay
 * whole, and lines and sentences where they fit. A text of nothing but blanks gives no piece.
 */
export function splitText(text: string, longest = longestText): string[] {
  return packed(text, longest, 0)
    .map((piece) => piece.replace(/^\n+|\n+$/g, ''))
    .filter((piece) => piece.trim() !== '')
}

function packed(text: string, longest: number, level: number): string[] {
  const cut = seams[level]
  if (bytes(text) <= longest || !cut) return [text]
  const pieces: string[] = []
  let size = 0
  for (const part of cut(text)) {
    const length = bytes(part)
    if (size + length <= longest && pieces.length > 0) {
      pieces.push((pieces.pop() ?? '') + part)
      size += length
    } else {
      pieces.push(...packed(part, longest, level + 1))
      size = bytes(pieces.at(-1) ?? '')
    }
  }
  return pieces
}
