/** The first `most` characters of a text. An ideograph or an emoji counts as one. */
export const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join('')
/** The first `most` characters of a text, with `…` if something was cut off. */
export const shortened = (text: string, most: number): string =>
  Array.from(text).length > most ? `${cut(text, most)}…` : text
