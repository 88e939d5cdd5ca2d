import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { lectureKind, periodOf, periodsAt, periodWords } from '../../src/campaign/meetings/meeting-kinds.ts'
import { once } from '../../src/campaign/once.ts'
import type { MeetingKind } from '../../src/campaign/plan/campaign.ts'
import { type Recorded, recordTable, stands } from '../../src/forms/record.ts'

/** J10: records of organisation life. Plan, 三（三）. The campaign file says how often meetings are held. */

type Day = Temporal.PlainDate

/** A meeting of a branch: only numbers, no list of names (R2). `more` holds the other words. */
const Meeting = z.strictObject({
  topic: z.string(),
  expected: z.number(),
  present: z.number(),
  more: z.string().exactOptional(),
})
/** Keys: campaign, branch, kind, ISO day. */
export const meetings = recordTable('meetings', Meeting)

/** A person's lecture. `branches` are those whose 党课 of the quarter it is as well (R3). */
const Lecture = z.strictObject({
  occasion: z.string(),
  title: z.string(),
  listeners: z.number(),
  branches: z.array(z.string()),
  more: z.string().exactOptional(),
})
/** Keys: campaign, person, ISO day. */
export const lectures = recordTable('lectures', Lecture)

/** A committee member took part as an ordinary member. */
const Participation = z.strictObject({ kinds: z.array(z.string()), more: z.string().exactOptional() })
/** Keys: campaign, person, ISO day, branch. */
export const participations = recordTable('participations', Participation)

export const meetingTables = [meetings, lectures] as const

/** The days (ISO) of the recorded meetings of a branch and kind, ascending. */
export type Held = (branch: string, kind: string) => readonly string[]

/** What counts: meetings that were not taken back, and the lectures of the branches' secretaries. */
export const heldIn =
  ({ kept, world }: Snapshot): Held =>
  (branch, kind) => {
    const held = kept.below(meetings, world.campaign.id, branch, kind).filter(({ value }) => stands(value))
    const days = held.map(({ ids }) => ids[3] ?? '')
    const lectured = kind === lectureKind ? (lecturesBy(kept.of(lectures)).get(branch) ?? []) : []
    return lectured.length > 0 ? [...new Set([...days, ...lectured])].sort() : days
  }
const lecturesBy = once((rows: readonly { ids: string[]; value: Recorded<z.infer<typeof Lecture>> }[]) => {
  const days = new Map<string, string[]>()
  for (const { ids, value } of rows)
    if (stands(value))
      for (const branch of value.content.branches) days.set(branch, [...(days.get(branch) ?? []), ids[2] ?? ''])
  return days
})

export const kindsOf = ({ world }: Snapshot): readonly MeetingKind[] => world.campaign.duties.meetings.kinds

/** The days within a kind's period; empty if nothing is recorded. */
export const daysWithin = (
  held: Held,
  branch: string,
  { kind, end }: { kind: MeetingKind; end: Day },
): readonly string[] => {
  const { first, last } = periodOf(kind, end)
  return held(branch, kind.name).filter((day) => day >= first && day <= last)
}

/** The branches with a record in the period: one pass over all records instead of a search for each branch. */
export function heldWithin({ kept }: Snapshot, { kind, end }: { kind: MeetingKind; end: Day }): ReadonlySet<string> {
  const { first, last } = periodOf(kind, end)
  const isWithin = (day = ''): boolean => day >= first && day <= last
  const held = new Set<string>()
  for (const { ids, value } of kept.of(meetings))
    if (ids[2] === kind.name && isWithin(ids[3]) && stands(value)) held.add(ids[1] ?? '')
  if (kind.name === lectureKind)
    for (const [branch, days] of lecturesBy(kept.of(lectures))) if (days.some(isWithin)) held.add(branch)
  return held
}

/** The kinds of which a branch has no record, by period: `4月`, `2季度`. */
export type Lack = { period: string; kinds: string[] }

const lengths: readonly MeetingKind['every'][] = ['month', 'quarter', 'year']
const shortestFirst = (kinds: readonly MeetingKind[]): MeetingKind[] =>
  kinds.toSorted((a, b) => lengths.indexOf(a.every) - lengths.indexOf(b.every))

/** What a branch lacks in the current periods and in the last ones. Periods before the campaign lack nothing. */
export function lacksOf(snapshot: Snapshot, branch: string): { running: Lack[]; last: Lack[] } {
  const { campaign, now } = snapshot.world
  const held = heldIn(snapshot)
  const lacks = { running: [] as Lack[], last: [] as Lack[] }
  for (const kind of shortestFirst(kindsOf(snapshot))) {
    const periods = periodsAt(kind, campaign, now.toPlainDate())
    for (const which of ['running', 'last'] as const) {
      const end = periods[which]
      if (!end || daysWithin(held, branch, { kind, end }).length > 0) continue
      const period = periodWords(kind, end)
      const known = lacks[which].find((one) => one.period === period)
      if (known) known.kinds.push(kind.name)
      else lacks[which].push({ period, kinds: [kind.name] })
    }
  }
  return lacks
}

/** `4月缺支委会、党小组会；2季度缺党课`; empty if nothing is missing. */
export const lackWords = (lacks: readonly Lack[]): string =>
  lacks.map(({ period, kinds }) => `${period}缺${kinds.join('、')}`).join('；')
