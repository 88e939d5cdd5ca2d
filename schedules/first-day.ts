import type { Temporal } from 'temporal-polyfill'
import type { Due, Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import { isWorkingDay, nextWorkingDay } from '../src/campaign/calendar/calendar.ts'
import {
  branchesBelow,
  branchName,
  committeePosts,
  holds,
  liaisonBranches,
  type Person,
} from '../src/campaign/roster/roster.ts'

const duty = 'first-day'

/** Contract, part two: on the campaign's first working day everybody hears what is theirs this year, and one thing to say. */
export const firstDaySchedule: Schedule = {
  duty,
  due: (snapshot, date) => {
    const { calendar, campaign, roster, now } = snapshot.world
    const first = isWorkingDay(calendar, campaign.starts) ? campaign.starts : nextWorkingDay(calendar, campaign.starts)
    // What was missed on that day is never made up for.
    if (!date.equals(first) || !now.toPlainDate().equals(first)) return []
    return roster.people
      .filter(({ accounts }) => (accounts.wecom ?? accounts.dingtalk) !== undefined)
      .map((person) => dueTo(snapshot, person, first))
  },
  open: () => [],
}

function dueTo(snapshot: Snapshot, person: Person, first: Temporal.PlainDate): Due {
  const { campaign } = snapshot.world
  const tasks = campaign.tasks.filter((task) => holds(person, ...task.owners.posts)).map((task) => task.name)
  return {
    receiver: { person },
    duty,
    period: first.toString(),
    step: 'first-day',
    kind: 'prompt',
    title: `“${campaign.name}”今天开始，要办的事都可以在这里回一句话办好。`,
    lines: tasks.length > 0 ? [`您今年的工作：${tasks.join('、')}。到期前会提醒您。`] : [],
    reply: `例如回复“${example(snapshot, person)}”，或回复“帮助”。`,
  }
}

/** Something this person can say as it stands. */
function example({ world }: Snapshot, person: Person): string {
  const { roster } = world
  const seat = person.seats.find(({ post }) => post === 'general-branch-secretary')
  const [below] = seat ? branchesBelow(roster, seat.generalBranch) : []
  if (below) return `评分 ${branchName(roster, below)} 除3扣1，其余满分`
  if (holds(person, 'branch-secretary')) return '评分 除3扣1，其余满分'
  const [linked] = holds(person, ...committeePosts) ? liaisonBranches(roster, person) : []
  if (linked) return `去了${branchName(roster, linked)}，学习按期开展，没有难点`
  return holds(person, 'organization-department', 'party-office') ? '进度' : '任务'
}
