import type { Temporal } from 'temporal-polyfill'
import { dateOf } from '../../src/bot/clock.ts'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { World } from '../../src/bot/roster/world.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { once } from '../../src/campaign/once.ts'
import type { Task } from '../../src/campaign/plan/campaign.ts'
import type { Person } from '../../src/campaign/roster/roster.ts'
import { currentOf, milestonesOf, roleOf } from '../../src/campaign/tasks/task-roles.ts'
import { coverageOf, coverageWords } from '../training/records.ts'
import { type Standing, standingAt } from './standing.ts'

type Day = Temporal.PlainDate

export const currentMilestone = ({ world }: Snapshot, task: Task): Day => currentIn(world)(task)
const currentIn = once(({ campaign, now }: World) =>
  once((task: Task): Day => currentOf(milestonesOf(campaign, task), dateOf(now)) ?? campaign.ends),
)

/** `1 厘清支部划分 5月31日（周二）前 进行中`; for a counted task its figure and `自动`. */
export function taskLine(
  snapshot: Snapshot,
  task: Task,
  { milestone, person }: { milestone: Day; person: Person },
): string {
  const standing = standingAt(snapshot, task, { milestone, person })
  return `${task.number} ${task.name} ${dayWords(milestone)}前 ${stateWords(snapshot, task, standing)}`
}

const stateWords = (snapshot: Snapshot, task: Task, { state, figure }: Standing): string =>
  figure ? `${figureWords(snapshot, task, figure)} 自动` : state

/** `0/3`; for the training with both ways. */
export const figureWords = (snapshot: Snapshot, task: Task, { done, all }: { done: number; all: number }): string =>
  roleOf(snapshot.world.campaign, task.number) === 'training' ? coverageWords(coverageOf(snapshot)) : `${done}/${all}`

/** The lines of a person's tasks: the current milestone of each, and what is left of an earlier one. */
export function taskLines(snapshot: Snapshot, tasks: readonly Task[], person: Person): string[] {
  return tasks.flatMap((task) => {
    const current = currentMilestone(snapshot, task)
    const left = milestonesOf(snapshot.world.campaign, task).filter(
      (day) => day.until(current).days > 0 && standingAt(snapshot, task, { milestone: day, person }).state !== '已完成',
    )
    const open = left.map((day) => `${day.month}月`).join('、')
    return [
      taskLine(snapshot, task, { milestone: current, person }),
      ...(open === '' ? [] : [`　${open}的还没有完成，仍可报“任务 ${task.number} ${left[0]?.month ?? ''}月 …”`]),
    ]
  })
}
