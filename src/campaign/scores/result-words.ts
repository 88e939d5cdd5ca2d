/** The result of a scorecard in words. */
import { type PostNames, wordedFor } from '../roster/post-words.ts'
import type { Appraisal, Inputs } from './inputs.ts'
import { belowFull, normal } from './item-words.ts'
import { bandIn, borderIn, type Carded, gradeIn, lacking, type Result, sentenceOf, totalIn } from './results.ts'
import type { Graded } from './rounds.ts'
import {
  appraisedItem,
  type Bands,
  bandOf,
  boundaryAt,
  distances,
  type PartialScores,
  type Rubric,
  type Scores,
  totalOf,
} from './rubric.ts'
import type { Reasons, Scorecard, ScoreKind } from './scorecard.ts'

/** The name of one of a branch's two scores. */
export const kindWords = (kind: ScoreKind, campaign: PostNames): string =>
  kind === 'self' ? '支部自评' : wordedFor(campaign)`党总支评分`

/** `95 分，定级：先进`, or why there is no total yet. */
function totalWords(card: Carded, bands: Bands): string {
  const [total, band] = [totalIn(card), bandIn(card, bands)]
  return total === undefined ? lacking(card) : `${total} 分${band ? `，定级：${band}` : ''}`
}

/** The rule that gave the band, the points to the neighbouring bands, and the mark on a boundary (decision 1). */
export function rule(total: number, bands: Bands, step: number): string {
  const band = bandOf(total, bands)
  const words = bands.upper.find((one) => one.name === band)?.words ?? bands.lowest.words
  const { up, down } = distances(total, bands, step)
  const near = [
    ...(up ? [`距${up.name}还差${up.points}分`] : []),
    ...(down ? [`再少${down.points}分为${down.name}`] : []),
  ]
  const boundary = boundaryAt(total, bands)
  const mark = boundary
    ? `正好在${boundary.from}分界线上（临界），本院按“含${boundary.from}为${boundary.name}”执行，请核实。`
    : ''
  return `${words}${near.length > 0 ? `，${near.join('，')}` : ''}。${mark}`
}

const bySection = (rubric: Rubric, scores: Scores): { name: string; scores: number[] }[] => {
  let at = 0
  return rubric.sections.map((section) => ({
    name: section.name,
    scores: scores.slice(at, (at += section.items.length)),
  }))
}

/** One row for each section: its scores, their sum, and the self-score's sum if a score differs. */
export function sectionRows(rubric: Rubric, scores: Scores, self?: Scores): { name: string; value: string }[] {
  const selves = self && bySection(rubric, self)
  return bySection(rubric, scores).map((section, i) => {
    const theirs = selves?.[i]?.scores
    const differs = theirs?.some((score, j) => score !== section.scores[j])
    const beside = theirs && differs ? `（自评${totalOf(theirs)}）` : ''
    return { name: section.name, value: `${section.scores.join(' ')} ＝${totalOf(section.scores)}${beside}` }
  })
}

/** The row with total, band and the self-score's total. */
export const sumRow = (card: Carded, bands: Bands, self?: Scores): { name: string; value: string } => ({
  name: '总分',
  value: `${totalWords(card, bands)}${self ? `，自评 ${totalOf(self)} 分` : ''}`,
})

/** Why the card was opened again, and the grader's words about it. */
function remarksOf(record: Scorecard | undefined): string[] {
  const { state, returned, reopened, remark } = record ?? {}
  return [
    ...(state === 'returned' && returned ? [`退回意见：${returned.reason}`] : []),
    ...(state === 'submitted' && reopened ? [`重开原因：${reopened.reason}`] : []),
    ...(remark === undefined ? [] : [`您的说明：${remark}`]),
  ]
}

/** The masses' appraisal, and the item that it stands beside. */
function appraisalWords({ percent, source }: Appraisal, rubric: Rubric): string {
  const item = appraisedItem(rubric)
  return `群众评议满意度 ${percent}%（${item ? `第${item.number}项旁注，` : ''}来源：${source}）`
}

/** The inputs beside a card, one on each line (J4). */
export const inputWords = ({ appraisal, annual, survey }: Inputs, rubric: Rubric): string[] => [
  ...(appraisal ? [appraisalWords(appraisal, rubric)] : []),
  ...(annual === undefined ? [] : [`年度考核：${annual}`]),
  ...(survey === undefined ? [] : [`调查摸底：${survey}`]),
]

/** `3 学习记录不全；15 无特色` */
export const reasonsIn = (reasons: Reasons): string =>
  Object.entries(reasons)
    .map(([item, words]) => `${item} ${words}`)
    .join('；')

/** `低于满分：3 书记能力威信 4`. Empty if every score is the normal one. */
function belowWords(scores: Scores, rubric: Rubric): string {
  const below = belowFull(scores, rubric)
  return below ? `${normal(rubric).below}：${below}` : ''
}

/** Total, band and the mark on a boundary. */
export const briefly = (card: Carded, bands: Bands): string =>
  `${gradeIn(card, bands)}${borderIn(card, bands) ? ' 临界' : ''}`

/** `复评（第2轮），第1轮 57.5 分 后进。` */
export const earlierWords = ({ round, card }: Graded, bands: Bands): string =>
  `复评（第${round + 1}轮），第${round}轮 ${gradeIn(card, bands)}。`

/** A whole card with everything that is shown beside it. */
export type Complete = Carded & {
  self?: Scores | undefined
  inputs: Inputs
  rubric: Rubric
  /** The version before, if there is one. */
  record?: Scorecard | undefined
  /** In 复评, the round before. */
  earlier?: Graded | undefined
}

/** The notes beside the scores of a card, one on each line. */
export const notesOf = ({ scores, rubric, record, earlier, inputs }: Complete, bands: Bands): string[] => [
  ...(earlier ? [earlierWords(earlier, bands)] : []),
  ...[belowWords(scores, rubric)].filter(Boolean),
  ...remarksOf(record),
  ...inputWords(inputs, rubric),
]

/** One of several cards in a line: `96 分 先进（自评 98 分），低于满分：3 书记能力威信 4`. `brief` leaves the items out. */
export function lineOf(one: Complete, bands: Bands, { brief = false } = {}): string {
  const { scores, self, rubric, earlier } = one
  const beside = earlier ? earlierWords(earlier, bands).replace(/。$/, '') : self ? `自评 ${totalOf(self)} 分` : ''
  const below = brief ? '' : belowWords(scores, rubric)
  return `${briefly(one, bands)}${beside ? `（${beside}）` : ''}${below ? `，${below}` : ''}`
}

/** The result so far of a card that is being filled in, as a sentence. */
export function soFar(scores: PartialScores, result: Result | undefined, bands: Bands): string {
  const known = scores.flatMap((score) => (score === null ? [] : [score]))
  return known.length === scores.length
    ? sentenceOf({ scores: known, result }, bands)
    : `还差${scores.length - known.length}项`
}
