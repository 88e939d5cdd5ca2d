import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { dayOf } from '../../src/bot/clock.ts'
import { branchOfName, type Snapshot } from '../../src/bot/pushes/schedule.ts'
import { regradings } from '../../src/bot/records/records.ts'
import { laggingRounds, roundsInSnapshot } from '../../src/bot/scorecards/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { addWorkingDays } from '../../src/campaign/calendar/calendar.ts'
import { once } from '../../src/campaign/once.ts'
import { numberOf } from '../../src/campaign/plan/campaign.ts'
import { rowsIn } from '../../src/campaign/plan/periods.ts'
import {
  type Branch,
  branchName,
  branchOf,
  committeePosts,
  holds,
  type Person,
} from '../../src/campaign/roster/roster.ts'
import { Measure } from '../../src/campaign/scores/measures.ts'
import { gradeIn } from '../../src/campaign/scores/results.ts'
import { type Graded, isConverted, isFiledLowest, isLagging, newestFiled } from '../../src/campaign/scores/rounds.ts'
import type { Bands } from '../../src/campaign/scores/rubric.ts'
import { placeOf } from '../../src/forms/owed.ts'
import { recordTable, stands } from '../../src/forms/record.ts'

/** `sponsor` and `helper` are ids. `since` is the day on which the branch first got a sponsor; measures are due from then on. */
const Sponsorship = z.strictObject({
  sponsor: z.string().exactOptional(),
  helper: z.string().exactOptional(),
  since: z.string().exactOptional(),
})
export type Sponsorship = z.infer<typeof Sponsorship>

/** Keys: campaign, branch. */
export const sponsorships = recordTable('lagging', Sponsorship)
/** All measures of a branch, numbered from 1 by their place. Keys: campaign, branch. */
export const measures = recordTable('measures', z.array(Measure))
export const laggingReads = [sponsorships, measures, regradings]

/** A branch that was filed as lagging in the first round, with all that is known of it. `filed` is the day of that. */
export type Lagging = {
  branch: Branch
  name: string
  rounds: Graded[]
  filed: Temporal.PlainDate
  sponsor?: Person
  helper?: Branch
  since?: Temporal.PlainDate
  measures: readonly Measure[]
}

const rowOf = <T>(rows: readonly { ids: readonly string[]; value: T }[], id: string): T | undefined =>
  rows.find(({ ids }) => ids[1] === id)?.value

/** The measures of a branch; empty if there are none. */
export function measuresOf(snapshot: Snapshot, { id }: { id: string }): readonly Measure[] {
  const found = rowOf(snapshot.kept.of(measures), id)
  return stands(found) ? found.content : []
}

/** The sponsor and helper of a branch, as far as they are named. */
export function sponsorshipOf(snapshot: Snapshot, { id }: { id: string }): Sponsorship {
  const found = rowOf(snapshot.kept.of(sponsorships), id)
  return stands(found) ? found.content : {}
}

/** The ids of the branches that a person sponsors. */
export async function sponsoredBy(turn: Turn, { id }: Person): Promise<Set<string>> {
  const rows = await turn.list(sponsorships, turn.campaign.id)
  return new Set(
    rows.flatMap(({ ids, value }) => (stands(value) && value.content.sponsor === id ? (ids[1] ?? []) : [])),
  )
}

/** In the roster's order. A person who has left the committee sponsors no longer. */
export const laggingIn = once((snapshot: Snapshot): Lagging[] => {
  const { roster, campaign } = snapshot.world
  const lowest = filedLowest(snapshot)
  return roster.branches.flatMap((branch): Lagging[] => {
    if (!lowest.has(branch.id)) return []
    const rounds = laggingRounds(snapshot, branch)
    const filed = rounds[0]?.card.filed
    if (!isLagging(rounds, campaign.bands) || !filed) return []
    const { sponsor: id, helper: helperId = '', since } = sponsorshipOf(snapshot, branch)
    const sponsor = roster.people.find((one) => one.id === id && holds(one, ...committeePosts))
    const helper = branchOf(roster, helperId)
    return [
      {
        branch,
        name: branchName(roster, branch),
        rounds,
        filed: dayOf(filed.at),
        measures: measuresOf(snapshot, branch),
        ...(sponsor ? { sponsor } : {}),
        ...(helper ? { helper } : {}),
        ...(since === undefined ? {} : { since: Temporal.PlainDate.from(since) }),
      },
    ]
  })
})

/** The few branches with a card that was filed in the lowest band. Only their rounds need a look. */
function filedLowest({ scorecards, world }: Snapshot): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [name, card] of scorecards) if (isFiledLowest(card, world.campaign.bands)) found.add(branchOfName(name))
  return found
}

/**
 * What is said of the lagging branches that a person sponsors, until they have moved up: `您包扶的支部：软件党支部（措施已完成1/3）`, without the end
 * of the sentence. Empty if there is none.
 */
export function sponsoredWords(snapshot: Snapshot, { id }: Person): string[] {
  const { bands } = snapshot.world.campaign
  const own = laggingIn(snapshot).filter(({ sponsor, rounds }) => sponsor?.id === id && !isConverted(rounds, bands))
  const names = own.map(({ name, measures }) => {
    const all = numbered(measures)
    const done = all.filter(({ measure }) => measure.state === '已完成').length
    return `${name}（${all.length > 0 ? `措施已完成${done}/${all.length}` : '措施未提出'}）`
  })
  return names.length > 0 ? [`您包扶的支部：${names.join('、')}`] : []
}

/** Its name and the units it concerns, for things that are owed or counted. */
export const whose = ({ branch, name }: Lagging) => ({ name, ...placeOf(branch) })

/** How many lagging branches were re-graded above the lowest band, of all (decision 11). */
export function conversionOf(
  { world }: Snapshot,
  all: readonly Lagging[],
): { done: number; all: number; words: string } {
  const { bands, conversion } = world.campaign
  const done = all.filter(({ rounds }) => isConverted(rounds, bands)).length
  return {
    done,
    all: all.length,
    words: `转化率 ${done}/${all.length}，目标${Math.round(conversion.goal * 100)}%以上`,
  }
}

/** `60 分 后进`. */
export const gradeWords = ({ card }: Graded, bands: Bands): string => gradeIn(card, bands)

/** The progress of a branch's re-grading. `begun` is its newest round; 1 means that there is no 复评. */
export function regradeWords(snapshot: Snapshot, { branch, rounds }: Lagging): string {
  const { bands } = snapshot.world.campaign
  const begun = rowOf(rowsIn(snapshot.world.campaign, snapshot.kept.of(regradings)), branch.id)?.round ?? 1
  const counted = newestFiled(rounds)
  const filed = counted && counted.round > 1 ? gradeWords(counted, bands) : undefined
  const current = roundsInSnapshot(snapshot, branch)[begun - 1]?.card
  if (begun === 1) return filed ?? '未开始'
  if (current?.state === 'filed') return `${filed ?? ''}（第${begun}轮已备案）`
  const state = current ? { submitted: '待备案', returned: '已退回' }[current.state] : '待评分'
  return `${filed ? `${filed}，` : ''}第${begun}轮${state}`
}

/** `每月集中学习一次，负责人李四，6月30日前（未开始）`. */
export const measureWords = ({ what, who, by, state, note }: Measure): string => {
  const { month, day } = Temporal.PlainDate.from(by)
  return `${what}，负责人${who}，${month}月${day}日前（${[state, note].filter(Boolean).join('，')}）`
}

/** The measures that were not taken back, by their permanent numbers. */
export const numbered = (all: readonly Measure[]): { number: number; measure: Measure }[] =>
  all.flatMap((measure, i) => (measure.withdrawn === undefined ? [{ number: i + 1, measure }] : []))

/**
 * Sponsor and helper are due after filing, and measures after the first sponsor was named. These are our decisions, with numbers in the
 * campaign file.
 */
export const sponsorDue = ({ world }: Snapshot, { filed }: Lagging): Temporal.PlainDate =>
  addWorkingDays(world.calendar, filed, numberOf(world.campaign, 'sponsor', 'after'))
export const measuresDue = ({ world }: Snapshot, { since }: Pick<Lagging, 'since'>): Temporal.PlainDate | undefined =>
  since && addWorkingDays(world.calendar, since, numberOf(world.campaign, 'measures', 'after'))
