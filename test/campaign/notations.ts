import fc from 'fast-check'
import { itemsOf, type Rubric, type Scores, totalOf } from '../../src/campaign/scores/rubric.ts'

/** Every list of scores that the rubric allows, and the ways in which people write one. */
export const scoresOf = (rubric: Rubric): fc.Arbitrary<number[]> =>
  fc.tuple(
    ...itemsOf(rubric).map(({ points }) =>
      fc
        .integer({ min: 0, max: Math.round(points / rubric.step) })
        .map((steps) => Number((steps * rubric.step).toFixed(2))),
    ),
  )
export const separators = fc.constantFrom(' ', ',', '，', '、', '；', ';', '\n', '\t', '　', '， ', ' , ')

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
const chinese = (value: number): string => {
  const digits = '零一二三四五六七八九'
  const whole = Math.floor(value)
  const ones = digits[whole % 10] ?? ''
  const before =
    whole < 10 ? ones : `${whole < 20 ? '' : digits[Math.floor(whole / 10)]}十${whole % 10 === 0 ? '' : ones}`
  return value === whole ? before : `${before}点${digits[Math.round((value - whole) * 10)]}`
}
const bySection = (scores: Scores, rubric: Rubric): { name: string; scores: number[] }[] => {
  let at = 0
  return rubric.sections.map(({ name, items }) => ({ name, scores: scores.slice(at, (at += items.length)) }))
}
const exceptions = (
  scores: Scores,
  rubric: Rubric,
  write: (item: number, score: number, lost: number) => string,
): string[] =>
  itemsOf(rubric).flatMap(({ number, points }, i) =>
    scores[i] === points ? [] : [write(number, scores[i] ?? 0, Number((points - (scores[i] ?? 0)).toFixed(2)))],
  )
const rest = fc.constantFrom(
  '其余满分',
  '其他都是满分',
  '剩下的全满',
  '余下各项均为满分',
  '别的不扣分',
  '其余全部满分。',
)
const lose = fc.constantFrom('扣', ' 扣 ', '扣了', '扣掉', '减')
const get = fc.constantFrom('得', '给', '打', '为', '是', ':', '：', '=', '应得', '只得')

export type Notation = {
  name: string
  write: (scores: Scores, rubric: Rubric) => fc.Arbitrary<string>
  fits?: (scores: Scores, rubric: Rubric) => boolean
}
const oneDecimal = (scores: Scores): boolean =>
  scores.every((score) => Number.isInteger(Number((score * 10).toFixed(6))))
export const notations: Notation[] = [
  { name: 'numbers with separators', write: (scores) => separators.map((by) => scores.join(by)) },
  { name: 'full-width numbers', write: (scores) => separators.map((by) => wide(scores.join(by))) },
  { name: 'numbers with 分', write: (scores) => separators.map((by) => scores.map((score) => `${score}分`).join(by)) },
  {
    name: 'Chinese numerals',
    fits: oneDecimal,
    write: (scores) => separators.map((by) => scores.map(chinese).join(by)),
  },
  {
    name: 'numbers with their total',
    write: (scores) =>
      fc
        .constantFrom('总分', '，合计', '。总计：', '\n共')
        .map((word) => `${scores.join(' ')}${word}${totalOf(scores)}分`),
  },
  {
    name: 'items with their number',
    write: (scores) =>
      fc.tuple(get, separators).map(([word, by]) => scores.map((score, i) => `${i + 1}${word}${score}`).join(by)),
  },
  {
    name: '第几项',
    write: (scores) => separators.map((by) => scores.map((score, i) => `第${i + 1}项${score}分`).join(by)),
  },
  {
    name: 'labels, as in the preview',
    write: (scores, rubric) =>
      fc.constant(
        itemsOf(rubric)
          .map(({ number, label }, i) => `${number} ${label} ${scores[i]}分`)
          .join('\n'),
      ),
  },
  {
    name: 'sections by name, with their sums',
    write: (scores, rubric) =>
      fc.tuple(fc.constantFrom('：', ' ', ''), fc.boolean()).map(([by, sums]) =>
        bySection(scores, rubric)
          .map((one) => `${one.name}${by}${one.scores.join(' ')}${sums ? ` ＝${totalOf(one.scores)}` : ''}`)
          .join(sums ? '\n' : '，'),
      ),
  },
  {
    name: 'what is lost, the rest full',
    fits: (scores, rubric) => scores.some((score, i) => score === itemsOf(rubric)[i]?.points),
    write: (scores, rubric) =>
      fc
        .tuple(lose, rest, fc.constantFrom('、', '，', ' ', '；'))
        .map(
          ([word, full, by]) =>
            `除${exceptions(scores, rubric, (item, _, lost) => `${item}${word}${lost}`).join(by)}，${full}`,
        ),
  },
  {
    name: 'what is got, the rest full',
    fits: (scores, rubric) => scores.some((score, i) => score === itemsOf(rubric)[i]?.points),
    write: (scores, rubric) =>
      fc
        .tuple(get, rest)
        .map(
          ([word, full]) =>
            `除${exceptions(scores, rubric, (item, score) => `第${item}项${word}${score}分`).join('、')}，${full}`,
        ),
  },
]
