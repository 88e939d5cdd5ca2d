/** What people see of a score that is whole: the confirmation, and what came of it. */

import type { Button, Card } from '../../src/bot/messages/message.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import { cut } from '../../src/campaign/reading/trim.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { correctionOf, itemLines } from '../../src/campaign/scores/checklist-words.ts'
import type { Inputs } from '../../src/campaign/scores/inputs.ts'
import {
  belowWords,
  briefly,
  earlierWords,
  inputWords,
  kindWords,
  remarksOf,
  rule,
  sectionRows,
  sumRow,
} from '../../src/campaign/scores/result-words.ts'
import { bandIn, borderIn, type Result, sentenceOf, totalIn } from '../../src/campaign/scores/results.ts'
import type { Graded } from '../../src/campaign/scores/rounds.ts'
import {
  type Bands,
  bandOf,
  grainOf,
  type PartialScores,
  type Rubric,
  type Scores,
  totalOf,
} from '../../src/campaign/scores/rubric.ts'
import type { Reasons, Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { name } from './cards.ts'
import type { Sheet } from './sheet.ts'

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
  `确认无误请回复“提交”，要改请回复“修改”或“${correctionOf(rubric)}”这样的话。`

/** Characters that the card's text has room for beside the rule. */
const longestNotes = 90

/**
 * The confirmation: a row a section, then total and band, the rule, the items below full marks and what was said of the card. What
 * is too long for it stands in a text before it.
 */
export function confirmation(given: Complete): { before?: string; card: Card } {
  const { sheet, stamp, scores, self, inputs, rubric, bands, record, earlier } = given
  const notes = [
    ...(earlier ? [earlierWords(earlier, bands)] : []),
    ...[belowWords(scores, rubric)].filter(Boolean),
    ...remarksOf(record),
    ...inputWords(inputs ?? {}, rubric),
  ]
  const head = `${sheet.name} · ${earlier ? '复评' : kindWords[sheet.kind]}`
  const isShort = Array.from(notes.join('\n')).length <= longestNotes
  const rows = sectionRows(rubric, scores, self)
  const total = totalIn(given)
  const band = bandIn(given, bands)
  const sum = sumRow(given, bands, self)
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

function line(one: Complete, brief = false): string {
  const { sheet, scores, self, rubric, bands, earlier } = one
  const beside = earlier ? earlierWords(earlier, bands).replace(/。$/, '') : self ? `自评 ${totalOf(self)} 分` : ''
  const below = brief ? '' : belowWords(scores, rubric)
  return `${shortName(sheet.name)} ${briefly(one, bands)}${beside ? `（${beside}）` : ''}${below ? `，${below}` : ''}`
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
export function preview({ sheet, scores, reasons, result }: Previewed, rubric: Rubric, bands: Bands): string {
  const complete = scores.flatMap((score) => (score === null ? [] : [score]))
  const end =
    complete.length === scores.length
      ? sentenceOf({ scores: complete, result }, bands)
      : `还差${scores.length - complete.length}项`
  return [`${sheet.name} · ${kindWords[sheet.kind]}`, ...itemLines(scores, rubric, reasons), end].join('\n')
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
  return `“${cut(words.trim(), 40)}”还不知道是哪个支部的，没有提交。请先回复支部名；不要这一句了请回复“取消”。`
}
