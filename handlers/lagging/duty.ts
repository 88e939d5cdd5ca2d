import type { Count, Duty } from '../../src/bot/records/duties.ts'
import { countsSeen, namesSeen, type Sight } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { snapshotIn } from '../../src/forms/duty.ts'
import { isSeen, placeOf } from '../../src/forms/owed.ts'
import { laggingIn, laggingReads, numbered } from './records.ts'

/** Measures of the lagging branches that a person sees. */
async function seen(turn: Turn, sight: Sight) {
  const all = laggingIn(await snapshotIn(turn, laggingReads)).filter(({ branch }) => isSeen(placeOf(branch), sight))
  return all.flatMap(({ name, measures }) =>
    numbered(measures).map(({ number, measure }) => ({ name, number, measure })),
  )
}

async function count(turn: Turn, sight: Sight): Promise<Count | undefined> {
  const all = await seen(turn, sight)
  const done = all.filter(({ measure }) => measure.state === '已完成').length
  return all.length === 0 ? undefined : { name: '措施', done, all: all.length }
}

/** 措施 in 进度: done of all, of lagging branches. */
export const measuresDuty: Duty = {
  name: '措施',
  today: () => Promise.resolve([]),
  counts: (turn, person) => count(turn, countsSeen(person)),
  async open(turn, person, argument) {
    const all = argument ? [] : await seen(turn, namesSeen(person))
    if (all.length === 0) return undefined
    const open = all.filter(({ measure }) => measure.state !== '已完成')
    return { name: '措施', missing: open.map(({ name, number }) => `${name}第${number}条`) }
  },
  inGroup: (turn, scope) => count(turn, { college: scope === 'college', generalBranches: [scope], branches: [] }),
}
