/** What people see while scoring. */

import type { Card } from '../../src/bot/messages/message.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import { cut } from '../../src/campaign/reading/trim.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import {
  howToType,
  howToTypeItem,
  itemsInWords,
  type Ticks,
  tickable,
} from '../../src/campaign/scores/checklist-words.ts'
import {
  exampleOf,
  normal,
  rangeShort,
  scoreShort,
  scoreWords,
  valuesOf,
} from '../../src/campaign/scores/item-words.ts'
import { kindWords } from '../../src/campaign/scores/result-words.ts'
import { type Item, itemsOf, type Rubric } from '../../src/campaign/scores/rubric.ts'
import { name, type ScorecardSubject } from './subject.ts'

/** The key under which the ticks of a checklist come back. */
export const ticksQuestion = 'items'

export type Shown = Ticks & { subject: ScorecardSubject; stamp: string; rubric: Rubric }

/**
 * All items at once: ticked is full marks, or as in the self-score; what is unticked is asked afterwards. `note`: said before how it
 * is done.
 */
export function checklist({ subject, stamp, rubric, ...ticks }: Shown, note = ''): Card {
  const options = tickable(ticks, rubric).map(({ item, ...option }) => ({ id: `i${item.number}`, ...option }))
  const meaning = ticks.bySelf ? '打勾＝同支部自评' : `打勾＝${normal(rubric).name}`
  return {
    title: cut(`${shortName(subject.label)}${subject.kind === 'self' ? '自评' : '评分'}`, 16),
    desc: `${note}${subject.label}，共${options.length}项。${meaning}，不是的请去掉勾，提交后逐项选分。也可直接发分数，如“${exampleOf(rubric)}”。`,
    ask: {
      kind: 'checklist',
      question: ticksQuestion,
      options,
      submit: { text: '下一步', key: buttonKey(name, 'ticked', subject.id, stamp), style: 'primary' },
    },
  }
}

/** The same for who sees neither checklists nor forms. */
export const inWords = ({ subject, rubric, ...ticks }: Shown): string =>
  itemsInWords(ticks, `${subject.label} · ${kindWords[subject.kind]}`, rubric)

/** All items with a number field each, where the channel has forms. */
export function form({ subject, scores, ticked, bySelf, rubric }: Shown): Card {
  return {
    title: `${subject.label} · ${kindWords[subject.kind]}`,
    desc: bySelf ? '已按支部自评填好，改动后提交。' : `已按${normal(rubric).name}填好，改动后提交。`,
    ask: {
      kind: 'form',
      fields: itemsOf(rubric).map((item, i) => ({
        name: `i${item.number}`,
        label: `${item.number} ${item.label}（${rangeShort(item)}）`,
        type: 'number',
        value: scores[i] ?? ticked[i] ?? item.points,
        required: true,
      })),
      submit: { text: '提交', key: buttonKey(name, 'form', subject.id) },
    },
    words: howToType(rubric),
  }
}

/** One item: a button a score; where there are more than six, a selection, and a button for full marks, as it may be unticked by mistake. */
export function itemCard({ subject, stamp, rubric }: Shown, item: Item, left: number): Card {
  const values = valuesOf(item, rubric)
  const [most = item.points] = values
  const key = (score: number | string): string => buttonKey(name, 'item', subject.id, stamp, item.number, score)
  const options = values.slice(1).map((score) => ({ id: `s${score}`, text: scoreWords(score, item) }))
  const rest = left > 1 ? `，之后还有${left - 1}项` : ''
  const head = {
    title: `第${item.number}项 ${item.label}`,
    desc: cut(
      `${subject.label}${rest}${rubric.step < 1 && !item.levels ? `。${rubric.step === 0.5 ? '半分' : '小数'}请直接打字` : ''}`,
      44,
    ),
    text: cut(item.words, 160),
    words: howToTypeItem(item, rubric),
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
