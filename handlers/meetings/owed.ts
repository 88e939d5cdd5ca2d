import type { Temporal } from 'temporal-polyfill'
import { dateOf } from '../../src/bot/clock.ts'
import { listed } from '../../src/bot/pushes/push-text.ts'
import type { Due, Said, Schedule, Snapshot } from '../../src/bot/pushes/schedule.ts'
import { opensMonth } from '../../src/campaign/calendar/calendar.ts'
import { isoOf } from '../../src/campaign/calendar/iso.ts'
import { periodEnds } from '../../src/campaign/meetings/meeting-kinds.ts'
import { listsBy, once } from '../../src/campaign/once.ts'
import type { MeetingKind } from '../../src/campaign/plan/campaign.ts'
import {
  type Branch,
  branchName,
  branchOf,
  gradersOf,
  holdersOf,
  ledBranches,
  type Person,
} from '../../src/campaign/roster/roster.ts'
import { dueOf } from '../../src/forms/open.ts'
import { type Owed, type Owing, placeOf } from '../../src/forms/owed.ts'
import { progressLine, todayOf } from '../../src/forms/progress-line.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { daysWithin, heldIn, heldWithin, kindsOf, meetingTables } from './records.ts'

type Day = Temporal.PlainDate
const about = 'meetings'
const word = '三会一课'

/** One kind of one branch in a period that ends on `end`. */
type OwedMeeting = Owed & { kind: string; branch: string }

/** The kinds with a period that ends in a month, and its last day. */
const endingIn = (snapshot: Snapshot, month: Day) =>
  kindsOf(snapshot).flatMap((kind) => {
    const ends = periodEnds(kind, snapshot.world.campaign)
    const end = ends.find((day) => day.year === month.year && day.month === month.month)
    return end ? [{ kind, end }] : []
  })

/** What the branches owe in periods that end in a month, each kind once. `who` limits it to the branches that this person leads. */
export function owedIn(snapshot: Snapshot, month: Day, who?: Person): OwedMeeting[] {
  const { roster } = snapshot.world
  const ending = endingIn(snapshot, month).map(({ kind, end }) => ({
    kind,
    end,
    period: isoOf(end),
    isHeld: heldBy(snapshot, { kind, end }, who),
  }))
  return (who ? ledBranches(roster, who) : roster.branches).flatMap((branch) => {
    const by = holdersOf(roster, 'branch-secretary', { branch: branch.id })
    const name = branchName(roster, branch)
    return ending.map(({ kind, end, period, isHeld }) => ({
      by,
      period,
      name: `${name}${kind.name}`,
      kind: kind.name,
      ...placeOf(branch),
      deadline: end,
      done: isHeld(branch.id),
      superiors: [],
    }))
  })
}
/** Whether a branch has a record. The few branches of one person are looked up, the whole college is gone through once. */
function heldBy(snapshot: Snapshot, of: { kind: MeetingKind; end: Day }, who?: Person): (branch: string) => boolean {
  const [held, all] = who ? [heldIn(snapshot)] : [undefined, heldWithin(snapshot, of)]
  return (branch) => (held ? daysWithin(held, branch, of).length > 0 : all.has(branch))
}

const thisMonth = ({ world }: Snapshot): Day => dateOf(world.now)
const owedNow = once((snapshot: Snapshot) => owedIn(snapshot, thisMonth(snapshot)))
/** One piece for each branch in the roster's order: `机电学生党支部（支委会、党小组会）`. */
type Lacking = { branch: Branch; kinds: string[]; words: string }
function byBranch({ world: { roster } }: Snapshot, open: readonly Owed[]): Lacking[] {
  return [...listsBy(open, ({ branch }) => [branch ?? ''])].flatMap(([id, lacking]) => {
    const branch = branchOf(roster, id)
    const kinds = lacking.flatMap(({ kind }) => kind ?? [])
    return branch ? [{ branch, kinds, words: `${branchName(roster, branch)}（${kinds.join('、')}）` }] : []
  })
}

export const meetingsOwed: Owing & {
  owed: (snapshot: Snapshot, days?: readonly Day[], who?: Person) => OwedMeeting[]
} = {
  about,
  word,
  reads: meetingTables,
  deadlines: (snapshot) => endingIn(snapshot, thisMonth(snapshot)).map(({ end }) => end),
  owed(snapshot, days, who) {
    const owed = who ? owedIn(snapshot, thisMonth(snapshot), who) : owedNow(snapshot)
    return days ? owed.filter(({ deadline }) => days.some((day) => day.equals(deadline))) : owed
  },
  asks: (snapshot, open): Said => {
    const mine = byBranch(snapshot, open)
    const [kind = ''] = mine[0]?.kinds ?? []
    const by = dueOf(snapshot, open)
    return {
      title: `三会一课记录，${by}。`,
      among: { by, what: '三会一课记录', word },
      lines: mine.map(({ kinds, words }) => `还没有记录：${mine.length > 1 ? words : kinds.join('、')}`),
      reply: `开过的请回复“三会一课 日期${kind}，应到…实到…，议题：…”。`,
    }
  },
}

/** 谁没交 lists branches, each with what it lacks. */
export const meetingsLine = progressLine({
  name: word,
  counted: async (turn) => owedNow(await snapshotIn(turn, meetingTables)),
  today: (turn) => todayOf(meetingsOwed, turn),
  missing: async (turn, open) => byBranch(await snapshotIn(turn, meetingTables), open).map(({ words }) => words),
})

/** On the first working day of a month the general branches hear what the month before lacks. For direct branches 组织部 hears it. */
export const meetingsLacking: Schedule = {
  duty: about,
  reads: meetingTables,
  due: (snapshot, date) => {
    const { calendar, campaign } = snapshot.world
    if (!opensMonth(calendar, date, campaign.starts)) return []
    const ended = date.with({ day: 1 }).subtract({ days: 1 })
    return toSuperiors(snapshot, ended)
  },
  open: () => [],
}

/** Branches that lack the same are one line. */
function alike({ world }: Snapshot, lacking: readonly Lacking[]): string[] {
  const branches = new Map<string, string[]>()
  for (const { branch, kinds } of lacking) {
    const words = kinds.join('、')
    branches.set(words, [...(branches.get(words) ?? []), branchName(world.roster, branch)])
  }
  return [...branches].map(([kinds, names]) => `${listed(names, '个')}：${kinds}`)
}

function toSuperiors(snapshot: Snapshot, ended: Day): Due[] {
  const { roster } = snapshot.world
  const owed = owedIn(snapshot, ended)
  const below = listsBy(owed, (one) => {
    const branch = branchOf(roster, one.branch)
    const graders = branch ? gradersOf(roster, branch) : []
    return graders.length > 0 ? graders : holdersOf(roster, 'organization-department')
  })
  return [...below].flatMap(([person, all]): Due[] => {
    const open = all.filter(({ done }) => !done)
    if (open.length === 0) return []
    const lacking = byBranch(snapshot, open)
    return [
      {
        receiver: { person },
        duty: about,
        period: ended.toString(),
        step: 'lacking',
        kind: 'escalation',
        says: () => ({
          title: `${ended.month}月三会一课已记${all.length - open.length}/${all.length}，还有${lacking.length}个支部缺记录。`,
          lines: alike(snapshot, lacking),
          reply: '各支部情况请回复“三会一课”。',
        }),
      },
    ]
  })
}
