/**
 * Without what `is` takes at the end, and at the beginning. Character by character: a pattern for the end of a text would be tried from
 * every mark in it.
 */
export function trimmedBy(text: string, is: RegExp): string {
  let from = 0
  while (from < text.length && is.test(text[from] ?? '')) from++
  return text.slice(from, endBy(text, is))
}
/** Where the end begins that `is` takes. */
export function endBy(text: string, is: RegExp): number {
  let end = text.length
  while (end > 0 && is.test(text[end - 1] ?? '')) end--
  return end
}

/** Its lines one behind the other, with one blank between them. */
export const onOneLine = (text: string): string =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join(' ')
    : text
