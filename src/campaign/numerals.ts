/** Numbers as people write them in Chinese: 五, 十五, 四点五, 四分半, 壹. */

const digits: { readonly [char: string]: number } = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}
const digit = '零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖'
const ten = '十拾'

/** The characters of a Chinese number, for a character class in a pattern. */
export const numeralChars = `${digit}${ten}`

const whole = new RegExp(`^(?:([${digit}])|(?:([${digit}])?[${ten}]([${digit}])?))$`)
const part = new RegExp(`([${digit}${ten}])(?:点([${digit}]))?`, 'g')
const parts = new RegExp(`^(?:[${digit}${ten}](?:点[${digit}])?)+$`)

const valueOf = (char: string): number => digits[char] ?? 10

/** A whole number: `十五` → 15, `五` → 5. Undefined if the characters are not one whole number (`五五`, ``). */
export function wholeNumeral(text: string): number | undefined {
  const found = whole.exec(text)
  if (!found) return undefined
  const [, single, tens, ones] = found
  if (single !== undefined) return valueOf(single)
  return (tens === undefined ? 1 : valueOf(tens)) * 10 + (ones === undefined ? 0 : valueOf(ones))
}

/** A number with an optional decimal part: `四点五` → 4.5, `十五` → 15. */
export function numeral(text: string): number | undefined {
  const [before = '', after, ...more] = text.split('点')
  const ones = wholeNumeral(before)
  if (after === undefined || ones === undefined) return ones
  const tenths = more.length === 0 && after.length === 1 ? digits[after] : undefined
  return tenths === undefined ? undefined : ones + tenths / 10
}

/** Numbers read one character at a time: `五五四点五十` → 5 5 4.5 10. Undefined if there is any other character. */
export function numeralsOneByOne(text: string): number[] | undefined {
  if (!parts.test(text)) return undefined
  return [...text.matchAll(part)].map(
    ([, ones = '', tenths]) => valueOf(ones) + (tenths === undefined ? 0 : valueOf(tenths) / 10),
  )
}

const anyNumber = new RegExp(`第?(\\d+|[${numeralChars}]+)`, 'g')
/** A name with digits for numerals and without 第 before them, so that `第一`, `第1` and `一` are the same. */
export const numeralsAsDigits = (text: string): string =>
  text.replace(anyNumber, (all, number: string) => (/\d/.test(number) ? number : String(wholeNumeral(number) ?? all)))
