import { Temporal } from 'temporal-polyfill'
import type { Dates } from '../calendar/deadline.ts'
import type { Ladder, Step } from '../calendar/ladder.ts'
import type { Post } from '../roster/roster.ts'
import type { Limit } from '../scores/limits.ts'
import type { Bands, Rubric } from '../scores/rubric.ts'
import type { NumberOf, UsualForm } from './forms.ts'
import type { Names } from './names.ts'
import type { Rubrics } from './rubrics.ts'

/** Calendar days, ascending; each is due at 24:00 (decision 5). `words` as the plan writes them. */
export type Deadline = { words: string; milestones: Dates | 'all-year' }

/** A row of the task list (附件3), word for word. `posts`: who the owners' words mean. */
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
 * What a plan says of a form that somebody owes, by the form's name. `milestones`: the days by which it is owed. `numbers`: decisions of
 * ours where the plan gives none, in working days unless said otherwise.
 */
export type FormRules = {
  ladder: Ladder
  milestones: Dates | 'all-year'
  numbers: Readonly<Record<string, number>>
  words: string
}

export type Duties = {
  /** Task of the list; the day by which every branch has its deciding score, in the period looked at. */
  grading: Ladder & { task: number; deadline: Temporal.PlainDate; words: string }
  /** `prompt`: the step at which the report is asked for. `milestones`: the last days of the months reported. */
  'liaison-report': Ladder & { task: number; prompt: Step; milestones: Dates; words: string }
  /** `milestones`: the last days of the quarters reported. */
  'quarterly-report': Ladder & { milestones: Dates; words: string }
  meetings: Ladder & { task: number; kinds: readonly MeetingKind[]; words: string }
}

/** One of several rounds of grading a year: 上半年, 下半年. */
export type Period = {
  /** From 1, by deadline. */
  number: number
  name: string
  /** The first day on which it is the one meant where none is said. */
  opens: Temporal.PlainDate
  deadline: Temporal.PlainDate
}

/** One year's plan of one college. Points in `rubric.step`; shares between 0 and 1; dates are days in Beijing. */
export type Campaign = {
  id: string
  name: string
  /** Full name of the college committee. */
  college: string
  /** 发文字号 of the plan. */
  document: string
  starts: Temporal.PlainDate
  ends: Temporal.PlainDate
  /** What this college calls its posts, on screen and in its roster. */
  posts: Readonly<Record<Post, string>>
  rubrics: Rubrics
  /** Of branches without a kind of their own. */
  rubric: Rubric
  bands: Bands
  /** Shares of all branches that a band may or must have; checked at review, said as counts. */
  limits: readonly Limit[]
  /** Working days of 公示 before a result is filed; absent: it is filed at once. */
  notice?: { days: number }
  /** Headings of the plan's attachments: scorecard, summary table, task list. */
  titles: { scorecard: string; summaryTable: string; taskList: string }
  names: Names
  tasks: readonly Task[]
  /** Of every dated duty without its own, see `ladderOf`. */
  ladder: Ladder
  duties: Duties
  /** The rounds of grading of the year, by deadline; none where there is one alone. `period`: the one looked at. */
  periods: readonly Period[]
  period?: Period
  forms: Readonly<Record<string, FormRules>>
  liaison: Readonly<Record<CommitteePost, Assignment>> & { visitsAMonth: number }
  /** The share of lagging branches to be re-graded above the lowest band. */
  conversion: { goal: number; by: Temporal.PlainDate; words: string }
  /** Months without contact (decision 6). */
  mobileMembers: { careAfterMonths: number; lawfulStepsAfterMonths: number; words: string }
  push: { at: Temporal.PlainTime }
  calendar: { overrides: Record<string, 'work' | 'off'> }
  switches: { /** R4: names of the silent in groups, after the deadline. */ namesInGroupsAfterDeadline: boolean }
}

/** The ladder of a duty, by its one name (`grading`, `task-5` …): its own, else that of the campaign. */
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

/** The days by which a duty is owed, by its one name; the campaign's last one where it is owed all the year. */
export function daysOwed({ duties, forms, ends }: Campaign, duty: string): Dates {
  if (duty === 'liaison-report' || duty === 'quarterly-report') return duties[duty].milestones
  const milestones = forms[duty]?.milestones ?? 'all-year'
  return milestones === 'all-year' ? [ends] : milestones
}

/** A number of a form: the file's, else what usually holds. */
export const numberOf = <F extends UsualForm>({ forms }: Campaign, form: F, name: NumberOf<F>): number =>
  forms[form]?.numbers[name] ?? 0
