import type { ProgressLine } from '../../src/bot/records/progress-line.ts'
import { scorecards } from '../../src/bot/records/records.ts'
import { queueOf, queueWords } from '../../src/bot/records/review-queue.ts'
import { holds } from '../../src/campaign/roster/roster.ts'
import { newestCards } from '../../src/campaign/scores/rounds.ts'

/** What waits for 备案, for the organization department's 帮助; it has no line in 进度. */
export const reviewLine: ProgressLine = {
  name: '待审',
  async today(turn) {
    if (!holds(turn.who, 'organization-department')) return []
    const cards = await turn.list(scorecards, turn.campaign.id)
    const deciding = newestCards(cards)
    const queue = queueOf(turn.roster, (branch) => deciding.get(branch.id))
    return queue
      ? [`${queueWords(queue, turn.now.toPlainDate(), turn.world.calendar).slice(0, -1)}，请回复“待审”。`]
      : []
  },
  counts: () => Promise.resolve(undefined),
  open: () => Promise.resolve(undefined),
  inGroup: () => Promise.resolve(undefined),
}
