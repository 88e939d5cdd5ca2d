import { remindedTasks, taskOwing } from '../handlers/tasks/owed.ts'
import { taskTables } from '../handlers/tasks/standing.ts'
import type { Schedule, Snapshot } from '../src/bot/pushes/schedule.ts'
import { once } from '../src/campaign/once.ts'
import type { Task } from '../src/campaign/plan/campaign.ts'
import { ladder } from '../src/forms/ladder.ts'

const ladderOfTask = once((task: Task) => ladder(taskOwing(task)))
const laddersOf = (snapshot: Snapshot): Schedule[] => remindedTasks(snapshot).map(ladderOfTask)

/** J7: every task of the list without reminders of another duty, each under its own name (`task-1`). */
export const taskSchedule: Schedule = {
  duty: 'tasks',
  reads: taskTables,
  due: (snapshot, date) => laddersOf(snapshot).flatMap(({ due }) => due(snapshot, date)),
  open: (snapshot, person) => laddersOf(snapshot).flatMap(({ open }) => open(snapshot, person)),
}
