/** Its first characters, an ideograph or an emoji being one. */
export const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join('')
/** The same, with `…` where something was cut off. */
export const shortened = (text: string, most: number): string =>
  Array.from(text).length > most ? `${cut(text, most)}…` : text
