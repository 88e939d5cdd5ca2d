import type { Temporal } from 'temporal-polyfill'
import { shortened } from '../cut.ts'
import type { Campaign, Task } from '../plan/campaign.ts'
import { entriesApart, entryBegins, entryNumberAt } from '../reading/list-number.ts'
import { milestonesOf } from './task-roles.ts'

export const taskStates = ['未开始', '进行中', '已完成'] as const
export type TaskState = (typeof taskStates)[number]

/** The more advanced of two states. */
export const further = (one: TaskState, other: TaskState): TaskState =>
  taskStates.indexOf(one) >= taskStates.indexOf(other) ? one : other

const edge = '[\\s，,。.；;、:：!！（）()]'
const alone = (words: string): RegExp => new RegExp(`(?<=^|${edge})(?:${words})(?=$|${edge})`, 'u')
const spoken: readonly [TaskState, RegExp][] = [
  ['未开始', alone('未开始|还?没有?开始|尚未开始|还未开始')],
  ['进行中', alone('进行中|正在进行|正在办|在办|在做')],
  ['已完成', alone('(?:全部|都|均)?(?:已经?)?(?:完成|办结|办完|做完)了?')],
]

/**
 * Reads a state word that stands alone, and the other words. If there are several different states, or a state runs on into words, it asks
 * back.
 */
export function readState(text: string): { state?: TaskState; words: string } | { say: string } {
  const found = spoken.flatMap(([state, pattern]) => {
    const hit = pattern.exec(text)
    return hit ? [{ state, at: hit.index, length: hit[0].length }] : []
  })
  const [first, second] = found
  if (first && second) return { say: `“${first.state}”和“${second.state}”都说到了，应是哪一个？` }
  if (!first) {
    const glued = /^已(?:经)?完成/u.exec(text)
    if (glued) return { say: `“${shortened(text, 40)}”是整项已完成，还是只完成了一步？请说“已完成 …”或“进行中 …”。` }
    return { words: trimmed(text) }
  }
  return { state: first.state, words: trimmed(text.slice(0, first.at) + text.slice(first.at + first.length)) }
}
const trimmed = (text: string): string =>
  text
    .trim()
    .replace(/^[，,。；;、:：]+|[，,；;、:：]$/gu, '')
    .trim()

const called = new RegExp(`^任务[\\s:：]*(?=${entryBegins})`, 'u')
/** Where another task follows in the same line: `；任务 4 …`. */
const another = new RegExp(`[；;。]\\s{0,4}(?=任务[\\s:：]{0,4}${entryBegins})`, 'gu')
/** Whether a line says another task than the line before: the word again, or a number and a state. */
function beginsTask(line: string): boolean {
  const said = entryNumberAt(line, 0)
  const state = said ? readState(line.slice(said.end)) : undefined
  return called.test(line) || (state !== undefined && 'words' in state && state.state !== undefined)
}
/** What one message says of several tasks, apart. */
export const tasksApart = (text: string): string[] =>
  entriesApart(text.replace(another, '\n'), beginsTask).map((each) => each.replace(called, ''))

export type SaidTask = { task: Task; milestone?: Temporal.PlainDate; rest: string }

const dated =
  /^([\d０-９]{1,2})月(?:份|底|末)?(?:([\d０-９]{1,2})[日号])?(?:之?前)?(?:[\s:：，,、。]+|(?=[^\d０-９])|$)/u

/** The task that a text is about (by number or name), the milestone it names, and the rest. */
export function readTask(campaign: Campaign, text: string): SaidTask | { say: string } {
  const begun = text.trim().replace(called, '')
  const said = entryNumberAt(begun, 0)
  const task = campaign.tasks.find((one) => (said ? one.number === said.number : begun.startsWith(one.name)))
  if (!task)
    return said
      ? { say: `任务清单里没有第${said.number}项。您的任务请回复“任务”。` }
      : { say: `没有读懂“${shortened(begun, 40)}”是哪一项，请写上编号，如“任务 1 已完成”。` }
  const rest = begun.slice(said?.end ?? task.name.length).replace(/^[\s:：，,]+/u, '')
  return readMilestone(campaign, task, rest)
}

/** The milestone at the beginning of the words about a task, by its month, and the rest. */
export function readMilestone(campaign: Campaign, task: Task, text: string): SaidTask | { say: string } {
  const days = milestonesOf(campaign, task)
  const found = dated.exec(text)
  if (!found || days.length < 2) return { task, rest: text }
  const month = Number(found[1]?.normalize('NFKC'))
  const day = found[2] === undefined ? undefined : Number(found[2].normalize('NFKC'))
  const milestone = days.find((one) => one.month === month && (day === undefined || one.day === day))
  if (milestone) return { task, milestone, rest: text.slice(found[0].length) }
  if (!/^[\d０-９]{1,2}月(?:份|底|末)?(?:\s|$)/u.test(text)) return { task, rest: text }
  return {
    say: `任务${task.number}的节点是${days.map((one) => `${one.month}月`).join('、')}，没有“${month}月”，应是哪一个？`,
  }
}
