import type { Count, ProgressLine } from '../bot/turn/progress-line.ts'
import { countsSeen, namesSeen, type Sight } from '../bot/turn/rights.ts'
import type { Turn } from '../bot/turn/turn.ts'
import type { Person } from '../campaign/roster/roster.ts'
import { hasBegun, openFor } from './open.ts'
import { isSeen, type Owed, type Owing, owedIn } from './owed.ts'
import { snapshotIn } from './snapshot.ts'

/**
 * Something that 进度 counts. `name` is its name in 谁没交. The ids say whom it concerns, to decide who may see it; without both it is the
 * college's.
 */
export type Counted = Pick<Owed, 'name' | 'done' | 'branch' | 'generalBranch'>

type Counting<T extends Counted> = {
  name: string
  /** Everything of it at this moment. */
  counted: (turn: Turn) => Promise<readonly T[]>
  today?: ProgressLine['today']
  /** The words of 谁没交 for what is open. The default is each thing's name. */
  missing?: (turn: Turn, open: readonly T[], person: Person) => Promise<string[]> | string[]
  /** The name of the list in 谁没交. The default is the line's name. */
  listName?: (turn: Turn) => Promise<string>
  /** It has no months, so `谁没交 5月` does not list it. */
  isOfYear?: true
  isSeen?: (one: T, sight: Sight) => boolean
}

/** A line of 进度 from the things that it counts: how many of those that a person may see are done, and which are not. */
export function progressLine<T extends Counted>(counting: Counting<T>): ProgressLine {
  const { name, counted, today, missing, listName, isOfYear } = counting
  const seenBy = async (turn: Turn, sight: Sight): Promise<T[]> =>
    (await counted(turn)).filter((one) => (counting.isSeen ?? isSeen)(one, sight))
  const countOf = (all: readonly T[]): Count | undefined =>
    all.length === 0 ? undefined : { name, done: all.filter(({ done }) => done).length, all: all.length }
  return {
    name,
    today: today ?? (() => Promise.resolve([])),
    counts: async (turn, person) => countOf(await seenBy(turn, countsSeen(person))),
    async open(turn, person, argument) {
      const seen = isOfYear && argument ? [] : await seenBy(turn, namesSeen(person))
      if (seen.length === 0) return undefined
      const open = seen.filter(({ done }) => !done)
      const names = (await missing?.(turn, open, person)) ?? open.map((one) => one.name)
      return { name: (await listName?.(turn)) ?? name, missing: names }
    },
    inGroup: async (turn, scope) =>
      countOf(await seenBy(turn, { college: scope === 'college', generalBranches: [scope], branches: [] })),
  }
}

/** The line of a duty, which follows from who owes what. A duty without a word is counted nowhere and says only what is open today. */
export const progressLineOf = (owing: Owing): ProgressLine =>
  progressLine({
    name: owing.word ?? owing.about,
    async counted(turn) {
      if (owing.word === undefined) return []
      const snapshot = await snapshotIn(turn, owing.reads)
      return owing.counted?.(snapshot) ?? owedIn(owing, snapshot)
    },
    today: (turn) => todayOf(owing, turn),
    async missing(turn, open, person) {
      const snapshot = await snapshotIn(turn, owing.reads)
      return open.map((one) => owing.nameFor?.(snapshot, one, person) ?? one.name)
    },
    listName: async (turn) => owing.listName?.(await snapshotIn(turn, owing.reads)) ?? owing.word ?? owing.about,
  })

/** What the speaker has open of a duty now, one line for each deadline. */
export async function todayOf(owing: Owing, turn: Turn): Promise<string[]> {
  const snapshot = await snapshotIn(turn, owing.reads)
  return openFor(owing, snapshot, turn.who.id)
    .filter(({ deadline }) => hasBegun(owing, snapshot, deadline))
    .map(({ said }) => [said.title, said.reply].join(''))
}
