/** Classification marks in what people send (decision 9). Words inside a sentence (“严守国家机密”) are no mark. */
import { normalize } from './names.ts'

/** Blanks are counted: a pattern that takes any number of them would be tried from each of them. */
const blanks = '\\s{0,20}'
const level = `(?:绝${blanks}密|机${blanks}密|秘${blanks}密)`
const brackets = [
  ['(', ')'],
  ['[', ']'],
  ['【', '】'],
  ['〔', '〕'],
  ['〖', '〗'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
  ['<', '>'],
  ['{', '}'],
]
const enclosed = brackets.map(([open, close]) => `\\${open}${blanks}${level}${blanks}\\${close}`).join('|')
const period = `(?:${blanks}(?:长期|[\\d一二三四五六七八九十百]{1,6}${blanks}(?:年|个?月|日|天)(?:半)?))?`

const marks = [
  new RegExp(`${level}${blanks}★${period}`),
  new RegExp(`^\\s*(${level})\\s*(?:$|\\n)`),
  new RegExp(enclosed),
  /内部资料[\s,、。:;!·—-]{0,20}(?:请?\s{0,20}注意\s{0,20}保[存管]|严禁\s{0,20}外\s{0,20}传)/,
  /(?:^|\n)[^\S\n]{0,80}(内\s{0,20}部\s{0,20}资\s{0,20}料)[^\S\n]{0,80}(?=$|\n)/,
]

/** The mark as it was typed, without blanks and line breaks; undefined where there is none. */
export function classificationMark(text: string): string | undefined {
  const plain = normalize(text.replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').replace(/\r\n?/g, '\n'))
  for (const mark of marks) {
    const found = mark.exec(plain)
    if (found) return (found[1] ?? found[0]).replace(/\s/g, '')
  }
  return undefined
}
