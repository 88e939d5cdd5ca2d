import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { nameOfScorecard } from '../../src/bot/pushes/schedule.ts'
import type { Paper } from '../../src/bot/turn/handler.ts'
import type { Task } from '../../src/campaign/plan/campaign.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { isAutomatic, milestonesOf, roleOf } from '../../src/campaign/tasks/task-roles.ts'
import { coverageOf, coverageWords } from '../training/records.ts'
import { ownersOf, standingAt, taskTables } from './standing.ts'

/** 任务进度: attachment 3 with the progress of its owners. */
export const taskListPaper: Paper = {
  document: 'task-list',
  reads: taskTables,
  archived: () => [{}],
  async render(snapshot) {
    const { campaign } = snapshot.world
    const { taskListDocument } = await import('../../src/documents/task-list.ts')
    return taskListDocument({
      attachment: campaign.names.attachments.taskList,
      title: campaign.titles.taskList,
      tasks: campaign.tasks.map((task) => ({ task, state: stateIn(snapshot, task) })),
    })
  },
}

/** `已完成 5/7` counts owners. Several milestones have one line each. A counted task also shows the number of records. */
function stateIn(snapshot: Snapshot, task: Task): string {
  const { campaign } = snapshot.world
  const owners = ownersOf(snapshot, task)
  const milestones = milestonesOf(campaign, task)
  const lines = milestones.map((day) => {
    const done = owners.filter((person) => standingAt(snapshot, task, { milestone: day, person }).state === '已完成')
    return `${milestones.length > 1 ? `${day.month}月：` : ''}已完成 ${done.length}/${owners.length}`
  })
  return [...lines, ...(isAutomatic(campaign, task) ? behind(snapshot, task) : [])].join('\n')
}

function behind(snapshot: Snapshot, task: Task): string[] {
  const { campaign, roster } = snapshot.world
  const role = roleOf(campaign, task.number)
  if (role === 'training') return [coverageWords(coverageOf(snapshot))]
  if (role !== 'grading') return []
  const done = roster.branches.filter(({ id }) =>
    isDone(snapshot.scorecards.get(nameOfScorecard(snapshot.world.campaign, id, 'deciding'))),
  )
  return [`支部 ${done.length}/${roster.branches.length}`]
}
