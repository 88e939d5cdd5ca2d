import { type Cell, grouped, type Link, type List, type Listed, unitName } from '../../src/bot/dashboard/list.ts'
import { countsSeen, namesSeen, type Sight } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { branchName, branchOf, type Person } from '../../src/campaign/roster/roster.ts'
import { type TaskState, taskStates } from '../../src/campaign/tasks/read-task.ts'
import { isAutomatic, milestonesOf, roleOf } from '../../src/campaign/tasks/task-roles.ts'
import { standing } from '../../src/forms/record.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { secretariesOf, trainings, ways } from '../training/records.ts'
import { currentMilestone } from './lines.ts'
import { type Pair, pairsIn, pairsOf, within } from './owed.ts'
import { taskReports } from './records.ts'
import { standingAt, taskTables } from './standing.ts'

const sees = ({ college, generalBranches }: Sight): boolean => college || generalBranches.length > 0
const seesNames = ({ who }: Turn): boolean => sees(namesSeen(who))
const mark = { 未开始: 'open', 进行中: 'note', 已完成: 'done' } as const

/** J7: the number of owners in each state of each task of attachment 3, at its current milestone. */
export const tasksList: List = {
  name: 'tasks',
  title: '任务清单',
  onPage: true,
  seen: ({ who }) => sees(countsSeen(who)),
  read: byTask,
}

/** The owners behind the figures of 任务. */
export const taskOwners: List = {
  name: 'task-owners',
  title: '任务责任人',
  onPage: false,
  behind: '任务',
  seen: seesNames,
  read: owners,
}

/** The same for tasks that are counted from records, which nobody reports. */
export const taskFigures: List = {
  name: 'task-figures',
  title: '自动统计的任务',
  onPage: false,
  seen: seesNames,
  read: figures,
}

/** Task 7: which secretaries took part in a training. */
export const trainingList: List = {
  name: 'training',
  title: '书记培训覆盖',
  onPage: false,
  seen: ({ who }) => namesSeen(who).college,
  read: trained,
}

async function byTask(turn: Turn): Promise<Listed> {
  const { campaign } = turn
  const snapshot = await snapshotIn(turn, taskTables)
  const sight = { ...countsSeen(turn.who), branches: [] }
  const all = grouped(pairsOf(snapshot, campaign.tasks).filter(within(sight)), ({ task }) => String(task.number))
  const rows = campaign.tasks.flatMap((task): Cell[][] => {
    const pairs = all.get(String(task.number))
    if (!pairs) return []
    const counted = isAutomatic(campaign, task)
    const count = (state: TaskState): Cell => ({
      text: pairs.filter((one) => one.standing.state === state).length,
      link: { list: counted ? 'task-figures' : 'task-owners', where: { 编号: String(task.number), 状态: state } },
    })
    const due = dayWords(currentMilestone(snapshot, task))
    return [[task.number, task.name, due, ...taskStates.map(count), counted ? '自动' : '本人']]
  })
  return {
    columns: ['编号', '任务', '时限', ...taskStates, '由谁记'],
    rows,
    chart: { label: '任务', values: ['已完成', '进行中', '未开始'] },
    note: '按责任人统计，当前时限。',
  }
}

/** The seat by which a person owns the task: `软件教研室党支部书记`. */
function seatWords(turn: Turn, { person, task }: Pair): string {
  const { roster, campaign } = turn
  const words = person.seats
    .filter(({ post }) => task.owners.posts.includes(post))
    .map(({ post, branch: id, generalBranch }) => {
      const branch = id === undefined ? undefined : branchOf(roster, id)
      const where = branch ? branchName(roster, branch) : generalBranch ? unitName(turn, { generalBranch }) : ''
      return `${where}${where ? ' ' : ''}${campaign.posts[post]}`
    })
  return [...new Set(words)].join('、')
}

async function owners(turn: Turn): Promise<Listed> {
  const snapshot = await snapshotIn(turn, taskTables)
  const said = standing(snapshot.kept, taskReports)
  const wordsOf = ({ task, person }: Pair): string => {
    const key = [String(task.number), currentMilestone(snapshot, task).toString(), person.id].join('~')
    return said.get(key)?.content.words ?? ''
  }
  const earlier = ({ task, person }: Pair): string =>
    milestonesOf(turn.campaign, task)
      .filter((day) => day.until(currentMilestone(snapshot, task)).days > 0)
      .filter((day) => standingAt(snapshot, task, { milestone: day, person }).state !== '已完成')
      .map((day) => `${day.month}月未完成`)
      .join('、')
  const rows = pairsIn(snapshot)
    .filter(within(namesSeen(turn.who)))
    .map((pair): Cell[] => {
      const before = earlier(pair)
      return [
        pair.task.number,
        pair.task.name,
        dayWords(currentMilestone(snapshot, pair.task)),
        pair.person.name,
        seatWords(turn, pair),
        { text: pair.standing.state, mark: mark[pair.standing.state] },
        wordsOf(pair),
        before ? { text: before, mark: 'late' } : '',
      ]
    })
  return { columns: ['编号', '任务', '时限', '责任人', '职务', '状态', '情况', '此前时限'], rows }
}

async function figures(turn: Turn): Promise<Listed> {
  const { campaign } = turn
  const snapshot = await snapshotIn(turn, taskTables)
  const tasks = campaign.tasks.filter((task) => isAutomatic(campaign, task))
  const rows = pairsOf(snapshot, tasks)
    .filter(within(namesSeen(turn.who)))
    .map((pair): Cell[] => {
      const { task, person } = pair
      const { state, figure } = pair.standing
      const link = recordsBehind(turn, pair)
      const text = figure ? `${figure.done}/${figure.all}` : ''
      return [
        task.number,
        task.name,
        person.name,
        seatWords(turn, pair),
        { text: state, mark: mark[state] },
        link ? { text, link } : text,
      ]
    })
  return { columns: ['编号', '任务', '责任人', '职务', '状态', '完成/应完成'], rows }
}

/** The list with the records of a counted task. */
function recordsBehind(turn: Turn, { task, person }: Pair): Link | undefined {
  const role = roleOf(turn.campaign, task.number)
  if (role === 'liaison-report') return { list: 'reports', where: { 委员: person.name } }
  if (role === 'training') return { list: 'training' }
  const [unit, ...more] = unitsOf(person)
  if (role !== 'grading' || unit === undefined || more.length > 0) return undefined
  return { list: 'grading', where: { 党总支: unitName(turn, { generalBranch: unit }) } }
}
const unitsOf = ({ seats }: Person): string[] =>
  seats.flatMap(({ post, generalBranch }) =>
    post === 'general-branch-secretary' && generalBranch !== undefined ? [generalBranch] : [],
  )

async function trained(turn: Turn): Promise<Listed> {
  const { kept } = await snapshotIn(turn, [trainings])
  const took = [...standing(kept, trainings)]
  const rows = secretariesOf(turn.roster).map((person): Cell[] => {
    const times = ways.map(
      (way) => took.filter(([key, { content }]) => key.endsWith(way) && content.people.includes(person.id)).length,
    )
    const done = times.some((count) => count > 0)
    return [person.name, { text: done ? '已参加' : '未参加', mark: done ? 'done' : 'open' }, ...times]
  })
  return { columns: ['姓名', '状态', ...ways.map((way) => `${way}次数`)], rows }
}
