import { Temporal } from 'temporal-polyfill'
import { type CampaignFile, type Finding, readCampaignFile } from './campaign-file.ts'
import { readDeadline, type Span } from './deadline.ts'
import type { committeePosts, Post } from './roster.ts'
import type { Bands, Rubric } from './rubric.ts'

/** Working days before the last working day on or before the deadline. */
export type Step = `T-${number}`

/**
 * When a dated duty is said. `steps`: to the person; `groupSteps`: to groups, with counts; `after`: to the person on these working
 * days after the deadline; `superiorAfter`: to the superior, once, on this working day after it.
 */
export type Ladder = {
  steps: readonly Step[]
  groupSteps: readonly Step[]
  after: readonly number[]
  superiorAfter: number
}

type Dates = readonly Temporal.PlainDate[]
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
/** How many branches a committee member is responsible for (J6). */
export type Assignment = 'all' | { from: number; to: number }

export type Duties = {
  /** Task of the list; the day by which every branch has its deciding score. */
  grading: Ladder & { task: number; deadline: Temporal.PlainDate; words: string }
  /** `prompt`: the step at which the report is asked for. `milestones`: the last days of the months reported. */
  'liaison-report': Ladder & { task: number; prompt: Step; milestones: Dates; words: string }
  /** `milestones`: the last days of the quarters reported. */
  'quarterly-report': Ladder & { milestones: Dates; words: string }
  meetings: Ladder & { task: number; kinds: readonly MeetingKind[]; words: string }
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
  rubric: Rubric
  bands: Bands
  /** Headings of the plan's attachments: scorecard, summary table, task list. */
  titles: { scorecard: string; summaryTable: string; taskList: string }
  /** Absent: the general branch's own score decides (decision 3). */
  weighting?: { generalBranch: number; selfScore: number; words: string }
  tasks: readonly Task[]
  /** Of every dated duty without its own, see `ladderOf`. */
  ladder: Ladder
  duties: Duties
  liaison: Readonly<Record<(typeof committeePosts)[number] & CommitteePost, Assignment>> & { visitsAMonth: number }
  /** The share of lagging branches to be re-graded above the lowest band. */
  conversion: { goal: number; by: Temporal.PlainDate; words: string }
  /** Months without contact (decision 6). */
  mobileMembers: { careAfterMonths: number; lawfulStepsAfterMonths: number; words: string }
  push: { at: Temporal.PlainTime }
  calendar: { overrides: Record<string, 'work' | 'off'> }
  switches: { /** R4: names of the silent in groups, after the deadline. */ namesInGroupsAfterDeadline: boolean }
}
