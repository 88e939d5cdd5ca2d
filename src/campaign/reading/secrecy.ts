/** Finds classification marks in what people send (decision 9). Words inside a sentence (“严守国家机密”) are no mark. */
import { normalize } from '../roster/names.ts'

/** The text has no blanks here. A cell of a table may break a mark over lines. */
const level = '(?:绝\\n{0,2}密|机\\n{0,2}密|秘\\n{0,2}密)'
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
const enclosed = brackets.map(([open, close]) => `\\${open}\\n{0,2}${level}\\n{0,2}\\${close}`).join('|')
const period = '(?:\\n{0,2}(?:长期|[\\d一二三四五六七八九十百]{1,6}(?:年|个?月|日|天)(?:半)?))?'

const marks = [
  new RegExp(`${level}\\n{0,2}★${period}`),
  new RegExp(`^\\n*(${level})(?:$|\\n)`),
  new RegExp(enclosed),
  /内部资料[\n,、。:;!·—-]{0,8}(?:请?\n{0,2}注意\n{0,2}保[存管]|严禁\n{0,2}外\n{0,2}传)/,
  /(?:^|\n)(内\n{0,2}部\n{0,2}资\n{0,2}料)(?=$|\n)/,
]

/** The mark as typed, without blanks and line breaks, or undefined if there is none. */
export function classificationMark(text: string): string | undefined {
  const plain = normalize(text.replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').replace(/\r\n?/g, '\n')).replaceAll(' ', '')
  for (const mark of marks) {
    const found = mark.exec(plain)
    if (found) return (found[1] ?? found[0]).replace(/\s/g, '')
  }
  return undefined
}
