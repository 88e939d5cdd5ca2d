const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const digit = (n: number): string => numerals[n - 1] ?? ''

/** The Chinese numeral of a heading, from 一 to 九十九. */
export const numeral = (n: number): string =>
  n <= 10 ? digit(n) : `${n >= 20 ? digit(Math.floor(n / 10)) : ''}十${n % 10 ? digit(n % 10) : ''}`
