import type { Temporal } from 'temporal-polyfill'
import type { Said, Snapshot } from '../bot/pushes/schedule.ts'
import type { Sight } from '../bot/turn/rights.ts'
import type { Ladder } from '../campaign/calendar/ladder.ts'
import { once } from '../campaign/once.ts'
import { ladderOf } from '../campaign/plan/campaign.ts'
import { type Branch, type Person, personOf } from '../campaign/roster/roster.ts'
import type { Table } from '../store/table.ts'

/** One thing that somebody owes: a quarter's report of a branch, a milestone of a task. */
export type Owed = {
  /** The people who do it; empty if the seat is vacant. */
  by: readonly Person[]
  /** The period of the duty, as a permanent id: `2022-06-30`. */
  period: string
  /** What is missing while it is open, by the name that people use: a branch, a person. */
  name: string
  /** The ids of those whom it concerns, to decide who may see it. Without both it is the college's. */
  branch?: string
  generalBranch?: string
  /** Which of the things that a branch owes by one deadline: a kind of meeting. */
  kind?: string
  deadline: Temporal.PlainDate
  /** Set if period and deadline differ for the people who do it: it was sent back and is due anew, or they owe it beside another thing. */
  doer?: { period: string; deadline: Temporal.PlainDate }
  done: boolean
  /** It was given and sent back. */
  returned?: boolean
  /** The people who are told once when it is overdue. */
  superiors: readonly Person[]
}

/**
 * A duty: who owes what by when. Progress, the names of those with open things, help and all reminders follow from it (`progress-line.ts`,
 * `ladder.ts`). Pure functions of a snapshot. `about` is its one name. `word` is its line in 进度; absent if it has none.
 */
export type Owing = {
  about: string
  word?: string
  /** The name of the list in 谁没交 (`2季度季报`). The default is the word. */
  listName?: (snapshot: Snapshot) => string
  reads: readonly Table<unknown>[]
  /** The days by which something of it may be due. If it is given, `owed` is asked for some of them only. */
  deadlines?: (snapshot: Snapshot) => readonly Temporal.PlainDate[]
  /**
   * Everything owed that may be due or overdue now. With `days`: what is due by one of those deadlines. With `who`: at least everything
   * that this person does, so that one person's duties cost less than the college's.
   */
  owed: (snapshot: Snapshot, days?: readonly Temporal.PlainDate[], who?: Person) => readonly Owed[]
  /** What 进度 and 谁没交 count at this moment. The default is all of `owed`. */
  counted?: (snapshot: Snapshot) => readonly Owed[]
  /** The steps. The default is the campaign's for `about`. */
  ladder?: (snapshot: Snapshot) => Ladder
  /** The day on which it opens for a deadline. The default is the day of the first step. */
  begins?: (deadline: Temporal.PlainDate) => Temporal.PlainDate
  /** The text to one person about what they have open for one deadline. */
  asks: (snapshot: Snapshot, open: readonly Owed[], person: Person) => Said
  /** The name of an open thing in 谁没交 for one person. The default is its name. */
  nameFor?: (snapshot: Snapshot, one: Owed, person: Person) => string
  /** What the superior hears, once, of everything overdue below them. */
  tells?: (snapshot: Snapshot, open: readonly Owed[]) => Said
  /**
   * What a group hears of things owed in its range, only as counts (R4). Without it groups hear nothing of the duty. `silent` are those who
   * have not answered after the deadline, if the organization department switched their names on.
   */
  tellsGroup?: (
    snapshot: Snapshot,
    owed: { owed: readonly [Owed, ...Owed[]]; done: number; silent: readonly Person[] },
  ) => Said
}

/** The steps of a duty: its own, or else the campaign's for its name. */
export const ladderFor = (owing: Owing, snapshot: Snapshot): Ladder =>
  owing.ladder?.(snapshot) ?? ladderOf(snapshot.world.campaign, owing.about)

const allOwed = once((owing: Owing) => once((snapshot: Snapshot) => owing.owed(snapshot)))
/** Everything owed at a moment, reckoned once for all who ask. */
export const owedIn = (owing: Owing, snapshot: Snapshot): readonly Owed[] => allOwed(owing)(snapshot)
/** The things that one person has not done. */
export function openOf(owing: Owing, snapshot: Snapshot, person: string): readonly Owed[] {
  const who = personOf(snapshot.world.roster, person)
  const isOpen = ({ by, done }: Owed): boolean => !done && by.some(({ id }) => id === person)
  return who ? owing.owed(snapshot, undefined, who).filter(isOpen) : []
}

/** The same thing as it is for the people who do it. */
export const forDoer = (one: Owed): Owed => (one.doer ? { ...one, ...one.doer } : one)

/** The place of a branch's thing, to decide who may see it. */
export const placeOf = ({ id, generalBranch }: Branch): { branch: string; generalBranch?: string } => ({
  branch: id,
  ...(generalBranch === undefined ? {} : { generalBranch }),
})

/** Whether it lies in what a person sees. */
export const isSeen = ({ branch, generalBranch }: Pick<Owed, 'branch' | 'generalBranch'>, sight: Sight): boolean =>
  sight.college ||
  (generalBranch !== undefined && sight.generalBranches.includes(generalBranch)) ||
  (branch !== undefined && sight.branches.includes(branch))

/** Whether a person sees a branch as one below the college or a general branch, and not as their own. */
export const isBranchSeen = (branch: Branch, sight: Sight): boolean =>
  isSeen(placeOf(branch), { ...sight, branches: [] })
