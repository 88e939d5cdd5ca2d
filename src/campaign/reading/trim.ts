/**
 * A text without the characters that `is` matches at both ends. It goes character by character, because a pattern for the end of a text
 * would be tried from every mark in it.
 */
export function trimmedBy(text: string, is: RegExp): string {
  let from = 0
  while (from < text.length && is.test(text[from] ?? '')) from++
  return text.slice(from, endBy(text, is))
}
/** The place where the final run of characters matched by `is` begins. */
export function endBy(text: string, is: RegExp): number {
  let end = text.length
  while (end > 0 && is.test(text[end - 1] ?? '')) end--
  return end
}

/** The lines of a text on one line, with a blank between them. */
export const onOneLine = (text: string): string =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join(' ')
    : text
