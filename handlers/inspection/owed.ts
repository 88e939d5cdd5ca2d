import { Temporal } from 'temporal-polyfill'
import type { Said, Snapshot } from '../../src/bot/pushes/schedule.ts'
import { stateWords } from '../../src/campaign/inspection/inspection.ts'
import { once } from '../../src/campaign/once.ts'
import { ladderOf } from '../../src/campaign/plan/campaign.ts'
import { branchName, branchOf, holdersOf } from '../../src/campaign/roster/roster.ts'
import { dueOf, namesOf } from '../../src/forms/open.ts'
import { type Owed, type Owing, placeOf } from '../../src/forms/owed.ts'
import { progressLine, todayOf } from '../../src/forms/progress-line.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { inspections, inspectionsIn, sendersOf } from './records.ts'

const word = '督查整改'
type OwedAnswer = Owed & { number: number; words: string; closed: boolean; state: string }

/** Each 督查 of a branch in the roster. Its answer is owed while it is open. */
export const answersOwed = once((snapshot: Snapshot): OwedAnswer[] => {
  const { roster } = snapshot.world
  return inspectionsIn(snapshot).flatMap(({ branch: id, number, one }) => {
    const branch = branchOf(roster, id)
    if (!branch) return []
    return [
      {
        by: holdersOf(roster, 'branch-secretary', { branch: id }),
        period: `督查 ${id} ${number} ${one.due}`,
        name: `${branchName(roster, branch)}督查${number}`,
        ...placeOf(branch),
        deadline: Temporal.PlainDate.from(one.due),
        done: one.state !== 'open',
        superiors: sendersOf(roster, branch, one),
        number,
        words: one.words,
        closed: one.state === 'closed',
        state: stateWords[one.state],
      },
    ]
  })
})

export const inspectionsOwed: Owing = {
  about: 'meetings',
  reads: [inspections],
  owed: answersOwed,
  ladder: ({ world }) => ladderOf(world.campaign, 'inspection'),
  asks: (snapshot, open): Said => {
    const mine = answersOwed(snapshot).filter((one) => open.some(({ period }) => period === one.period))
    return {
      title: `督查整改，${dueOf(snapshot, open)}。`,
      lines: mine.map(({ name, words }) => `${name}：“${words}”`),
      reply: '答复请回复“整改 做了什么”。',
    }
  },
  tells: (_, open): Said => ({
    title: `督查整改已到期，还有${open.length}条没有答复。`,
    lines: [namesOf(open, '条')],
    reply: '全部督查请回复“督查”。',
  }),
}

/** 进度 counts closed ones; reminders are about unanswered ones. */
export const inspectionsLine = progressLine({
  name: word,
  counted: async (turn) =>
    answersOwed(await snapshotIn(turn, [inspections])).map((one) => ({ ...one, done: one.closed })),
  today: (turn) => todayOf(inspectionsOwed, turn),
  missing: (_, open) => open.map(({ name, state }) => `${name}（${state}）`),
})
