import { scorecards } from '../../src/bot/records/records.ts'
import { queuesIn } from '../../src/bot/records/review-queue.ts'
import { progressLine } from '../../src/forms/progress-line.ts'
import { isReviewer } from './act.ts'

/** What waits for 备案, for the organization department's 帮助. 进度 counts nothing of it. */
export const reviewLine = progressLine({
  name: '待审',
  counted: () => Promise.resolve([]),
  async today(turn) {
    if (!isReviewer(turn)) return []
    const queues = queuesIn(turn.world, await turn.list(scorecards, turn.campaign.id))
    return queues.map(({ words, word }) => `${words.slice(0, -1)}，请回复“${word}”。`)
  },
})
