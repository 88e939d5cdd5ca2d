import type { Said, Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Sight } from '../../src/bot/turn/rights.ts'
import { once } from '../../src/campaign/once.ts'
import type { Campaign, Task } from '../../src/campaign/plan/campaign.ts'
import { holds, type Person, superiorsOf } from '../../src/campaign/roster/roster.ts'
import { isAutomatic, isRemindedElsewhere, milestonesOf, roleOf } from '../../src/campaign/tasks/task-roles.ts'
import { dueOf, namesOf } from '../../src/forms/open.ts'
import type { Owed, Owing } from '../../src/forms/owed.ts'
import { progressLine, todayOf } from '../../src/forms/progress-line.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { coverageOf, coverageWords } from '../training/records.ts'
import { currentMilestone } from './lines.ts'
import { ownersOf, owns, type Standing, standingAt, taskTables } from './standing.ts'

const reminded = once((campaign: Campaign) => campaign.tasks.filter((task) => !isRemindedElsewhere(campaign, task)))
/** The tasks with reminders of their own. Grading, meetings and the liaison report remind of the others. */
export const remindedTasks = ({ world }: Snapshot): Task[] => reminded(world.campaign)

/** Who owes one task of the list, by its milestones. */
export const taskOwing = once(
  (task: Task): Owing => ({
    about: `task-${task.number}`,
    reads: taskTables,
    deadlines: ({ world }) => milestonesOf(world.campaign, task),
    owed: (snapshot, days, who) => {
      const { campaign, roster } = snapshot.world
      const doers = who ? [who].filter((one) => owns(one, task)) : ownersOf(snapshot, task)
      const milestones = (days ?? milestonesOf(campaign, task)).map((day) => ({
        milestone: day,
        period: day.toString(),
      }))
      return doers.flatMap((person) =>
        milestones.map(
          ({ milestone, period }): Owed => ({
            by: [person],
            period,
            name: person.name,
            deadline: milestone,
            done: standingAt(snapshot, task, { milestone, person }).state === '已完成',
            superiors: superiorsOf(roster, person),
          }),
        ),
      )
    },
    asks: (snapshot, open, person): Said => ({
      title: `任务${task.number} ${task.name}，${dueOf(snapshot, open)}。`,
      among: {
        by: dueOf(snapshot, open),
        what: '任务',
        name: `${task.number} ${task.name}`,
        word: '任务',
      },
      lines: roleOf(snapshot.world.campaign, task.number) === 'training' ? [coverageWords(coverageOf(snapshot))] : [],
      reply: howTo(snapshot, task, { first: open[0], person }),
    }),
    tells: (snapshot, open): Said => ({
      title: `任务${task.number} ${task.name}，${dueOf(snapshot, open)}，还有${open.length}人未完成。`,
      among: {
        by: `${dueOf(snapshot, open)}，还有人未完成`,
        what: '任务',
        name: `${task.number} ${task.name}`,
        word: '任务',
        whose: '',
      },
      lines: [`任务${task.number}：${namesOf(open, '人')}`],
      reply: '各项任务的情况请回复“进度”。',
    }),
  }),
)

/** What to type in reply; it depends on what keeps the task. */
function howTo(snapshot: Snapshot, task: Task, { first, person }: { first: Owed | undefined; person: Person }): string {
  const { campaign } = snapshot.world
  const role = roleOf(campaign, task.number)
  const current = currentMilestone(snapshot, task)
  const which = first && !first.deadline.equals(current) ? `${first.deadline.month}月 ` : ''
  if (role === 'secretary-lectures' || role === 'committee-lectures')
    return '讲过的请回复“党课 日期 在哪里讲“题目”，听课…人”。'
  if (role === 'training') return '办过的请回复“培训 日期 线下 全体”。'
  if (role === 'development' && holds(person, 'branch-secretary'))
    return `请回复“发展 ${which}积极分子… 发展对象… 预备党员… 转正…”。`
  if (role === 'regulations') return `有修订建议请回复“制度 …”；办好了请回复“任务 ${task.number} 已完成”。`
  if (role === 'brand') return `请回复“品牌 名称：…，阶段：…，内容：…”，或“任务 ${task.number} 已完成”。`
  return `办好了请回复“任务 ${task.number} ${which}已完成”。`
}

export type Pair = { task: Task; person: Person; name: string; standing: Standing; done: boolean }

/** Each owner with each task at its current milestone. */
export const pairsOf = (snapshot: Snapshot, tasks: readonly Task[]): Pair[] =>
  tasks.flatMap((task) => {
    const milestone = currentMilestone(snapshot, task)
    return ownersOf(snapshot, task).map((person) => {
      const standing = standingAt(snapshot, task, { milestone, person })
      return { task, person, name: person.name, standing, done: standing.state === '已完成' }
    })
  })
/** The pairs that 进度 counts, without tasks counted from records. */
export const pairsIn = (snapshot: Snapshot): Pair[] =>
  pairsOf(
    snapshot,
    snapshot.world.campaign.tasks.filter((task) => !isAutomatic(snapshot.world.campaign, task)),
  )

export const within =
  (sight: Sight) =>
  ({ person, task }: Pair): boolean =>
    sight.college ||
    person.seats.some(
      ({ post, branch, generalBranch }) =>
        task.owners.posts.includes(post) &&
        ((generalBranch !== undefined && sight.generalBranches.includes(generalBranch)) ||
          (branch !== undefined && sight.branches.includes(branch))),
    )

/** 任务 in 进度, 谁没交 and 帮助. */
export const tasksLine = progressLine({
  name: '任务',
  counted: async (turn) => pairsIn(await snapshotIn(turn, taskTables)),
  isSeen: (pair, sight) => within(sight)(pair),
  async today(turn) {
    const snapshot = await snapshotIn(turn, taskTables)
    const lines: string[] = []
    for (const task of remindedTasks(snapshot)) lines.push(...(await todayOf(taskOwing(task), turn)))
    return lines
  },
  missing(_, pairs) {
    const open = new Map<Person, number[]>()
    for (const { task, person } of pairs) open.set(person, [...(open.get(person) ?? []), task.number])
    return [...open].map(([{ name }, numbers]) => `${name}（${numbers.join('、')}）`)
  },
})
