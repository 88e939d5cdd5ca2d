import type { Cell, List } from '../../src/bot/dashboard/list.ts'
import { countsSeen } from '../../src/bot/turn/rights.ts'
import { isSeen } from '../../src/forms/owed.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { owedIn } from './owed.ts'
import { meetingTables } from './records.ts'

/** Kind × month of the campaign so far: how many of the branches' records exist, and how many are missing in all. */
export const meetingsByMonth: List = {
  name: 'meetings-months',
  title: '三会一课各月',
  onPage: true,
  seen: ({ who }) => {
    const { college, generalBranches } = countsSeen(who)
    return college || generalBranches.length > 0
  },
  async read(turn) {
    const snapshot = await snapshotIn(turn, meetingTables)
    const sight = { ...countsSeen(turn.who), branches: [] }
    const first = turn.campaign.starts.with({ day: 1 })
    const count = first.until(turn.now.toPlainDate().with({ day: 1 }), { largestUnit: 'months' }).months + 1
    const months = Array.from({ length: Math.max(count, 0) }, (_, i) => first.add({ months: i }))
    const kinds = new Map<string, { should: number; held: number[] }>()
    for (const [i, month] of months.entries())
      for (const one of owedIn(snapshot, month).filter((owed) => isSeen(owed, sight))) {
        const kind = kinds.get(one.kind) ?? { should: 0, held: months.map(() => 0) }
        kind.should++
        if (one.done) kind.held[i] = (kind.held[i] ?? 0) + 1
        kinds.set(one.kind, kind)
      }
    const names = months.map(({ month }) => `${month}月`)
    const rows = [...kinds].map(([name, { should, held }]): Cell[] => {
      const all = held.reduce((sum, one) => sum + one, 0)
      return [name, ...held, all, should - all]
    })
    return {
      columns: ['会议', ...names, '已记录', '未记录'],
      rows,
      chart: { label: '会议', values: ['已记录', '未记录'] },
    }
  },
}
