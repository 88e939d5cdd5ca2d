import type { ProgressLine } from '../../src/bot/records/progress-line.ts'
import { scorecards } from '../../src/bot/records/records.ts'
import { queuesIn } from '../../src/bot/records/review-queue.ts'
import { holds } from '../../src/campaign/roster/roster.ts'

/** What waits for 备案, for the organization department's 帮助; it has no line in 进度. */
export const reviewLine: ProgressLine = {
  name: '待审',
  async today(turn) {
    if (!holds(turn.who, 'organization-department')) return []
    const queues = queuesIn(turn.world, await turn.list(scorecards, turn.campaign.id))
    return queues.map(({ words, word }) => `${words.slice(0, -1)}，请回复“${word}”。`)
  },
  counts: () => Promise.resolve(undefined),
  open: () => Promise.resolve(undefined),
  inGroup: () => Promise.resolve(undefined),
}
