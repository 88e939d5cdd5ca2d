import type { Temporal } from 'temporal-polyfill'
import { once } from '../once.ts'
import { type Campaign, numberOf, type Task } from '../plan/campaign.ts'

type Day = Temporal.PlainDate

/** How the state of a task is kept: by its own states, by the records of a form as well, or by records alone (`automatic`). */
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
/** Tasks whose reminders are those of another duty. */
const remindedElsewhere: readonly TaskRole[] = ['grading', 'meetings', 'liaison-report']

/** Roles whose numbers the file gives under `forms: tasks: numbers:`. */
const numbered = [
  'regulations',
  'development',
  'training',
  'brand',
  'secretary-lectures',
  'committee-lectures',
] as const satisfies readonly TaskRole[]

/** The role of a task, or undefined if only its own states say how far it is. */
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
/** The task of a role, or undefined if this year's list has none. */
export const taskOf = (campaign: Campaign, role: TaskRole): Task | undefined =>
  campaign.tasks.find(({ number }) => roleOf(campaign, number) === role)

/** Whether a task is counted from records, so that nobody reports it. */
export const isAutomatic = (campaign: Campaign, task: Task): boolean => {
  const role = roleOf(campaign, task.number)
  return role !== undefined && automatic.includes(role)
}
export const isRemindedElsewhere = (campaign: Campaign, task: Task): boolean => {
  const role = roleOf(campaign, task.number)
  return role !== undefined && remindedElsewhere.includes(role)
}

/** The days by which a task is due. A task of the whole year is due by the campaign's last day. */
export const milestonesOf = (campaign: Campaign, { deadline: { milestones } }: Task): readonly Day[] =>
  milestones === 'all-year' || milestones.length === 0 ? [campaign.ends] : milestones

/** The first milestone that is not past, or the last one if all are. */
export function currentOf(milestones: readonly Day[], today: Day): Day | undefined {
  return milestones.find((day) => today.until(day).days >= 0) ?? milestones.at(-1)
}
