/** The longest content of a text message, in bytes of UTF-8. WeCom cuts a longer one (P-90236). */
export const longestText = 2048

/** The best places to cut a text: between lines, then after sentences, then after commas. */
const seams = [/(?<=\n)/, /(?<=[。！？；!?;][”’"」』）)]{0,3})(?![”’"」』）)])/, /(?<=[，、：, ])/]
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/**
 * Splits a text into pieces of at most `longest` bytes, in order. Joined, they give the text again, except for line breaks at the cuts.
 * Characters stay whole, and so do lines and sentences if they fit. A blank text gives no piece.
 */
export function splitText(text: string, longest = longestText): string[] {
  return packed(text, longest, 0)
    .map(withoutEmptyEdges)
    .filter((piece) => piece.trim() !== '')
}

/** Uses a loop at the end, because a pattern would be tried from every line break (quadratic time). */
function withoutEmptyEdges(piece: string): string {
  let end = piece.length
  while (piece[end - 1] === '\n') end--
  return piece.slice(0, end).replace(/^\n+/, '')
}

/** Packs the parts between the seams of this level, as many into each piece as fit. A part that is too long is cut at the next level. */
function packed(text: string, longest: number, level: number): string[] {
  if (Buffer.byteLength(text) <= longest) return [text]
  const seam = seams[level]
  if (!seam) return betweenCharacters(text, longest)
  const pieces: string[] = []
  let size = 0
  for (const part of text.split(seam)) {
    const length = Buffer.byteLength(part)
    if (pieces.length > 0 && size + length <= longest) {
      pieces.push((pieces.pop() ?? '') + part)
      size += length
    } else {
      pieces.push(...packed(part, longest, level + 1))
      size = Buffer.byteLength(pieces.at(-1) ?? '')
    }
  }
  return pieces
}

/** A sequence that people read as one character (an emoji of several code points) stays whole, unless it alone is too long. */
function betweenCharacters(text: string, longest: number): string[] {
  const characters = graphemes.segment(text)
  const pieces: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = endWithin(text, start, longest)
    const whole = characters.containing(end)?.index ?? end
    const at = whole > start ? whole : end
    pieces.push(text.slice(start, at))
    start = at
  }
  return pieces
}

/** The position after the last code point that still fits; at least one code point is taken. */
function endWithin(text: string, start: number, longest: number): number {
  let at = start
  for (let size = 0; at < text.length; ) {
    const point = String.fromCodePoint(text.codePointAt(at) ?? 0)
    size += Buffer.byteLength(point)
    if (size > longest && at > start) break
    at += point.length
  }
  return at
}
