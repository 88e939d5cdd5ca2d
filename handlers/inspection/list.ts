import type { Cell, List } from '../../src/bot/dashboard/list.ts'
import { countsSeen, namesSeen } from '../../src/bot/turn/rights.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { isSeen } from '../../src/forms/owed.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { answersOwed } from './owed.ts'
import { inspections } from './records.ts'

/** J10: every 督查 with its state, for people who may say 谁没交. */
export const inspectionList: List = {
  name: 'inspections',
  title: '督查整改',
  onPage: true,
  behind: '督查整改',
  seen: ({ who }) => namesSeen(who).college || countsSeen(who).generalBranches.length > 0,
  async read(turn) {
    const sight = namesSeen(turn.who)
    const seen = answersOwed(await snapshotIn(turn, [inspections])).filter((one) => isSeen(one, sight))
    const rows = seen.map(({ name, words, state, closed, deadline }): Cell[] => [
      name,
      words,
      { text: state, mark: closed ? 'done' : 'open' },
      dayWords(deadline),
    ])
    return { columns: ['党支部', '督查内容', '状态', '答复期限'], rows }
  },
}
