import type { Handler } from '../src/bot/turn/handler.ts'
import { everyone } from '../src/bot/turn/rights.ts'

/** Words instead of cards, for people whose client shows none, or who prefer words. */
export const display: Handler = {
  name: 'display',
  commands: [
    {
      word: '文字',
      by: everyone,
      use: '用文字代替卡片',
      async run(turn) {
        turn.session.text = true
        turn.say('好的，以后用编号文字，不再发卡片。要换回来请回复“卡片”。')
      },
    },
    {
      word: '卡片',
      by: everyone,
      async run(turn) {
        turn.session.text = false
        turn.say('好的，以后用卡片。看不到卡片时请回复“文字”。')
      },
    },
  ],
}
