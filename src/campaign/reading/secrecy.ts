/** Classification marks in what people send (decision 9). Words inside a sentence (“严守国家机密”) are no mark. */
import { normalize } from './names.ts'

const level = '(?:绝\\s*密|机\\s*密|秘\\s*密)'
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
const enclosed = brackets.map(([open, close]) => `\\${open}\\s*${level}\\s*\\${close}`).join('|')
const period = '(?:\\s*(?:长期|[\\d一二三四五六七八九十百]+\\s*(?:年|个?月|日|天)(?:半)?))?'

const marks = [
  new RegExp(`${level}\\s*★${period}`),
  new RegExp(`^\\s*(${level})\\s*(?:$|\\n)`),
  new RegExp(enclosed),
  /内部资料\s*[,、。:;!·—-]*\s*(?:请?\s*注意\s*保[存管]|严禁\s*外\s*传)/,
  /(?:^|\n)[^\S\n]*(内\s*部\s*资\s*料)[^\S\n]*(?=$|\n)/,
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
