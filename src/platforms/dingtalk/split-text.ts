/** Public clients cut a text at 3,800 characters, and msgParam holds 15,000 bytes (dingtalk.md §3.4, §6.2). */
const mostCharacters = 3_800
const mostBytes = 14_000

const fits = (text: string): boolean =>
  Array.from(text).length <= mostCharacters && Buffer.byteLength(JSON.stringify(text)) <= mostBytes

/** Splits a text into pieces that DingTalk takes. It cuts between lines, and inside a line only if that line alone is too long. */
export function splitText(text: string): string[] {
  if (fits(text)) return [text]
  const pieces: string[] = []
  let piece: string | undefined
  for (const part of text.split('\n').flatMap(shortened)) {
    const longer: string = piece === undefined ? part : `${piece}\n${part}`
    if (fits(longer)) piece = longer
    else {
      if (piece !== undefined) pieces.push(piece)
      piece = part
    }
  }
  if (piece !== undefined) pieces.push(piece)
  return pieces.filter((one) => one.trim() !== '')
}

/** A line in parts of at most 2,000 characters. Even with six bytes for each character (`\u0001`) such a part fits. */
function shortened(line: string): string[] {
  if (fits(line)) return [line]
  const characters = Array.from(line)
  const parts = Math.ceil(characters.length / 2_000)
  return Array.from({ length: parts }, (_, i) => characters.slice(i * 2_000, (i + 1) * 2_000).join(''))
}
