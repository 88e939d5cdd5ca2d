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

const han = '[一二三四五六七八九十]{1,3}'
/** What may follow a number in words that names an entry: `三 …` `三已完成` `三答复 …`; no other word begins with it (一直). */
const behindNumeral = '(?=[\\s:：]|已|未|进行|完成|决定|答复|退回|撤销|$)'

const spoken = new RegExp(
  `(?:第\\s?(?<nth>[\\d０-９]{1,5}|${han})\\s?[号项条个]?|(?<digits>[\\d０-９]{1,5})(?![\\d０-９月日年.．])\\s?[号项条]?|(?<han>${han})(?:\\s?[号项条]|${behindNumeral}))`,
  'uy',
)
/** What begins with the number of an entry: `3` `③` `（3）` `第三项` `三已完成`. */
export const entryBegins = `(?:[\\d０-９①-⒛]|[（(]\\s?${count}\\s?[)）]|${han}(?:[项号、]|${behindNumeral})|第\\s?(?:[\\d０-９]{1,5}|${han})\\s?[号项条个])`

const behind = /[\s:：、,，]{0,6}/y

/** The number by which an entry is named before what is said of it: as in a list, or `3` `第3项` `3号` `三项`. */
export function entryNumberAt(text: string, at: number): { number: number; end: number } | undefined {
  spoken.lastIndex = at
  const found = spoken.exec(text)
  const said = (found?.groups?.['nth'] ?? found?.groups?.['digits'] ?? found?.groups?.['han'] ?? '').normalize('NFKC')
  const number = /^\d/.test(said) ? Number(said) : (wholeNumeral(said) ?? 0)
  const own = found && number > 0 ? { number, end: at + found[0].length } : undefined
  const entry = listNumberAt(text, at) ?? own
  if (!entry) return undefined
  behind.lastIndex = entry.end
  return { number: entry.number, end: entry.end + (behind.exec(text)?.[0].length ?? 0) }
}

const several =
  /^(?<numbers>(?:第?[\d０-９]{1,5}\s?[号项条]?\s?(?:[、,，和及]|以及)\s?){1,40}第?[\d０-９]{1,5}\s?[号项条]?)(?=[\s:：])(?!\s{0,4}[个次名人月日年])(?<rest>[^]*)$/u

/**
 * What one message says of several entries, apart: `6、9 已完成` is said of both, and each line for which `begins` holds begins another one.
 * Other lines belong to the one before.
 */
export function entriesApart(text: string, begins: (line: string) => boolean): string[] {
  const entries: string[] = []
  for (const line of text.split('\n'))
    if (entries.length > 0 && !begins(line.trim())) entries.push(`${entries.pop() ?? ''}\n${line}`)
    else entries.push(line)
  return entries.flatMap((entry) => {
    const { numbers, rest = '' } = several.exec(entry.trim())?.groups ?? {}
    const each = numbers?.match(/[\d０-９]{1,5}/gu)
    return each ? each.map((number) => `${number} ${rest.replace(/^[\s:：]+/u, '')}`) : [entry.trim()]
  })
}
