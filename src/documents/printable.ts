import { onOneLine } from '../campaign/reading/trim.ts'

/** Every character that XML 1.0 cannot hold: control characters, halves of surrogate pairs and the two non-characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/**
 * A text as a paper can hold it. A soft line break (U+000B) and a page break (U+000C) become line ends, as word processors show them.
 * One character that XML does not allow would make the whole file unreadable.
 */
export const printable = (text: string): string =>
  text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').replace(unprintable, '')

/** A text as a paper can hold it, on one line. */
export const oneLine = (text: string): string => onOneLine(printable(text))
