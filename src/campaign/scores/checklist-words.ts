import type { PostNames } from '../roster/post-words.ts'
/** A scorecard's items in words: all items, the open ones, and how to answer them by typing. */

import { cut } from '../cut.ts'
import {
  belowFull,
  exampleItem,
  exampleOf,
  normal,
  rangeShort,
  rangeWords,
  scoreShort,
  scoreWords,
  valuesOf,
  worth,
} from './item-words.ts'
import { kindWords } from './result-words.ts'
import {
  exactly,
  type Item,
  isPlain,
  isScore,
  itemsOf,
  type PartialScores,
  type Rubric,
  type Scores,
} from './rubric.ts'
import type { ScoreKind } from './scorecard.ts'
import { isWhole, type ScorecardDraft } from './scorecard-draft.ts'

/** The state of a card for a checklist. `ticked` holds the scores that a tick means. `bySelf`: a tick means the branch's self-score. */
export type Ticks = { scores: PartialScores; ticked: Scores; bySelf: boolean }

/** Whether an item may be so many points below full marks. */
const takes = (rubric: Rubric, number: number, off: number): boolean =>
  itemsOf(rubric).some((item) => item.number === number && !item.levels && isScore(item.points - off, item, rubric))

/** How to type a whole card, in this rubric's own words and with items that it has. */
const howToType = (rubric: Rubric): string =>
  isPlain(rubric) && takes(rubric, 3, 1) && takes(rubric, 15, 2)
    ? '请发各项得分，如“除3扣1、15扣2，其余满分”或“全部满分”。看条文发“细则”。'
    : `请发各项得分，如“${exampleOf(rubric)}”或“全部${normal(rubric).all}”。看条文发“细则”。`

/** The items as choices. The ticked ones have the score that a tick means; the others show their score. */
const tickable = ({ scores, ticked }: Ticks, rubric: Rubric): { id: string; text: string; ticked: boolean }[] =>
  itemsOf(rubric).map((item, i) => {
    const score = scores[i] ?? ticked[i] ?? item.points
    const shown = score === item.points ? '' : ` ${scoreWords(score, item)}`
    return { id: `i${item.number}`, text: `${item.number} ${item.label}${shown}`, ticked: score === ticked[i] }
  })
/** What a tick means, and the other ways to answer. */
const howToTick = ({ bySelf }: Ticks, rubric: Rubric): string =>
  `共${itemsOf(rubric).length}项。打勾＝${bySelf ? '同支部自评' : normal(rubric).name}，不是的请去掉勾，提交后逐项选分。也可直接发分数，如“${exampleOf(rubric)}”。`

/** The items as fields of a form, named `i<number>`. They are filled in with the known score, or with the one that a tick means. */
const fieldsOf = ({ scores, ticked }: Ticks, rubric: Rubric) =>
  itemsOf(rubric).map((item, i) => ({
    name: `i${item.number}`,
    label: `${item.number} ${item.label}（${rangeShort(item)}）`,
    type: 'number' as const,
    value: scores[i] ?? ticked[i] ?? item.points,
    required: true,
  }))
const howFilled = ({ bySelf }: Ticks, rubric: Rubric): string =>
  `已按${bySelf ? '支部自评' : normal(rubric).name}填好，改动后提交。`

/** The items by section with their known scores, for people who can see neither checklists nor forms. `head` says whose card it is. */
function itemsInWords({ scores, ticked, bySelf }: Ticks, head: string, rubric: Rubric): string {
  const items = itemsOf(rubric)
  const known = scores.some((score) => score !== null) ? scores : bySelf ? ticked : []
  const lines = rubric.sections.map((section) => {
    const parts = section.items.map((item) => {
      const score = known[items.indexOf(item)]
      return `${item.number} ${item.label}${score === undefined || score === null ? '' : ` ${scoreWords(score, item)}`}`
    })
    return `${section.name}：${parts.join('、')}`
  })
  const meaning = known === scores ? '目前各项得分' : bySelf ? '支部自评' : maxima(rubric)
  return [`${head}，共${items.length}项，${meaning}：`, ...lines, howToType(rubric)].join('\n')
}

/**
 * All items of a card: as a list to tick, as fields of a form, and in words. `whose` is the branch; `short` is the name that people use.
 */
export function allItems(
  ticks: Ticks,
  rubric: Rubric,
  { whose, short, kind, campaign }: { whose: string; short: string; kind: ScoreKind; campaign: PostNames },
) {
  const head = `${whose} · ${kindWords(kind, campaign)}`
  return {
    title: cut(`${short}${kind === 'self' ? '自评' : '评分'}`, 16),
    ticks: { desc: `${whose}，${howToTick(ticks, rubric)}`, options: tickable(ticks, rubric) },
    fields: { title: head, desc: howFilled(ticks, rubric), all: fieldsOf(ticks, rubric) },
    how: howToType(rubric),
    words: itemsInWords(ticks, head, rubric),
  }
}

/** 第1至16项每项最多5分，第17至18项每项最多10分 */
function maxima(rubric: Rubric): string {
  const runs: { from: number; to: number; range: string }[] = []
  for (const item of itemsOf(rubric)) {
    const range = atMost(item)
    const last = runs.at(-1)
    if (last?.range === range) last.to = item.number
    else runs.push({ from: item.number, to: item.number, range })
  }
  return runs.map(({ from, to, range }) => `第${from}${to > from ? `至${to}` : ''}项每项${range}`).join('，')
}
const atMost = (item: Item): string => rangeWords(item).replace(/^0到/, '最多')

/** The most values on buttons, in a selection beside a button, and in a list. */
const most = { buttons: 6, apart: 11, list: 20 }
/**
 * One item to pick a score for. The choices have ids `s<score>`, the best first. `whose` is the branch; `left` is the number of items to
 * pick.
 */
function itemToPick(item: Item, rubric: Rubric, { whose, left }: { whose: string; left: number }) {
  const values = valuesOf(item, rubric).slice(0, most.list)
  const text = (score: number): string =>
    item.levels && values.length <= most.buttons ? scoreShort(score, item) : scoreWords(score, item)
  const byHand = rubric.step < 1 && !item.levels ? `。${rubric.step === 0.5 ? '半分' : '小数'}请直接打字` : ''
  const title = `第${item.number}项 ${item.label}`
  const desc = cut(`${whose}${left > 1 ? `，之后还有${left - 1}项` : ''}${byHand}`, 44)
  return {
    number: item.number,
    what: '得分',
    options: values.map((score) => ({ id: `s${score}`, text: text(score) })),
    ...(values.length <= most.apart
      ? { title, desc, text: cut(item.words, 160) }
      : { title: cut(title, 16), desc: cut(`${desc}。${item.words}`, 160) }),
    words: item.levels
      ? `请发第${item.number}项的等次，${rangeWords(item)}。`
      : `请发第${item.number}项的得分，${rangeWords(item)}，可到${rubric.step}分。`,
  }
}

/** For scores that come in pieces: the scores so far, and the next item. */
function whatIsOpen(scores: PartialScores, rubric: Rubric): string {
  const open = itemsOf(rubric).filter((_, i) => scores[i] === null)
  const given = scores.length - open.length
  const next = open[0]
  const below = belowFull(scores, rubric)
  return `已记下${given}项${below ? `（${normal(rubric).below}：${below}）` : ''}，还差${open.length}项，接着是第${next?.number}项（${next ? `${next.label}，${atMost(next)}` : ''}）。\n请接着发${next?.levels ? `等次` : `分数，如“${scoresFor(open, rubric)}”`}，或“其余${normal(rubric).all}”；改一项发“${correctionOf(rubric)}”。`
}

/** Scores for the next open items as people may type them, the last a step below full marks. */
const scoresFor = (open: readonly Item[], rubric: Rubric): string =>
  open
    .slice(0, 3)
    .map(({ points }, i, { length }) => (i === length - 1 ? Math.max(0, exactly(points - rubric.step)) : points))
    .join(' ')

/** How to correct one item, with one that this rubric has. */
export function correctionOf(rubric: Rubric): string {
  const { item, below = 0 } = exampleItem(rubric) ?? {}
  return `第${item?.number ?? 1}项${item ? scoreShort(below, item) : below}`
}

/** The plan's words for these items. */
export const planWords = (rubric: Rubric, items: readonly Item[]): string =>
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

/** One line for each item, with the words about it. */
export const itemLines = (
  scores: PartialScores,
  rubric: Rubric,
  reasons: Readonly<Record<string, string>> = {},
): string[] =>
  itemsOf(rubric).map((item, i) => {
    const score = scores[i]
    const reason = reasons[item.number]
    const shown = score === null || score === undefined ? '未填' : scoreWords(score, item)
    return `${item.number} ${item.label} ${shown}${reason ? `（${reason}）` : ''}`
  })

/** Asks why an item differs from its base, for the first such item. */
export function evidenceWanted(
  [number = 0, ...more]: readonly number[],
  scores: PartialScores,
  rubric: Rubric,
): string {
  const item = itemsOf(rubric).find((one) => one.number === number)
  if (!item) return ''
  const shown = scoreWords(scores[number - 1] ?? item.points, item)
  const count = more.length > 0 ? `（共${more.length + 1}项要写）` : ''
  return `第${number}项（${item.label}）${shown}，与基础分${item.points}分不同，要写依据${count}。请发“第${number}项依据：…”。`
}

/** Asks for the missing scores: the first item that was unticked, all items, or the next one. Undefined if none is missing. */
export function missingScores(
  draft: ScorecardDraft,
  rubric: Rubric,
  whose: string,
): { all: true } | { item: ReturnType<typeof itemToPick> } | { say: string } | undefined {
  if (isWhole(draft)) return undefined
  const { scores, todo } = draft
  const item = itemsOf(rubric).find(({ number }) => number === todo[0])
  if (item) return { item: itemToPick(item, rubric, { whose, left: todo.length }) }
  return scores.every((score) => score === null) ? { all: true } : { say: `${whose}：${whatIsOpen(scores, rubric)}` }
}

/** What is said where all scores of a card must come at once. */
export const lack = (rubric: Rubric): string =>
  `${itemsOf(rubric).length}项没有写全，请写全后再发，如“${exampleOf(rubric)}”。`

export { exampleOf }
