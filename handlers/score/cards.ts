/** What people see while scoring. */
import { buttonKey } from '../../src/bot/handler.ts'
import type { Button, Card, Option } from '../../src/bot/message.ts'
import {
  type Bands,
  bandOf,
  boundaryAt,
  distances,
  type Item,
  itemsOf,
  type PartialScores,
  type Rubric,
  type Scores,
  totalOf,
} from '../../src/campaign/rubric.ts'
import type { Sheet } from './sheet.ts'

export const name = 'score'
export const question = 'items'
export const openKey = (sheet: Sheet): string => buttonKey(name, 'open', sheet.subject)

const points = (score: number): string => `${score}分`
const whose = (sheet: Sheet): string => (sheet.kind === 'self' ? '支部自评' : '党总支评分')
/** As people call it among themselves; unique only together with the general branch. */
export const shortName = (full: string): string => full.replace(/(中共|党支部$|支部$)/g, '') || full
const cut = (text: string, length: number): string => Array.from(text).slice(0, length).join('')

export const sentence = (scores: Scores, bands: Bands): string =>
  `总分 ${totalOf(scores)} 分，定级：${bandOf(totalOf(scores), bands)}`

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

/** Which branch: nothing but names on the buttons, the counts above. */
export function chooser(sheets: readonly Sheet[], rows: Card['rows'], action: string, ask: string): Card {
  const key = (subject: string): string => buttonKey(name, action, subject)
  const short = sheets.map((sheet) => shortName(sheet.name))
  const label = (sheet: Sheet, i: number, length: number): string => {
    const text = cut(short[i] ?? sheet.name, length)
    return short.filter((other) => cut(other, length) === text).length > 1 ? sheet.name : text
  }
  const options = (length: number): Option[] =>
    sheets.map((sheet, i) => ({ id: sheet.subject, text: label(sheet, i, length) }))
  const head = { title: ask, ...(rows && rows.length > 0 ? { rows } : {}) }
  const choose: Button = { text: '确定', key: key(''), style: 'primary' }
  if (sheets.length <= 6)
    return {
      ...head,
      ask: {
        kind: 'buttons',
        buttons: sheets.map((sheet, i) => ({ text: label(sheet, i, 10), key: key(sheet.subject) })),
      },
    }
  if (sheets.length <= 10)
    return {
      ...head,
      ask: {
        kind: 'buttons',
        buttons: [choose],
        selection: { question: 'branch', title: '支部', options: options(16) },
      },
    }
  const desc = (rows ?? []).map((row) => `${row.name} ${row.value}`).join('，')
  return {
    title: ask,
    ...(desc ? { desc } : {}),
    ask: { kind: 'list', question: 'branch', options: options(17), submit: choose },
  }
}

type Shown = { sheet: Sheet; stamp: string; scores: PartialScores; ticked: Scores; byself: boolean; rubric: Rubric }

/** All items at once: ticked is full marks, or as in the self-score; what is unticked is asked afterwards. */
export function checklist({ sheet, stamp, scores, ticked, byself, rubric }: Shown): Card {
  const options = itemsOf(rubric).map((item, i) => {
    const score = scores[i] ?? ticked[i] ?? item.points
    const shown = score === item.points ? '' : ` ${points(score)}`
    return { id: `i${item.number}`, text: `${item.number} ${item.label}${shown}`, ticked: score === ticked[i] }
  })
  const meaning = byself ? '打勾＝同支部自评' : '打勾＝满分'
  return {
    title: cut(`${shortName(sheet.name)}${sheet.kind === 'self' ? '自评' : '评分'}`, 16),
    desc: `${sheet.name}，共${options.length}项。${meaning}，不是的请去掉勾，提交后逐项选分。也可直接发分数，如“除3扣1，其余满分”。`,
    ask: {
      kind: 'checklist',
      question,
      options,
      submit: { text: '下一步', key: buttonKey(name, 'ticked', sheet.subject, stamp), style: 'primary' },
    },
    words: `请发各项得分，如“除3扣1、15扣2，其余满分”或“全部满分”。看条文发“细则”。`,
  }
}

/** All items with a number field each, where the channel has forms. */
export function form({ sheet, scores, ticked, byself, rubric }: Shown): Card {
  return {
    title: `${sheet.name} · ${whose(sheet)}`,
    desc: byself ? '已按支部自评填好，改动后提交。' : '已按满分填好，改动后提交。',
    ask: {
      kind: 'form',
      fields: itemsOf(rubric).map((item, i) => ({
        name: `i${item.number}`,
        label: `${item.number} ${item.label}（0–${item.points}）`,
        type: 'number',
        value: scores[i] ?? ticked[i] ?? item.points,
        required: true,
      })),
      submit: { text: '提交', key: buttonKey(name, 'form', sheet.subject) },
    },
    words: '请发各项得分，如“除3扣1、15扣2，其余满分”或“全部满分”。看条文发“细则”。',
  }
}

/** One item: a button a score, or a selection where there are more than six. `except`: the score that a tick would have meant. */
export function itemCard({ sheet, stamp, ticked, rubric }: Shown, item: Item, left: number): Card {
  const except = ticked[item.number - 1]
  const values = Array.from({ length: Math.floor(item.points) + 1 }, (_, i) => Math.floor(item.points) - i).filter(
    (score) => score !== except,
  )
  const key = (score: number | string): string => buttonKey(name, 'item', sheet.subject, stamp, item.number, score)
  const options = values.map((score) => ({ id: `s${score}`, text: points(score) }))
  const rest = left > 1 ? `，之后还有${left - 1}项` : ''
  const head = {
    title: `第${item.number}项 ${item.label}`,
    desc: cut(`${sheet.name} · 满分${item.points}分${rest}`, 44),
    text: cut(item.words, 160),
    words: `请发第${item.number}项的得分，0到${item.points}分，可到${rubric.step}分。`,
  }
  const pick = { text: '确定', key: key('picked'), style: 'primary' as const }
  if (values.length <= 6)
    return {
      ...head,
      ask: { kind: 'buttons', buttons: values.map((score) => ({ text: points(score), key: key(score) })) },
    }
  const title = '得分'
  if (values.length <= 10)
    return { ...head, ask: { kind: 'buttons', buttons: [pick], selection: { question: 'score', title, options } } }
  return {
    title: cut(head.title, 16),
    desc: cut(`${head.desc}。${item.words}`, 160),
    words: head.words,
    ask: { kind: 'list', question: 'score', options: options.slice(0, 20), submit: pick },
  }
}

/** The next open items, for who gives the scores in pieces. */
export function whatIsOpen(sheet: Sheet, scores: PartialScores, rubric: Rubric): string {
  const open = itemsOf(rubric).filter((_, i) => scores[i] === null)
  const given = scores.length - open.length
  const next = open[0]
  return `${sheet.name}：已记下${given}项，还差${open.length}项，接着是第${next?.number}项（${next?.label}，满分${next?.points}分）。\n请接着发分数，如“5 5 4.5”，或“其余满分”；改一项发“第3项4”。`
}

const bySection = (rubric: Rubric, scores: Scores): { name: string; scores: number[] }[] => {
  let at = 0
  return rubric.sections.map((section) => ({
    name: section.name,
    scores: scores.slice(at, (at += section.items.length)),
  }))
}

type Complete = { sheet: Sheet; stamp: string; scores: Scores; self?: Scores | undefined; rubric: Rubric; bands: Bands }

/** `subject`: of one branch; empty where several are confirmed together. */
const confirmButtons = (subject: string, stamp: string): Button[] => [
  { text: '提交', key: buttonKey(name, 'submit', subject, stamp), style: 'primary' },
  { text: '修改', key: buttonKey(name, 'edit', subject, stamp) },
]
const confirmWords = '确认无误请回复“提交”，要改请回复“修改”或“第3项4”这样的话。'

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

/** The confirmation: a row a section, then total and band, the rule below. */
export function confirmation({ sheet, stamp, scores, self, rubric, bands }: Complete): Card {
  const rows = sectionRows(rubric, scores, self)
  const total = totalOf(scores)
  const sum = {
    name: '总分',
    value: `${total} 分，定级：${bandOf(total, bands)}${self ? `，自评 ${totalOf(self)} 分` : ''}`,
  }
  const fits = rows.length < 6
  return {
    title: `${sheet.name} · ${whose(sheet)}`,
    rows: fits ? [...rows, sum] : [sum],
    text: [...(fits ? [] : rows.map((row) => `${row.name} ${row.value}`)), rule(total, bands, rubric.step)].join('\n'),
    ask: { kind: 'buttons', buttons: confirmButtons(sheet.subject, stamp) },
    words: confirmWords,
  }
}

const mark = (total: number, bands: Bands): string => (boundaryAt(total, bands) ? ' 临界' : '')
const line = ({ sheet, scores, self, bands }: Complete): string => {
  const total = totalOf(scores)
  return `${shortName(sheet.name)} ${total} 分 ${bandOf(total, bands)}${mark(total, bands)}${self ? `（自评 ${totalOf(self)} 分）` : ''}`
}

/** Several branches: a row each, one 提交. What does not fit on a card stands in a text before it. */
export function confirmations(all: readonly Complete[], stamp: string): { before?: string; card: Card } {
  const lines = all.map(line).join('\n')
  const fits = Array.from(lines).length <= 160
  const marked = all.some((one) => boundaryAt(totalOf(one.scores), one.bands)) ? '有临界分，请核实。' : ''
  return {
    ...(fits ? {} : { before: lines }),
    card: {
      title: `${all.length}个支部评分`,
      ...(marked ? { desc: marked } : {}),
      ...(fits ? { text: lines } : { text: `共${all.length}个支部，各行见上一条。` }),
      ask: { kind: 'buttons', buttons: confirmButtons('', stamp) },
      words: '确认无误请回复“提交”，要改请回复“修改”或“支部名 第3项4”。',
    },
  }
}

/** One line an item, then the sentence. */
export function preview(sheet: Sheet, scores: PartialScores, rubric: Rubric, bands: Bands): string {
  const lines = itemsOf(rubric).map((item, i) => {
    const score = scores[i]
    return `${item.number} ${item.label} ${score === null || score === undefined ? '未填' : points(score)}`
  })
  const complete = scores.flatMap((score) => (score === null ? [] : [score]))
  const end = complete.length === scores.length ? sentence(complete, bands) : `还差${scores.length - complete.length}项`
  return [`${sheet.name} · ${whose(sheet)}`, ...lines, end].join('\n')
}

/** The plan's words: all items, or one. */
export const details = (rubric: Rubric, items: readonly Item[]): string =>
  items.length === 1 && items[0]
    ? `第${items[0].number}项（${items[0].section}，${items[0].points}分）\n${items[0].words}`
    : rubric.sections
        .map((section) =>
          [
            `【${section.name}】`,
            ...section.items.map((item) => `${item.number}. ${item.words}（${item.points}分）`),
          ].join('\n'),
        )
        .join('\n')

/** After a submission: what was taken, what is left, the next one as a button. */
export function submitted(lines: readonly string[], left: readonly Sheet[], scope: string): Card {
  const next = left[0]
  const rest = next
    ? `${scope}还有${left.length}个支部未评分，下一个：${next.name}。`
    : lines.length > 0
      ? ''
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
