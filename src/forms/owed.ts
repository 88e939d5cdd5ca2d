import type { Temporal } from 'temporal-polyfill'
import type { Among, Snapshot } from '../bot/pushes/schedule.ts'
import type { Sight } from '../bot/turn/rights.ts'
import type { Ladder } from '../campaign/calendar/ladder.ts'
import { once } from '../campaign/once.ts'
import { ladderOf } from '../campaign/plan/campaign.ts'
import { type Branch, type Person, personOf } from '../campaign/roster/roster.ts'
import type { Table } from '../store/table.ts'

/** One thing that somebody owes: a quarter's report of a branch, a milestone of a task. */
export type Owed = {
  /** Who does it; nobody where the seat is empty. */
  by: readonly Person[]
  /** Which period of the duty, as an id for good: `2022-06-30`. */
  period: string
  /** What is missing while it is open, by the name that people use: a branch, a person. */
  name: string
  /** Whom it concerns, for who may see it: ids. Neither: it is the college's. */
  branch?: string
  generalBranch?: string
  deadline: Temporal.PlainDate
  /** For who does it, where that is not the same for them: it was sent back and is due anew, or they owe it beside another thing. */
  doer?: { period: string; deadline: Temporal.PlainDate }
  done: boolean
  /** It was given and sent back. */
  returned?: boolean
  /** Who is told once when it is overdue. */
  superiors: readonly Person[]
}

export type Said = { title: string; lines: string[]; reply: string; among?: Among }

/**
 * A duty: who owes what by when. From it follow progress, the names of who is open, help, and all reminders (`duty.ts`, `ladder.ts`).
 * Pure functions of a snapshot. `about`: its one name. `word`: its line in 进度, none where it has no line there.
 */
export type Owing = {
  about: string
  word?: string
  /** What 谁没交 calls the list (`2季度季报`); the word where it is not given. */
  listName?: (snapshot: Snapshot) => string
  reads: readonly Table<unknown>[]
  /** The days by which something of it may be due; where it is given, `owed` is asked for some of them alone. */
  deadlines?: (snapshot: Snapshot) => readonly Temporal.PlainDate[]
  /**
   * Every thing owed that may be due or overdue now; with `days`, what is due by one of those deadlines; with `who`, all that this person
   * does and maybe others' too: one person's duties do not cost as much as the college's.
   */
  owed: (snapshot: Snapshot, days?: readonly Temporal.PlainDate[], who?: Person) => readonly Owed[]
  /** What 进度 and 谁没交 count at this moment; all of `owed` where it is not given. */
  counted?: (snapshot: Snapshot) => readonly Owed[]
  /** The steps; those of the campaign for `about` where they are not given. */
  ladder?: (snapshot: Snapshot) => Ladder
  /** The day from which it is open for a deadline; that of the first step where it is not given. */
  begins?: (deadline: Temporal.PlainDate) => Temporal.PlainDate
  /** What is said to one person of what they have open for one deadline. */
  asks: (snapshot: Snapshot, open: readonly Owed[], person: Person) => Said
  /** What 谁没交 calls an open thing to one person; its name where it is not given. */
  nameFor?: (snapshot: Snapshot, one: Owed, person: Person) => string
  /** What their superior hears, once, of all that is overdue below them. */
  tells?: (snapshot: Snapshot, open: readonly Owed[]) => Said
  /**
   * What a group hears of what is owed in its range, counts alone (R4); a duty without it is none of the groups'. `silent`: who has not
   * answered after the deadline, where the organization department switched their names on.
   */
  tellsGroup?: (
    snapshot: Snapshot,
    owed: { owed: readonly [Owed, ...Owed[]]; done: number; silent: readonly Person[] },
  ) => Said
}

export const ladderFor = (owing: Owing, snapshot: Snapshot): Ladder =>
  owing.ladder?.(snapshot) ?? ladderOf(snapshot.world.campaign, owing.about)

const allOwed = once((owing: Owing) => once((snapshot: Snapshot) => owing.owed(snapshot)))
/** Every thing owed at a moment, reckoned once for all who ask. */
export const owedIn = (owing: Owing, snapshot: Snapshot): readonly Owed[] => allOwed(owing)(snapshot)
/** What of it one person has not done. */
export function openOf(owing: Owing, snapshot: Snapshot, person: string): readonly Owed[] {
  const who = personOf(snapshot.world.roster, person)
  const isOpen = ({ by, done }: Owed): boolean => !done && by.some(({ id }) => id === person)
  return who ? owing.owed(snapshot, undefined, who).filter(isOpen) : []
}

/** The same as it stands for who does it. */
export const forDoer = (one: Owed): Owed => (one.doer ? { ...one, ...one.doer } : one)

/** Where a thing of a branch belongs, for who may see it. */
export const placeOf = ({ id, generalBranch }: Branch): { branch: string; generalBranch?: string } => ({
  branch: id,
  ...(generalBranch === undefined ? {} : { generalBranch }),
})

/** Whether it lies in what a person sees. */
export const isSeen = ({ branch, generalBranch }: Pick<Owed, 'branch' | 'generalBranch'>, sight: Sight): boolean =>
  sight.college ||
  (generalBranch !== undefined && sight.generalBranches.includes(generalBranch)) ||
  (branch !== undefined && sight.branches.includes(branch))

/** The same of a branch, as one below the college or a general branch: not as one's own. */
export const isBranchSeen = (branch: Branch, sight: Sight): boolean =>
  isSeen(placeOf(branch), { ...sight, branches: [] })
