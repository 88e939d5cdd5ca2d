import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { World } from '../../src/bot/roster/world.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { addWorkingDays } from '../../src/campaign/calendar/calendar.ts'
import { byWords } from '../../src/campaign/calendar/ladder.ts'
import { Inspection, stateWords } from '../../src/campaign/inspection/inspection.ts'
import { numberOf } from '../../src/campaign/plan/campaign.ts'
import {
  type Branch,
  branchName,
  gradersOf,
  holdersOf,
  holds,
  type Person,
  type Roster,
} from '../../src/campaign/roster/roster.ts'
import { recordTable } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'

/** Keys: campaign, branch, its number of three digits. */
export const inspections = recordTable('inspections', Inspection)
/** Keys: campaign, whose branches (`college`, or ids of general branches), seed, count. */
export const draws = recordTable('draws', z.strictObject({ branches: z.array(z.string()) }))

/** A 督查 of a branch with its number. */
export type Numbered = { branch: string; number: number; one: Inspection }

/** All 督查 of the campaign, with their branches and numbers. */
export const inspectionsIn = ({ kept }: Snapshot): Numbered[] =>
  kept.of(inspections).map(({ ids, value }) => ({ branch: ids[1] ?? '', number: Number(ids[2]), one: value.content }))

export const inspectionsOf = async (turn: Turn, branch: Branch): Promise<Numbered[]> =>
  inspectionsIn(await snapshotIn(turn, [inspections])).filter((each) => each.branch === branch.id)

/** The ids of a 督查 after the campaign's: branch, and its number of three digits. */
export const idsOf = (branch: string, number: number): string[] => [branch, String(number).padStart(3, '0')]

/** The day by which an answer is due, some working days after `day`. */
export function dueFrom(
  { campaign, calendar }: Pick<World, 'campaign' | 'calendar'>,
  day: Temporal.PlainDate,
  which: 'answer' | 'again',
): string {
  return addWorkingDays(calendar, day, numberOf(campaign, 'inspection', which)).toString()
}

/** The sender: that person as long as they hold the post, or else its present holders. */
export function sendersOf(roster: Roster, branch: Branch, { from, sent }: Inspection): Person[] {
  const holders = from === 'organization-department' ? holdersOf(roster, from) : gradersOf(roster, branch)
  const sender = holders.find(({ id }) => id === sent.by)
  if (sender) return [sender]
  return holders.length > 0 ? holders : holdersOf(roster, 'organization-department')
}

/** The people who may close or return it: the holders of the sending post, and 组织部. */
export const mayEnd = ({ who }: Pick<Turn, 'who'>, branch: Branch, { from }: Inspection): boolean =>
  holds(who, 'organization-department') ||
  (from === 'general-branch-secretary' &&
    who.seats.some(
      ({ post, generalBranch }) =>
        post === from && generalBranch !== undefined && generalBranch === branch.generalBranch,
    ))

/** `督查1 软件教研室党支部：“…”（待整改，5月23日（周一）前）`. */
export function lineOf(turn: Turn, branch: Branch, { number, one }: Omit<Numbered, 'branch'>): string {
  const by = one.state === 'open' ? `，${byWords(turn.world.calendar, Temporal.PlainDate.from(one.due))}` : ''
  const answered = one.answer ? `。整改：“${one.answer.words}”` : ''
  return `督查${number} ${branchName(turn.roster, branch)}：“${one.words}”（${stateWords[one.state]}${by}）${answered}`
}
