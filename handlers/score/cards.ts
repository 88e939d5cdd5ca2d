/** What people see while scoring. */

import type { Button, Card, Option } from '../../src/bot/messages/message.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import {
  type Item,
  isPlain,
  itemsOf,
  type PartialScores,
  type Rubric,
  type Scores,
} from '../../src/campaign/scores/rubric.ts'
import { exampleOf, normal, rangeShort, rangeWords, scoreShort, scoreWords, valuesOf, worth } from './item-words.ts'
import type { Sheet } from './sheet.ts'

export const name = 'score'
export const question = 'items'
export const openKey = (sheet: Sheet): string => buttonKey(name, 'open', sheet.subject)

export const whose = (sheet: Sheet): string => (sheet.kind === 'self' ? '支部自评' : '党总支评分')
/** As people call it among themselves; unique only together with the general branch. */
export const shortName = (full: string): string => full.replace(/(中共|党支部$|支部$)/g, '') || full
export const cut = (text: string, length: number): string => Array.from(text).slice(0, length).join('')

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

/** `3 书记能力威信 4.5、…`: every known score that is not what its item has where nothing is said: full marks, its base. */
export const belowFull = (scores: PartialScores, rubric: Rubric): string =>
  itemsOf(rubric)
    .flatMap((item, i) => {
      const score = scores[i] ?? item.points
      return score !== item.points ? [`${item.number} ${item.label} ${scoreShort(score, item)}`] : []
    })
    .join('、')

const howToType = (rubric: Rubric): string =>
  isPlain(rubric) && !itemsOf(rubric)[0]?.levels
    ? '请发各项得分，如“除3扣1、15扣2，其余满分”或“全部满分”。看条文发“细则”。'
    : `请发各项得分，如“${exampleOf(rubric)}”或“全部${normal(rubric).all}”。看条文发“细则”。`

/**
 * All items at once: ticked is full marks, or as in the self-score; what is unticked is asked afterwards. `note`: said before how it
 * is done.
 */
export function checklist({ sheet, stamp, scores, ticked, byself, rubric }: Shown, note = ''): Card {
  const options = itemsOf(rubric).map((item, i) => {
    const score = scores[i] ?? ticked[i] ?? item.points
    const shown = score === item.points ? '' : ` ${scoreWords(score, item)}`
    return { id: `i${item.number}`, text: `${item.number} ${item.label}${shown}`, ticked: score === ticked[i] }
  })
  const meaning = byself ? '打勾＝同支部自评' : `打勾＝${normal(rubric).name}`
  return {
    title: cut(`${shortName(sheet.name)}${sheet.kind === 'self' ? '自评' : '评分'}`, 16),
    desc: `${note}${sheet.name}，共${options.length}项。${meaning}，不是的请去掉勾，提交后逐项选分。也可直接发分数，如“${exampleOf(rubric)}”。`,
    ask: {
      kind: 'checklist',
      question,
      options,
      submit: { text: '下一步', key: buttonKey(name, 'ticked', sheet.subject, stamp), style: 'primary' },
    },
  }
}

/** The same for who sees neither checklists nor forms: the items by section, with what is known of them. */
export function itemsInWords({ sheet, scores, ticked, byself, rubric }: Shown): string {
  const items = itemsOf(rubric)
  const known = scores.some((score) => score !== null) ? scores : byself ? ticked : []
  const lines = rubric.sections.map((section) => {
    const parts = section.items.map((item) => {
      const score = known[items.indexOf(item)]
      return `${item.number} ${item.label}${score === undefined || score === null ? '' : ` ${scoreWords(score, item)}`}`
    })
    return `${section.name}：${parts.join('、')}`
  })
  const meaning = known === scores ? '目前各项得分' : byself ? '支部自评' : maxima(rubric)
  return [`${sheet.name} · ${whose(sheet)}，共${items.length}项，${meaning}：`, ...lines, howToType(rubric)].join('\n')
}

/** 第1至16项每项最多5分，第17至18项每项最多10分 */
function maxima(rubric: Rubric): string {
  const runs: { from: number; to: number; range: string }[] = []
  for (const item of itemsOf(rubric)) {
    const range = rangeWords(item).replace(/^0到/, '最多')
    const last = runs.at(-1)
    if (last?.range === range) last.to = item.number
    else runs.push({ from: item.number, to: item.number, range })
  }
  return runs.map(({ from, to, range }) => `第${from}${to > from ? `至${to}` : ''}项每项${range}`).join('，')
}

/** All items with a number field each, where the channel has forms. */
export function form({ sheet, scores, ticked, byself, rubric }: Shown): Card {
  return {
    title: `${sheet.name} · ${whose(sheet)}`,
    desc: byself ? '已按支部自评填好，改动后提交。' : `已按${normal(rubric).name}填好，改动后提交。`,
    ask: {
      kind: 'form',
      fields: itemsOf(rubric).map((item, i) => ({
        name: `i${item.number}`,
        label: `${item.number} ${item.label}（${rangeShort(item)}）`,
        type: 'number',
        value: scores[i] ?? ticked[i] ?? item.points,
        required: true,
      })),
      submit: { text: '提交', key: buttonKey(name, 'form', sheet.subject) },
    },
    words: howToType(rubric),
  }
}

/** One item: a button a score; where there are more than six, a selection, and a button for full marks, as it may be unticked by mistake. */
export function itemCard({ sheet, stamp, rubric }: Shown, item: Item, left: number): Card {
  const values = valuesOf(item, rubric)
  const [most = item.points] = values
  const key = (score: number | string): string => buttonKey(name, 'item', sheet.subject, stamp, item.number, score)
  const options = values.slice(1).map((score) => ({ id: `s${score}`, text: scoreWords(score, item) }))
  const rest = left > 1 ? `，之后还有${left - 1}项` : ''
  const head = {
    title: `第${item.number}项 ${item.label}`,
    desc: cut(
      `${sheet.name}${rest}${rubric.step < 1 && !item.levels ? `。${rubric.step === 0.5 ? '半分' : '小数'}请直接打字` : ''}`,
      44,
    ),
    text: cut(item.words, 160),
    words: item.levels
      ? `请发第${item.number}项的等次，${rangeWords(item)}。`
      : `请发第${item.number}项的得分，${rangeWords(item)}，可到${rubric.step}分。`,
  }
  const pick = { text: '确定', key: key('picked'), style: 'primary' as const }
  if (values.length <= 6)
    return {
      ...head,
      ask: {
        kind: 'buttons',
        buttons: values.map((score) => ({
          text: item.levels ? scoreShort(score, item) : scoreWords(score, item),
          key: key(score),
        })),
      },
    }
  const title = '得分'
  const full = { text: scoreWords(most, item), key: key(most) }
  if (options.length <= 10)
    return {
      ...head,
      ask: { kind: 'buttons', buttons: [pick, full], selection: { question: 'score', title, options } },
    }
  return {
    title: cut(head.title, 16),
    desc: cut(`${head.desc}。${item.words}`, 160),
    words: head.words,
    ask: {
      kind: 'list',
      question: 'score',
      options: [{ id: `s${most}`, text: scoreWords(most, item) }, ...options].slice(0, 20),
      submit: pick,
    },
  }
}

/** The next open items, for who gives the scores in pieces. */
export function whatIsOpen(sheet: Sheet, scores: PartialScores, rubric: Rubric): string {
  const open = itemsOf(rubric).filter((_, i) => scores[i] === null)
  const given = scores.length - open.length
  const next = open[0]
  const below = belowFull(scores, rubric)
  return `${sheet.name}：已记下${given}项${below ? `（${normal(rubric).below}：${below}）` : ''}，还差${open.length}项，接着是第${next?.number}项（${next ? `${next.label}，${rangeWords(next).replace(/^0到/, '最多')}` : ''}）。\n请接着发${next?.levels ? `等次` : `分数，如“5 5 4.5”`}，或“其余${normal(rubric).all}”；改一项发“第3项${next?.levels?.[1]?.name ?? 4}”。`
}

/** The plan's words: all items, or one. */
export const details = (rubric: Rubric, items: readonly Item[]): string =>
  items.length === 1 && items[0]
    ? `第${items[0].number}项（${items[0].section}，${worth(items[0])}）\n${items[0].words}`
    : rubric.sections
        .map((section) =>
          [
            `【${section.name}】`,
            ...section.items.map((item) => `${item.number}. ${item.words}（${worth(item)}）`),
          ].join('\n'),
        )
        .join('\n')
