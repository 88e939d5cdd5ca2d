/** What the reviewer sees. */

import type { Button } from '../../src/bot/messages/message.ts'
import { shortUnit } from '../../src/bot/records/review-queue.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { sectionRows, sumRow } from '../../src/campaign/scores/result-words.ts'
import { gradeIn } from '../../src/campaign/scores/results.ts'
import { reviewMarks, reviewNotes, reviewSummary } from '../../src/campaign/scores/review-words.ts'
import { choose } from '../../src/forms/choose.ts'
import { fitted } from '../../src/forms/fitted.ts'
import { stampOf, type Unit, type Waiting } from './waiting.ts'

export const name = 'review'
const most = 160

/** Says what was done, then what waits now. */
export const nothingWaits = (turn: Turn, done: string): void =>
  turn.show({ title: '待审', text: `${done ? `${done}。` : ''}目前没有待审的评分。` })

/** Asks which general branch: the names are on the buttons, with one line for each above. */
export function showUnits(turn: Turn, units: readonly Unit[], done: string): void {
  const { bands } = turn.campaign
  const count = units.reduce((sum, unit) => sum + unit.waiting.length, 0)
  const lines = units.map(({ name: unit, waiting }) => `${shortUnit(unit)}：${reviewSummary(waiting, bands)}`)
  const options = units.map((unit) => ({ id: unit.id, text: shortUnit(unit.name) }))
  choose(turn, `待审 ${count}个支部评分`, {
    options,
    offered: {
      handler: name,
      action: 'unit',
      what: '党总支',
      confirm: '查看',
      ...(done ? { desc: done } : {}),
      text: fitted(turn, lines.join('\n'), { most, instead: `共${units.length}处，各行见上一条。` }),
    },
  })
}

/** The table of a general branch: one row for each branch, 全部备案 and 逐个看. `only`: nothing waits elsewhere. */
export function showTable(turn: Turn, unit: Unit, { done = '', only }: { done?: string; only: boolean }): void {
  const { bands } = turn.campaign
  const lines = unit.waiting.map((one) => {
    const marks = reviewMarks(one, bands)
    return `${shortName(one.name)} ${gradeIn(one.card, bands)}${marks ? `（${marks}）` : ''}`
  })
  const instead = `共${unit.waiting.length}个支部，各行见上一条。`
  turn.show({
    title: `${shortUnit(unit.name)}待审${unit.waiting.length}个`,
    desc: [unit.name, done].filter(Boolean).join('。'),
    text: fitted(turn, lines.join('\n'), { most, head: [`${unit.name}待审：`], instead }),
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

/** One card to look at, with everything beside it. `left` is how many wait in its unit, including this one. */
export function showCard(turn: Turn, one: Waiting, { left, done }: { left: number; done: string }): void {
  const { rubric, bands } = turn.campaign
  const { card, self, branch } = one
  const rows = sectionRows(rubric, card.scores, self)
  const sum = sumRow(card, bands, self)
  const fits = rows.length < 6
  const notes = [...(fits ? [] : rows.map((row) => `${row.name} ${row.value}`)), ...reviewNotes(one, { rubric, bands })]
  const buttons: Button[] = [
    { text: '备案', key: buttonKey(name, 'file', branch.id, card.version), style: 'primary' },
    { text: '退回', key: buttonKey(name, 'return', branch.id, card.version) },
    ...(left > 1 ? [{ text: '下一个', key: buttonKey(name, 'next', branch.id) }] : []),
  ]
  turn.show({
    title: one.name,
    desc: [done, left > 1 ? `还有${left}个待审` : '最后一个待审'].filter(Boolean).join('。'),
    rows: fits ? [...rows, sum] : [sum],
    text: fitted(turn, notes.join('\n'), { most, head: [one.name], instead: '说明见上一条。' }),
    ask: { kind: 'buttons', buttons },
  })
}
