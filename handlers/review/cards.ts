/** What the reviewer sees. */

import { Temporal } from 'temporal-polyfill'
import type { Button } from '../../src/bot/messages/message.ts'
import { shortUnit } from '../../src/bot/records/review-queue.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { hintWords } from '../../src/campaign/scores/hints.ts'
import {
  earlierWords,
  inputWords,
  reasonsIn,
  rule,
  sectionRows,
  sumRow,
} from '../../src/campaign/scores/result-words.ts'
import { borderIn, gradeIn, totalIn } from '../../src/campaign/scores/results.ts'
import { type Bands, grainOf, totalOf } from '../../src/campaign/scores/rubric.ts'
import { choose } from '../../src/forms/choose.ts'
import { fitted } from '../../src/forms/fitted.ts'
import { stampOf, type Unit, type Waiting } from './waiting.ts'

export const name = 'review'
const longestText = 160

const marks = ({ card, self, earlier, hints }: Waiting, bands: Bands): string => {
  return [
    borderIn(card, bands) ? '临界' : '',
    earlier ? `复评，第${earlier.round}轮${totalIn(earlier.card) ?? ''}` : '',
    self ? `自评${totalOf(self)}` : '',
    ...hints.map((hint) => hintWords[hint]),
    card.late ? `逾期${card.late}日` : '',
  ]
    .filter(Boolean)
    .join('，')
}

function summary(unit: Unit, bands: Bands): string {
  const boundary = unit.waiting.filter(({ card }) => borderIn(card, bands)).length
  const hinted = unit.waiting.filter(({ hints }) => hints.length > 0).length
  return [`${unit.waiting.length}个待审`, boundary ? `临界${boundary}` : '', hinted ? `需留意${hinted}` : '']
    .filter(Boolean)
    .join('，')
}

/** Which general branch: its name on the button, a line each above. */
export function showUnits(turn: Turn, units: readonly Unit[], done: string): void {
  const { bands } = turn.campaign
  const count = units.reduce((sum, unit) => sum + unit.waiting.length, 0)
  const lines = units.map((unit) => `${shortUnit(unit.name)}：${summary(unit, bands)}`).join('\n')
  const options = units.map((unit) => ({ id: unit.id, text: shortUnit(unit.name) }))
  choose(turn, `待审 ${count}个支部评分`, options, {
    handler: name,
    action: 'unit',
    what: '党总支',
    confirm: '查看',
    ...(done ? { desc: done } : {}),
    text: fitted(turn, lines, { most: longestText, instead: `共${units.length}处，各行见上一条。` }),
  })
}

/** The table of a general branch: a row a branch, 全部备案 and 逐个看. `only`: nothing waits elsewhere. */
export function showTable(turn: Turn, unit: Unit, done: string, only: boolean): void {
  const { bands } = turn.campaign
  const lines = unit.waiting.map((one) => {
    const more = marks(one, bands)
    return `${shortName(one.name)} ${gradeIn(one.card, bands)}${more ? `（${more}）` : ''}`
  })
  turn.show({
    title: `${shortUnit(unit.name)}待审${unit.waiting.length}个`,
    desc: [unit.name, done].filter(Boolean).join('。'),
    text: fitted(turn, lines.join('\n'), {
      most: longestText,
      head: [`${unit.name}待审：`],
      instead: `共${unit.waiting.length}个支部，各行见上一条。`,
    }),
    ask: {
      kind: 'buttons',
      buttons: [
        { text: '全部备案', key: buttonKey(name, 'file-all', unit.id, stampOf(unit)), style: 'primary' },
        { text: '逐个看', key: buttonKey(name, 'each', unit.id) },
        ...(only ? [] : [{ text: '其他总支', key: buttonKey(name, 'overview') }]),
      ],
    },
  })
}

/** One card to look at, with what stands beside it. */
export function showCard(turn: Turn, one: Waiting, left: number, done: string): void {
  const { rubric, bands } = turn.campaign
  const { card, self, branch } = one
  const total = totalIn(card)
  const rows = sectionRows(rubric, card.scores, self)
  const sum = sumRow(card, bands, self)
  const fits = rows.length < 6
  const buttons: Button[] = [
    { text: '备案', key: buttonKey(name, 'file', branch.id, card.version), style: 'primary' },
    { text: '退回', key: buttonKey(name, 'return', branch.id, card.version) },
    ...(left > 1 ? [{ text: '下一个', key: buttonKey(name, 'next', branch.id) }] : []),
  ]
  const notes = [
    ...(fits ? [] : rows.map((row) => `${row.name} ${row.value}`)),
    ...(one.earlier ? [earlierWords(one.earlier, bands)] : []),
    ...(total === undefined ? [] : [rule(total, bands, grainOf(rubric))]),
    ...(card.result?.how ? [card.result.how] : []),
    ...(card.notice ? [`公示到${dayWords(Temporal.PlainDate.from(card.notice.until))}。`] : []),
    ...one.hints.map((hint) => `请留意：${hintWords[hint]}。`),
    ...(card.reasons ? [`各项说明：${reasonsIn(card.reasons)}`] : []),
    ...(card.remark ? [`填表人说明：${card.remark}`] : []),
    ...inputWords(card, rubric),
    ...(card.late ? [`逾期${card.late}个工作日提交。`] : []),
  ]
  turn.show({
    title: one.name,
    desc: [done, left > 1 ? `还有${left}个待审` : '最后一个待审'].filter(Boolean).join('。'),
    rows: fits ? [...rows, sum] : [sum],
    text: fitted(turn, notes.join('\n'), { most: longestText, head: [one.name], instead: '说明见上一条。' }),
    ask: { kind: 'buttons', buttons },
  })
}
