import type { Temporal } from 'temporal-polyfill'
import { once } from '../once.ts'
import { type Campaign, numberOf, type Task } from '../plan/campaign.ts'

type Day = Temporal.PlainDate

/** What a task of the list is kept by: its own states, records of a form besides, or records alone (`automatic`). */
export type TaskRole =
  | 'grading'
  | 'meetings'
  | 'regulations'
  | 'development'
  | 'training'
  | 'liaison-report'
  | 'brand'
  | 'secretary-lectures'
  | 'committee-lectures'

const automatic: readonly TaskRole[] = [
  'grading',
  'meetings',
  'training',
  'liaison-report',
  'secretary-lectures',
  'committee-lectures',
]
/** Those counted with another duty's reminders. */
const remindedElsewhere: readonly TaskRole[] = ['grading', 'meetings', 'liaison-report']

/** Whose numbers the file gives under `forms: tasks: numbers:`. */
const numbered = [
  'regulations',
  'development',
  'training',
  'brand',
  'secretary-lectures',
  'committee-lectures',
] as const satisfies readonly TaskRole[]

/** The role of a task; undefined where nothing but its own states says how far it is. */
export function roleOf(campaign: Campaign, number: number): TaskRole | undefined {
  const known = roles(campaign)
  if (!known.has(number)) known.set(number, roleIn(campaign, number))
  return known.get(number)
}
const roles = once<Campaign, Map<number, TaskRole | undefined>>(() => new Map())

function roleIn(campaign: Campaign, number: number): TaskRole | undefined {
  for (const duty of ['grading', 'meetings', 'liaison-report'] as const)
    if (campaign.duties[duty].task === number) return duty
  return numbered.find((role) => numberOf(campaign, 'tasks', role) === number)
}
/** The task of a role; undefined where this year's list has none. */
export const taskOf = (campaign: Campaign, role: TaskRole): Task | undefined =>
  campaign.tasks.find(({ number }) => roleOf(campaign, number) === role)

/** Counted from records: nothing is reported. */
export const isAutomatic = (campaign: Campaign, task: Task): boolean => {
  const role = roleOf(campaign, task.number)
  return role !== undefined && automatic.includes(role)
}
export const isRemindedElsewhere = (campaign: Campaign, task: Task): boolean => {
  const role = roleOf(campaign, task.number)
  return role !== undefined && remindedElsewhere.includes(role)
}

/** The days by which a task is due; one of the whole year by the campaign's last day. */
export const milestonesOf = (campaign: Campaign, { deadline: { milestones } }: Task): readonly Day[] =>
  milestones === 'all-year' || milestones.length === 0 ? [campaign.ends] : milestones

/** The first that is not past, the last one once all are. */
export function currentOf(milestones: readonly Day[], today: Day): Day | undefined {
  return milestones.find((day) => today.until(day).days >= 0) ?? milestones.at(-1)
}
