/** A value read in a plan. `isSure` is false if a person should check it. */
export type Found<T> = { value: T; isSure: boolean }

export const sure = <T>(value: T): Found<T> => ({ value, isSure: true })
export const unsure = <T>(value: T): Found<T> => ({ value, isSure: false })

/** A text without the number or numbering mark before it. */
export const withoutNumber = (text: string): string =>
  text.replace(
    /^\s*(?:附[件：:]?\s*)?(?:\d{1,2}|[（(][\d一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3})\s*[.．、:：]?\s*/,
    '',
  )

/** A text as one line, without blanks between Chinese characters. */
export const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\u0080-\uffff]) (?=[\u0080-\uffff])/g, '')
    .trim()

export const sentencesIn = (text: string): string[] =>
  text
    .split(/(?<=[。；;\n])/)
    .map((one) => plain(one))
    .filter(Boolean)
