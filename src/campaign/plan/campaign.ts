import { Temporal } from 'temporal-polyfill'
import type { Dates } from '../calendar/deadline.ts'
import type { Ladder, Step } from '../calendar/ladder.ts'
import type { Post } from '../roster/roster.ts'
import type { Approver } from '../scores/approval.ts'
import type { Limit } from '../scores/limits.ts'
import type { Bands, Rubric } from '../scores/rubric.ts'
import type { NumberOf, UsualForm } from './forms.ts'
import type { Names } from './names.ts'
import type { Rubrics } from './rubrics.ts'

/** Calendar days, ascending. Each is due at 24:00 (decision 5). `words` are the plan's. */
export type Deadline = { words: string; milestones: Dates | 'all-year' }

/** A row of the task list (附件3), word for word. `posts` are the posts that the owners' words mean. */
export type Task = {
  number: number
  name: string
  requirements: readonly string[]
  deadline: Deadline
  owners: { words: string; posts: readonly Post[] }
  note: string
}

export type MeetingKind = { name: string; every: 'month' | 'quarter' | 'year' }
type CommitteePost = Extract<Post, 'committee-secretary' | 'deputy-secretary' | 'committee-member'>
/** How many branches a committee member is responsible for (J6). */
export type Assignment = 'all' | { from: number; to: number }

/**
 * The plan's rules for a form that somebody owes, by the form's name. `milestones` are the days by which it is owed. `numbers` are our
 * decisions where the plan gives no number, in working days unless stated otherwise.
 */
export type FormRules = {
  ladder: Ladder
  milestones: Dates | 'all-year'
  numbers: Readonly<Record<string, number>>
  words: string
}

export type Duties = {
  /** `task` is its number in the task list. `deadline` is the day by which every branch has its deciding score, in the current period. */
  grading: Ladder & { task: number; deadline: Temporal.PlainDate; words: string }
  /** `prompt` is the step at which the report is asked for. `milestones` are the last days of the months reported. */
  'liaison-report': Ladder & { task: number; prompt: Step; milestones: Dates; words: string }
  /** `milestones` are the last days of the quarters reported. */
  'quarterly-report': Ladder & { milestones: Dates; words: string }
  meetings: Ladder & { task: number; kinds: readonly MeetingKind[]; words: string }
}

/** One of several rounds of grading in a year: 上半年, 下半年. */
export type Period = {
  /** Counted from 1, by deadline. */
  number: number
  name: string
  /** From this day on, it is the period meant if none is named. */
  opens: Temporal.PlainDate
  deadline: Temporal.PlainDate
}

/** One year's plan of one college. Points are in steps of `rubric.step`, shares lie between 0 and 1, and dates are days in Beijing. */
export type Campaign = {
  id: string
  name: string
  /** The full name of the college committee. */
  college: string
  /** The plan's 发文字号. */
  document: string
  starts: Temporal.PlainDate
  ends: Temporal.PlainDate
  /** This college's names of posts, on screen and in its roster. */
  posts: Readonly<Record<Post, string>>
  rubrics: Rubrics
  /** The rubric of branches without a kind of their own. */
  rubric: Rubric
  bands: Bands
  /** The share of all branches that a band may or must have. It is checked at review and reported as counts. */
  limits: readonly Limit[]
  /** Who decides about a submitted result before it is published and filed, in this order. Most plans have nobody. */
  approvers: readonly Approver[]
  /** The working days of 公示 before a result is filed. If it is absent, results are filed at once. */
  notice?: { days: number }
  /** The headings of the plan's attachments: scorecard, summary table, task list. */
  titles: { scorecard: string; summaryTable: string; taskList: string }
  names: Names
  tasks: readonly Task[]
  /** The ladder of every dated duty without its own; see `ladderOf`. */
  ladder: Ladder
  duties: Duties
  /** The rounds of grading of the year, by deadline; empty if there is only one. `period` is the current one. */
  periods: readonly Period[]
  period?: Period
  forms: Readonly<Record<string, FormRules>>
  liaison: Readonly<Record<CommitteePost, Assignment>> & { visitsAMonth: number }
  /** The goal for lagging branches: this share of them should be re-graded above the lowest band. */
  conversion: { goal: number; by: Temporal.PlainDate; words: string }
  /** The limits in months without contact (decision 6). */
  mobileMembers: { careAfterMonths: number; lawfulStepsAfterMonths: number; words: string }
  push: { at: Temporal.PlainTime }
  calendar: { overrides: Record<string, 'work' | 'off'> }
  /** R4: whether groups see the names of those who have not answered after the deadline. */
  switches: { namesInGroupsAfterDeadline: boolean }
}

/** The ladder of a duty, by its name (`grading`, `task-5` …): its own, or else the campaign's. */
export function ladderOf({ duties, forms, ladder }: Campaign, duty: string): Ladder {
  switch (duty) {
    case 'grading':
    case 'liaison-report':
    case 'quarterly-report':
    case 'meetings':
      return duties[duty]
    default:
      return forms[duty]?.ladder ?? ladder
  }
}

/** The days by which a duty is owed, by its name. If it is owed all the year, that is the campaign's last day. */
export function daysOwed({ duties, forms, ends }: Campaign, duty: string): Dates {
  if (duty === 'liaison-report' || duty === 'quarterly-report') return duties[duty].milestones
  const milestones = forms[duty]?.milestones ?? 'all-year'
  return milestones === 'all-year' ? [ends] : milestones
}

/** A number of a form: the file's, or else the usual one. */
export const numberOf = <F extends UsualForm>({ forms }: Campaign, form: F, name: NumberOf<F>): number =>
  forms[form]?.numbers[name] ?? 0
