import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import type { Task } from '../../src/campaign/plan/campaign.ts'
import { holds } from '../../src/campaign/roster/roster.ts'
import { readState, readTask, type SaidTask, tasksApart } from '../../src/campaign/tasks/read-task.ts'
import { isAutomatic, milestonesOf, roleOf, type TaskRole } from '../../src/campaign/tasks/task-roles.ts'
import { record, withdraw } from '../../src/forms/record.ts'
import { snapshotAfter, snapshotIn } from '../../src/forms/snapshot.ts'
import { currentMilestone, figureWords, taskLine, taskLines } from './lines.ts'
import { taskListPaper } from './paper.ts'
import { taskReports } from './records.ts'
import { owns, standingAt, taskTables } from './standing.ts'

/** The word that puts a task on record. */
const formWords: Partial<Record<TaskRole, string>> = {
  regulations: '制度',
  development: '发展',
  training: '培训',
  brand: '品牌',
  'secretary-lectures': '党课',
  'committee-lectures': '党课',
}

const back = /^撤销[\s:：]*/u

const tasks: Command = {
  word: '任务',
  by: (person, { campaign }) => campaign.tasks.some((task) => owns(person, task)),
  use: '任务清单里您的任务',
  whose: '任务由任务清单里的责任人办理',
  digits: true,
  asks: true,
  fits: () => true,
  amid: (argument, { campaign }) => !('say' in readTask(campaign, argument.replace(back, ''))),
  run: async (turn, argument) => {
    if (argument.trim() === '') return list(turn)
    const said = tasksApart(argument).map((text) => ({ text, read: readTask(turn.campaign, text.replace(back, '')) }))
    const tasks = said.flatMap(({ read }) =>
      'say' in read ? [] : [`${read.task.number} ${read.milestone?.toString() ?? ''}`],
    )
    if (new Set(tasks).size < tasks.length) return turn.say('有一项任务说了两次，都还没有记下。请一项只说一次。')
    for (const one of said) await say(turn, one)
  },
}

type Said = { text: string; read: ReturnType<typeof readTask> }

async function say(turn: Turn, { text, read: said }: Said): Promise<void> {
  if ('say' in said) return turn.say(said.say)
  if (!owns(turn.who, said.task)) return turn.say(notYours(said.task))
  if (isAutomatic(turn.campaign, said.task)) return automatic(turn, said.task)
  if (back.test(text)) return takeBack(turn, said)
  if (back.test(said.rest)) return takeBack(turn, { ...said, rest: said.rest.replace(back, '') })
  await report(turn, said)
}

/** J7: the task list, by owner. */
export const taskKeeping: Handler = {
  name: 'tasks',
  records: [taskReports],
  papers: [taskListPaper],
  commands: [tasks],
}

const notYours = ({ number, name, owners }: Task): string =>
  `无权报任务${number}“${name}”：由${owners.words.replaceAll('/', '、')}办理。您的任务请回复“任务”。`

async function list(turn: Turn): Promise<void> {
  const snapshot = await snapshotIn(turn, taskTables)
  const mine = turn.campaign.tasks.filter((task) => owns(turn.who, task))
  const reported = mine.find((task) => !isAutomatic(turn.campaign, task))
  turn.say(
    [
      '您在任务清单里的任务：',
      ...taskLines(snapshot, mine, turn.who),
      reported
        ? `有进展请直接说，如“任务 ${reported.number} 已完成 …”；标“自动”的由记录统计，不用报。`
        : '都由记录自动统计，不用报。',
      ...byOtherForms(turn, mine),
    ].join('\n'),
  )
}

/** Tasks that another word of this person puts on record (R3). */
function byOtherForms({ campaign, who }: Turn, mine: readonly Task[]): string[] {
  const words = mine.flatMap((task) => {
    const role = roleOf(campaign, task.number)
    const word = role && formWords[role]
    return word === undefined || (role === 'development' && !holds(who, 'branch-secretary'))
      ? []
      : [`任务${task.number}“${word}”`]
  })
  return words.length > 0 ? [`这些词也算数，发来就告诉您怎么写：${words.join('、')}。`] : []
}

async function automatic(turn: Turn, task: Task): Promise<void> {
  const snapshot = await snapshotIn(turn, taskTables)
  const { figure } = standingAt(snapshot, task, { milestone: currentMilestone(snapshot, task), person: turn.who })
  turn.say(
    `任务${task.number}“${task.name}”由记录自动统计，目前${figure ? figureWords(snapshot, task, figure) : ''}，不用报。`,
  )
}

async function report(turn: Turn, { task, milestone: named, rest }: SaidTask): Promise<void> {
  const before = await snapshotIn(turn, taskTables)
  const milestone = named ?? currentMilestone(before, task)
  if (rest.trim() === '') return show(turn, task, milestone)
  const said = readState(rest)
  if ('say' in said) return turn.say(said.say)
  const content = { state: said.state ?? '进行中', words: said.words }
  const ids = [String(task.number), milestone.toString(), turn.who.id]
  const { late } = await record(turn, taskReports, { ids, content, deadline: milestone })
  const snapshot = await snapshotAfter(turn, taskTables, { table: taskReports, ids })
  const words = content.words ? `：${content.words}` : ''
  turn.say([`已记下。${late}`, `${taskLine(snapshot, task, { milestone, person: turn.who })}${words}`].join('\n'))
}

/** The state of a milestone, in the person's own words. */
async function show(turn: Turn, task: Task, milestone: ReturnType<typeof currentMilestone>): Promise<void> {
  const snapshot = await snapshotIn(turn, taskTables)
  const ids = [turn.campaign.id, String(task.number), milestone.toString(), turn.who.id]
  const known = await turn.read(taskReports, ...ids)
  const words = known && !known.withdrawn && known.content.words ? `：${known.content.words}` : ''
  turn.say(
    [
      `${taskLine(snapshot, task, { milestone, person: turn.who })}${words}`,
      ...task.requirements.map((one) => `　${one}`),
      `有进展请直接说，如“任务 ${task.number} 进行中 …”或“任务 ${task.number} 已完成 …”。`,
    ].join('\n'),
  )
}

async function takeBack(turn: Turn, { task, milestone: named, rest }: SaidTask): Promise<void> {
  const milestone = named ?? currentMilestone(await snapshotIn(turn, taskTables), task)
  const which = milestonesOf(turn.campaign, task).length > 1 ? ` ${milestone.month}月` : ''
  if (rest.trim() === '') return turn.say(`撤销请写明原因，如“任务 撤销 ${task.number}${which} 原因”。`)
  const ids = [String(task.number), milestone.toString(), turn.who.id]
  if (!(await withdraw(turn, taskReports, { ids, reason: rest.trim() })))
    return turn.say(`任务${task.number}${which}没有您报的进展，不用撤销。`)
  turn.say(
    `已撤销。\n${taskLine(await snapshotAfter(turn, taskTables, { table: taskReports, ids }), task, { milestone, person: turn.who })}`,
  )
}
