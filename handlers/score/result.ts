/** What people see of a score that is whole: the confirmation, and what came of it. */

import type { Button, Card } from '../../src/bot/messages/message.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import type { Appraisal, Inputs } from '../../src/campaign/reading/read-appraisal.ts'
import {
  bandIn,
  borderIn,
  type Carded,
  gradeIn,
  lacking,
  type Result,
  sentenceOf,
  totalIn,
} from '../../src/campaign/scores/results.ts'
import type { Graded } from '../../src/campaign/scores/rounds.ts'
import {
  appraisedItem,
  type Bands,
  bandOf,
  boundaryAt,
  distances,
  grainOf,
  itemsOf,
  type PartialScores,
  type Rubric,
  type Scores,
  totalOf,
} from '../../src/campaign/scores/rubric.ts'
import type { Reasons, Scorecard } from '../../src/campaign/scores/scorecard.ts'
import * as cards from './cards.ts'
import { cut, name, shortName, whose } from './cards.ts'
import { normal, scoreWords } from './item-words.ts'
import type { Sheet } from './sheet.ts'

/** `95 分，定级：先进`; why there is none yet. */
export function totalWords(card: Carded, bands: Bands): string {
  const [total, band] = [totalIn(card), bandIn(card, bands)]
  return total === undefined ? lacking(card) : `${total} 分${band ? `，定级：${band}` : ''}`
}

/** The rule that made the band, the way to its neighbours, and the mark on a boundary (decision 1). */
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

type Complete = {
  sheet: Sheet
  stamp: string
  scores: Scores
  /** What it comes to, where that is more than its sum. */
  result?: Result | undefined
  self?: Scores | undefined
  inputs?: Inputs
  rubric: Rubric
  bands: Bands
  /** The version before, where there is one. */
  record?: Scorecard | undefined
  /** The round before, in 复评. */
  earlier?: Graded | undefined
}

/** `subject`: of one branch; empty where several are confirmed together. */
const confirmButtons = (subject: string, stamp: string): Button[] => [
  { text: '提交', key: buttonKey(name, 'submit', subject, stamp), style: 'primary' },
  { text: '修改', key: buttonKey(name, 'edit', subject, stamp) },
]
const confirmWords = (rubric: Rubric): string =>
  `确认无误请回复“提交”，要改请回复“修改”或“第3项${itemsOf(rubric)[2]?.levels?.[1]?.name ?? 4}”这样的话。`

/** A row a section: its scores, their sum, and the self-score's sum where a score differs. */
export function sectionRows(rubric: Rubric, scores: Scores, self?: Scores): { name: string; value: string }[] {
  const selves = self && bySection(rubric, self)
  return bySection(rubric, scores).map((section, i) => {
    const theirs = selves?.[i]?.scores
    const differs = theirs?.some((score, j) => score !== section.scores[j])
    const beside = theirs && differs ? `（自评${totalOf(theirs)}）` : ''
    return { name: section.name, value: `${section.scores.join(' ')} ＝${totalOf(section.scores)}${beside}` }
  })
}

/** Why the card is open again, and what its grader said of it. */
function remarksOf(record: Scorecard | undefined): string[] {
  const { state, returned, reopened, remark } = record ?? {}
  return [
    ...(state === 'returned' && returned ? [`退回意见：${returned.reason}`] : []),
    ...(state === 'submitted' && reopened ? [`重开原因：${reopened.reason}`] : []),
    ...(remark === undefined ? [] : [`您的说明：${remark}`]),
  ]
}
/** Characters that the card's text has room for beside the rule. */
const longestNotes = 90

/**
 * The confirmation: a row a section, then total and band, the rule, the items below full marks and what was said of the card. What
 * is too long for it stands in a text before it.
 */
export function confirmation(given: Complete): { before?: string; card: Card } {
  const { sheet, stamp, scores, self, inputs, rubric, bands, record, earlier } = given
  const below = cards.belowFull(scores, rubric)
  const notes = [
    ...(earlier ? [earlierWords(earlier, bands)] : []),
    ...(below ? [`${normal(rubric).below}：${below}`] : []),
    ...remarksOf(record),
    ...inputWords(inputs ?? {}, rubric),
  ]
  const head = `${sheet.name} · ${earlier ? '复评' : whose(sheet)}`
  const isShort = Array.from(notes.join('\n')).length <= longestNotes
  const rows = sectionRows(rubric, scores, self)
  const total = totalIn(given)
  const band = bandIn(given, bands)
  const sum = {
    name: '总分',
    value: `${totalWords(given, bands)}${self ? `，自评 ${totalOf(self)} 分` : ''}`,
  }
  const fits = rows.length < 6
  const card: Card = {
    title: head,
    rows: fits ? [...rows, sum] : [sum],
    text: [
      ...(fits ? [] : rows.map((row) => `${row.name} ${row.value}`)),
      ...(total !== undefined && band === bandOf(total, bands) ? [rule(total, bands, grainOf(rubric))] : []),
      ...(given.result?.how ? [given.result.how] : []),
      ...(isShort ? notes : []),
    ].join('\n'),
    ask: { kind: 'buttons', buttons: confirmButtons(sheet.subject, stamp) },
    words: confirmWords(rubric),
  }
  return { ...(isShort ? {} : { before: [head, ...notes].join('\n') }), card }
}

/** What the masses' appraisal says, beside which item. */
function appraisalWords({ percent, source }: Appraisal, rubric: Rubric): string {
  const item = appraisedItem(rubric)
  return `群众评议满意度 ${percent}%（${item ? `第${item.number}项旁注，` : ''}来源：${source}）`
}

/** What stands beside a card, a line each (J4). */
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

/** Total, band and the mark on a boundary. */
export const briefly = (card: Carded, bands: Bands): string =>
  `${gradeIn(card, bands)}${borderIn(card, bands) ? ' 临界' : ''}`

/** `复评（第2轮），第1轮 57.5 分 后进。` */
export const earlierWords = ({ round, card }: Graded, bands: Bands): string =>
  `复评（第${round + 1}轮），第${round}轮 ${gradeIn(card, bands)}。`

function line(one: Complete, brief = false): string {
  const { sheet, scores, self, rubric, bands, earlier } = one
  const beside = earlier ? earlierWords(earlier, bands).replace(/。$/, '') : self ? `自评 ${totalOf(self)} 分` : ''
  const below = brief ? '' : cards.belowFull(scores, rubric)
  return `${shortName(sheet.name)} ${briefly(one, bands)}${beside ? `（${beside}）` : ''}${below ? `，${normal(rubric).below}：${below}` : ''}`
}

/** Several branches: a row each, one 提交. What does not fit on a card stands in a text before it. */
export function confirmations(all: readonly Complete[], stamp: string): { before?: string; card: Card } {
  const lines = all.map((one) => line(one)).join('\n')
  const brief = all.map((one) => line(one, true)).join('\n')
  const fits = Array.from(lines).length <= 160
  const shown = fits ? lines : Array.from(brief).length <= 160 ? brief : `共${all.length}个支部，各行见上一条。`
  const marked = all.some((one) => borderIn(one, one.bands)) ? '有临界分，请核实。' : ''
  return {
    ...(fits ? {} : { before: lines }),
    card: {
      title: `${all.length}个支部评分`,
      ...(marked ? { desc: marked } : {}),
      text: shown,
      ask: { kind: 'buttons', buttons: confirmButtons('', stamp) },
      words: '确认无误请回复“提交”，要改请回复“修改”或“支部名 第3项4”。',
    },
  }
}

type Previewed = {
  sheet: Sheet
  scores: PartialScores
  reasons?: Reasons | undefined
  result?: Result | undefined
}

/** One line an item with what was said about it, then the sentence. */
export function preview({ sheet, scores, reasons = {}, result }: Previewed, rubric: Rubric, bands: Bands): string {
  const lines = itemsOf(rubric).map((item, i) => {
    const score = scores[i]
    const reason = reasons[item.number]
    const shown = score === null || score === undefined ? '未填' : scoreWords(score, item)
    return `${item.number} ${item.label} ${shown}${reason ? `（${reason}）` : ''}`
  })
  const complete = scores.flatMap((score) => (score === null ? [] : [score]))
  const end =
    complete.length === scores.length
      ? sentenceOf({ scores: complete, result }, bands)
      : `还差${scores.length - complete.length}项`
  return [`${sheet.name} · ${whose(sheet)}`, ...lines, end].join('\n')
}

/** Once each branch of a scope has its score. `own`: the person files them. */
export const allScored = (scope: string, count: number, own: boolean): string =>
  own
    ? `${scope}${count}个都已评完，备案请回复“待审”。`
    : `${scope}${count}个支部都已评完，等组织部审核；结果会告诉您。盖章的汇总表请回复“汇总表”。`

/** After a submission: what was taken, what is left, the next one as a button. */
export function submitted(
  lines: readonly string[],
  left: readonly Sheet[],
  { scope = '本总支', closing = '' } = {},
): Card {
  const next = left[0]
  const rest = next
    ? `${scope}还有${left.length}个支部未评分，下一个：${next.name}。`
    : lines.length > 0
      ? closing
      : '没有改动。'
  return {
    title: '已提交',
    text: [...lines, ...(rest ? [rest] : [])].join('\n'),
    ...(next
      ? {
          ask: {
            kind: 'buttons',
            buttons: [{ text: cut(shortName(next.name), 10), key: buttonKey(name, 'open', next.subject) }],
          },
          words: `继续请回复“评分 ${shortName(next.name)}”。`,
        }
      : { closed: '已提交' }),
  }
}

/** Never blocking: the submission stands already. */
export const askRemark = (unusual: readonly string[]): string =>
  `${unusual.join('；')}。方便时请回复一句说明，只给组织部看。`

/** A piece that waits for its branch comes before a submission. */
export const whosePending = (words: string): string => {
  const short = Array.from(words.trim()).slice(0, 40).join('')
  return `“${short}”还不知道是哪个支部的，没有提交。请先回复支部名；不要这一句了请回复“取消”。`
}
