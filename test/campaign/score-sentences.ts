/** Sentences made from scores (an inverse grammar), and the changes that dictation, haste and keyboards make to them. */
import fc from 'fast-check'
import { itemsOf, type Rubric, type Scores } from '../../src/campaign/scores/rubric.ts'

const digits = '零一二三四五六七八九'
const chinese = (value: number): string => {
  const whole = Math.floor(value)
  const ones = whole % 10 === 0 && whole > 0 ? '' : (digits[whole % 10] ?? '')
  const tens = whole < 10 ? ones : `${whole < 20 ? '' : (digits[Math.floor(whole / 10)] ?? '')}十${ones}`
  return value === whole ? tens : `${tens}点${digits[Math.round((value - whole) * 10)]}`
}
type Part = { item: number; label: string; points: number; score: number; lost: number }
type Write = (part: Part, number: (value: number) => string) => string

/** The ways to write one item and its score. */
const clauses: readonly Write[] = [
  ({ item, lost }, n) => `${n(item)}扣${n(lost)}`,
  ({ item, score }, n) => `第${n(item)}项${n(score)}分`,
  ({ item, score }, n) => `第${n(item)}项得${n(score)}分`,
  ({ item, lost }, n) => `第${n(item)}项扣了${n(lost)}分`,
  ({ item, lost }, n) => `扣第${n(item)}项${n(lost)}分`,
  ({ item, points, score }, n) => `第${n(item)}项满分${n(points)}分得${n(score)}分`,
  ({ item, points, lost }, n) => `第${n(item)}项${n(points)}分扣${n(lost)}分`,
  ({ item, points, score }, n) => `第${n(item)}项（${n(points)}分）得${n(score)}分`,
  ({ item, label, score }, n) => `${item} ${label} ${n(score)}分`,
  ({ label, lost }, n) => `${label}扣${n(lost)}分`,
  ({ item, lost }, n) => `第${n(item)}项材料不齐扣${n(lost)}分`,
  ({ item, lost }, n) => `第${n(item)}项扣${n(lost)}分（缺2人签到）`,
  ({ item, score }, n) => `第${n(item)}项给${n(score)}分吧`,
  ({ item, score }, n) => `${n(item)}项改为${n(score)}分`,
  ({ item, points, score }, n) => `第${n(item)}项由${n(points)}分扣到${n(score)}分`,
]
const verbFirst = 4
const bare = [1, 8]
const fills = ['其余满分', '其他都是满分', '剩下的全满', '余下各项均为满分', '别的都给满分', '其余各项不扣分']
const between = ['，', '；', '、', ' ', '。', '\n', ', ']

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
/** Changes that keep the meaning. */
const ways: readonly ((text: string) => string)[] = [
  (text) => text,
  wide,
  (text) => `经支委会研究，${text}，请审核`,
  (text) => `${text}👍`,
  (text) => text.replace(/项/g, '項').replace(/满/g, '滿').replace(/余/g, '餘'),
  (text) => text.replace(/，/g, '​，'),
  (text) => `~${text}~`,
]
export type Sentence = { scores: Scores; text: string; losing: number[] }
/** A card with one to four items below full marks, in clauses of any kind. */
export function sentences(rubric: Rubric): fc.Arbitrary<Sentence> {
  const items = itemsOf(rubric)
  const some = fc.uniqueArray(fc.nat(items.length - 1), { minLength: 1, maxLength: 4 })
  return fc
    .tuple(
      some,
      fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      fc.array(fc.nat(clauses.length - 1), { minLength: 4, maxLength: 4 }),
    )
    .chain(([losing, lost, kinds]) =>
      fc
        .tuple(
          fc.constantFrom(...fills),
          fc.constantFrom(...between),
          fc.boolean(),
          fc.constantFrom('', '除', '评分：'),
          fc.constantFrom(...ways),
        )
        .map(([fill, by, inChinese, head, way]) => {
          const scores = items.map(({ points }) => points)
          const parts = losing.map((at, i): string => {
            const item = items[at]
            const { number = 0, label = '', points = 0 } = item ?? {}
            const steps = 1 + ((lost[i] ?? 0) % Math.round(points / rubric.step))
            const off = steps * rubric.step
            scores[at] = points - off
            // In 扣第3项1分，第15项2分 the 2 is a loss too.
            const plain = kinds.includes(verbFirst) && bare.includes(kinds[i] ?? 0)
            const write = clauses[plain ? 2 : (kinds[i] ?? 0)] ?? clauses[0]
            return (
              write?.({ item: number, label, points, score: points - off, lost: off }, inChinese ? chinese : String) ??
              ''
            )
          })
          return { scores, losing: losing.map((at) => at + 1), text: way(`${head}${parts.join(by)}${by}${fill}`) }
        }),
    )
}
