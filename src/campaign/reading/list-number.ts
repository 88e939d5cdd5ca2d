/** The number that people put before an entry of a list: `1.` `1、` `1．` `１）` `（1）` `①` `⒈` `一、` `（一）` `㈠`. */
import { wholeNumeral } from '../numerals.ts'

const count = '(?:[\\d０-９]{1,2}|[一二三四五六七八九十]{1,3})'
/** After a point, digits are the rest of a number or of a date, unless they begin a date of their own (`1.4月12日`, `1.4.12`). */
const afterPoint = '(?![\\d０-９])|(?=\\d{1,2}月|\\d{4}年|\\d{1,2}[./]\\d{1,2}(?!\\d))'
/** `二、三月` are months. */
const notMonths = '(?![一二三四五六七八九十]{1,2}(?:月|季))'

/** Its pattern, without the blanks around it. */
export const listNumber = `(?:[（(]\\s?${count}\\s?[)）][.、]?|${count}(?:[)）]|、${notMonths}|[.．](?:${afterPoint}))|[①-⒛㈠-㈩])`

const atPlace = new RegExp(`${listNumber}\\s{0,4}`, 'uy')

/** The number of a list at a place of a text, and the end of its mark with the blanks after it. */
export function listNumberAt(text: string, at: number): { number: number; end: number } | undefined {
  atPlace.lastIndex = at
  const [mark] = atPlace.exec(text) ?? []
  if (mark === undefined) return undefined
  const said = mark.normalize('NFKC').replace(/[^\d一二三四五六七八九十]/gu, '')
  const number = /^\d/.test(said) ? Number(said) : (wholeNumeral(said) ?? 0)
  return number > 0 ? { number, end: at + mark.length } : undefined
}
