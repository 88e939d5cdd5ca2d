import { Temporal } from 'temporal-polyfill'
import { dateOf } from '../src/bot/clock.ts'
import { wasSaid } from '../src/bot/pushes/said.ts'
import { newcomers } from '../src/bot/roster/newcomers.ts'
import type { World } from '../src/bot/roster/world.ts'
import type { Handler } from '../src/bot/turn/handler.ts'
import { isWorkingDay, nextWorkingDay } from '../src/campaign/calendar/calendar.ts'
import { rubricFor } from '../src/campaign/plan/rubrics.ts'
import {
  branchesBelow,
  branchName,
  branchOf,
  committeePosts,
  holds,
  liaisonBranches,
  type Person,
  seatsOf,
} from '../src/campaign/roster/roster.ts'
import { exampleOf } from '../src/campaign/scores/item-words.ts'

export const firstDayDuty = 'first-day'

/** The campaign's first working day. */
export const firstDayOf = ({ calendar, campaign }: Pick<World, 'calendar' | 'campaign'>): Temporal.PlainDate =>
  isWorkingDay(calendar, campaign.starts) ? campaign.starts : nextWorkingDay(calendar, campaign.starts)

/** The ledger entry of what this person was told on the first day. */
export const firstDayEntry = (first: Temporal.PlainDate, person: Person): [string, string, string, string] => [
  firstDayDuty,
  first.toString(),
  firstDayDuty,
  person.id,
]

/** A person who came later hears at the first word what the others heard on the first day: the duties of the year, and one thing to say. */
export const firstDay: Handler = {
  name: firstDayDuty,
  async welcomes(turn) {
    const { who, world, campaign } = turn
    if (!(await turn.read(newcomers, campaign.id, who.id))) return undefined
    const today = dateOf(turn.now)
    const first = firstDayOf(world)
    const isOver = Temporal.PlainDate.compare(today, campaign.ends) > 0
    if (Temporal.PlainDate.compare(today, first) <= 0 || isOver) return undefined
    await turn.remove(newcomers, [campaign.id, who.id])
    if (await wasSaid(turn, campaign, firstDayEntry(first, who))) return undefined
    const begun = `欢迎。“${campaign.name}”正在进行，要办的事都可以在这里回一句话办好。`
    return [begun, ...yourTasks(world, who), replyWith(world, who)].join('\n')
  },
}

/** A line with this person's tasks of the year, if there are any. */
export function yourTasks({ campaign }: Pick<World, 'campaign'>, person: Person): string[] {
  const tasks = campaign.tasks.filter((task) => holds(person, ...task.owners.posts)).map((task) => task.name)
  return tasks.length > 0 ? [`您今年的工作：${tasks.join('、')}。到期前会提醒您。`] : []
}

export const replyWith = (world: Pick<World, 'roster' | 'campaign'>, person: Person): string =>
  `例如回复“${example(world, person)}”，或回复“帮助”。`

/** A text that this person can type unchanged. */
function example({ roster, campaign }: Pick<World, 'roster' | 'campaign'>, person: Person): string {
  const seat = person.seats.find(({ post }) => post === 'general-branch-secretary')
  const [below] = seat ? branchesBelow(roster, seat.generalBranch) : []
  if (below) return `评分 ${branchName(roster, below)} ${exampleOf(rubricFor(campaign.rubrics, below))}`
  const own = seatsOf(person, 'branch-secretary').flatMap((one) => branchOf(roster, one.branch ?? '') ?? [])[0]
  if (own) return `评分 ${exampleOf(rubricFor(campaign.rubrics, own))}`
  const [linked] = holds(person, ...committeePosts) ? liaisonBranches(roster, person) : []
  if (linked) return `去了${branchName(roster, linked)}，学习按期开展，没有难点`
  return holds(person, 'organization-department', 'party-office') ? '进度' : '任务'
}
