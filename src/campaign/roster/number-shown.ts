/** Formats without an entry of their own (ECMA-376, 18.8.30): General, 0 and text. */
const builtIn = new Map([
  [0, 'General'],
  [1, '0'],
  [49, '@'],
])

/** The code of a number format. Undefined for formats that change the visible text (dates, money, percent). */
export const formatCode = (id: number, own: ReadonlyMap<number, string>): string | undefined =>
  own.get(id) ?? builtIn.get(id)

/** A spreadsheet keeps fifteen digits. */
const mostDigits = 15

/** A number as its cell shows it, or undefined if that is uncertain. `digits` are as in the file. */
export function numberShown(digits: string, format: string | undefined): string | undefined {
  if (format === undefined || digits === '') return undefined
  const plain = plainOf(digits)
  if (plain === undefined) return undefined
  // The section for positive numbers, without colours, spacing and quotation marks.
  const [code = ''] = format.replace(/\[[^[\]]*\]|_.|\\ |"/g, '').split(';')
  if (/^(?:General|@|#?)$/i.test(code.trim())) return plain
  const isWhole = /^\d+$/.test(plain)
  return isWhole && /^0+$/.test(code.trim()) ? plain.padStart(code.trim().length, '0') : undefined
}

/** The number without an exponent and without the seventeenth digit that files keep, or undefined if digits were cut off. */
function plainOf(digits: string): string | undefined {
  const plain = String(Number(digits))
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) return undefined
  return plain.replace(/\D/g, '').replace(/^0+/, '').length <= mostDigits ? plain : undefined
}
