import type { Button } from '../../src/bot/messages/message.ts'
import { allOvertaken, overtaken } from '../../src/bot/scorecards/overtaken.ts'
import { limitWords, unitsWaiting, type WaitingCard } from '../../src/bot/scorecards/waiting.ts'
import { buttonKey } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { sectionRows, sumRow } from '../../src/campaign/scores/result-words.ts'
import { reviewLine, reviewNotes, reviewSummary } from '../../src/campaign/scores/review-words.ts'
import { fitted } from '../../src/forms/fitted.ts'
import { Queue } from '../../src/forms/queue/queue.ts'
import { fileCards } from './act.ts'

export const name = 'review'

/** What waits for 备案, by general branch. */
export const queue = new Queue<WaitingCard>({
  handler: name,
  words: { decide: '备案', waits: '待审', what: '评分' },
  all: { action: 'file-all', text: '全部备案' },
  action: 'file',
  places: unitsWaiting,
  line: ({ campaign }, one) => reviewLine(one.name, one, campaign.bands),
  summary: ({ campaign }, waiting) => reviewSummary(waiting, campaign.bands),
  notices: limitWords,
  show: showCard,
  decide: fileCards,
  became: overtaken,
  allBecame: allOvertaken,
})

/** One card to look at, with everything beside it. */
function showCard(turn: Turn, one: WaitingCard, { desc, next }: { desc: string; next: readonly Button[] }): void {
  const { rubric, bands } = turn.campaign
  const { card, self, branch, version } = one
  const rows = sectionRows(rubric, card.scores, self)
  const sum = sumRow(card, bands, self)
  const fits = rows.length < 6
  const notes = [...(fits ? [] : rows.map((row) => `${row.name} ${row.value}`)), ...reviewNotes(one, { rubric, bands })]
  const buttons: Button[] = [
    { text: '备案', key: buttonKey(name, 'file', branch.id, version), style: 'primary' },
    { text: '退回', key: buttonKey(name, 'return', branch.id, version) },
    ...next,
  ]
  turn.show({
    title: one.name,
    desc,
    rows: fits ? [...rows, sum] : [sum],
    text: fitted(turn, notes.join('\n'), { most: 160, head: [one.name], instead: '说明见上一条。' }),
    ask: { kind: 'buttons', buttons },
  })
}
