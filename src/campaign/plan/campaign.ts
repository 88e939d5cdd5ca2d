import { Temporal } from 'temporal-polyfill'
import type { Dates } from '../calendar/deadline.ts'
import type { Ladder, Step } from '../calendar/ladder.ts'
import type { Post } from '../roster/roster.ts'
import type { Limit } from '../scores/limits.ts'
import type { Bands, Rubric } from '../scores/rubric.ts'
import type { CampaignFile, Finding } from './campaign-file.ts'
import { checkedFile } from './errors.ts'
import type { FileDates } from './file-dates.ts'
import { type NumberOf, type UsualForm, usualForms } from './forms.ts'
import { type Names, namesOf } from './names.ts'
import { readOwners } from './owners.ts'
import { bandsOf, type Rubrics, rubricsOf } from './rubrics.ts'

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

/** The campaign that a file's text describes, or its errors, at least one. Never throws. */
export function parseCampaign(text: string): { campaign: Campaign } | { findings: Finding[] } {
  const checked = checkedFile(text)
  return 'findings' in checked ? checked : { campaign: campaignOf(checked.file, checked.dates) }
}

function campaignOf(file: CampaignFile, dates: FileDates): Campaign {
  const rubrics = rubricsOf(file)
  return {
    id: file.id,
    name: file.name,
    college: file.college,
    document: file.document,
    ...dates.span,
    posts: file.posts,
    rubrics,
    rubric: rubrics.first,
    bands: bandsOf(file, rubrics.first),
    limits: limitsOf(file),
    ...(file.review?.notice ? { notice: { days: file.review.notice.days } } : {}),
    titles: {
      scorecard: file.rubric.title,
      summaryTable: file.summaryTable.title,
      taskList: file.taskList.title,
    },
    names: namesOf(file),
    tasks: file.taskList.tasks.map((task, i) => taskOf(task, dates.tasks[i] ?? 'all-year', file)),
    ladder: mergedLadder(file, {}),
    duties: dutiesOf(file, dates),
    forms: formsOf(file, dates),
    liaison: {
      'committee-secretary': file.liaison['committee-secretary'].branches,
      'deputy-secretary': file.liaison['deputy-secretary'].branches,
      'committee-member': file.liaison['committee-member'].branches,
      visitsAMonth: file.liaison.visitsAMonth.branches,
    },
    conversion: { goal: file.conversion.goal, by: dates.conversion, words: file.conversion.words },
    mobileMembers: {
      careAfterMonths: file.mobileMembers.careAfterMonths,
      lawfulStepsAfterMonths: file.mobileMembers.lawfulStepsAfterMonths,
      words: file.mobileMembers.words,
    },
    push: { at: Temporal.PlainTime.from(file.push.at) },
    calendar: file.calendar,
    switches: file.switches,
  }
}

function taskOf(
  task: CampaignFile['taskList']['tasks'][number],
  milestones: Deadline['milestones'],
  file: CampaignFile,
): Task {
  const owners = readOwners(task.owners, file)
  return {
    number: task.number,
    name: task.name,
    requirements: task.requirements,
    deadline: { words: task.deadline, milestones },
    owners: { words: task.owners, posts: 'posts' in owners ? owners.posts : [] },
    note: task.note,
  }
}

type OwnLadder = { [Member in keyof Ladder]?: Ladder[Member] }
const mergedLadder = ({ ladder }: CampaignFile, own: OwnLadder): Ladder => ({
  steps: own.steps ?? ladder.steps,
  groupSteps: own.groupSteps ?? ladder.groupSteps,
  after: own.after ?? ladder.after,
  superiorAfter: own.superiorAfter ?? ladder.superiorAfter,
})

/** What the file says of each form, and the usual of those it does not name. */
function formsOf(file: CampaignFile, dates: FileDates): Campaign['forms'] {
  const usual: [string, { numbers: FormRules['numbers']; steps: readonly Step[] | undefined }][] =
    Object.entries(usualForms)
  const known = usual.map(([name, { numbers, steps }]): [string, FormRules] => [
    name,
    {
      ladder: mergedLadder(file, steps ? { steps, groupSteps: [] } : {}),
      milestones: 'all-year',
      numbers,
      words: '',
    },
  ])
  const forms = new Map(known)
  for (const [name, rules] of Object.entries(file.forms)) {
    const before = forms.get(name)
    forms.set(name, {
      ladder: mergedLadder(file, { ...before?.ladder, ...rules }),
      milestones: dates.forms[name] ?? 'all-year',
      numbers: { ...before?.numbers, ...rules.numbers },
      words: rules.words,
    })
  }
  return Object.fromEntries(forms)
}

function dutiesOf(file: CampaignFile, dates: FileDates): Duties {
  const { grading, 'liaison-report': liaison, 'quarterly-report': quarterly, meetings } = file.duties
  return {
    grading: { ...mergedLadder(file, grading), task: grading.task, deadline: dates.grading, words: grading.words },
    'liaison-report': {
      ...mergedLadder(file, liaison),
      task: liaison.task,
      prompt: liaison.prompt,
      milestones: dates.liaisonReport,
      words: liaison.words,
    },
    'quarterly-report': { ...mergedLadder(file, quarterly), milestones: dates.quarterlyReport, words: quarterly.words },
    meetings: {
      ...mergedLadder(file, meetings),
      task: meetings.task,
      kinds: meetings.kinds.map(({ name, every }) => ({ name, every })),
      words: meetings.words,
    },
  }
}

/** How many of the branches may, or must, be in a band. */
const limitsOf = ({ bands }: CampaignFile): Limit[] =>
  bands.flatMap(({ name, atMost, orBelow }): Limit[] => [
    ...(atMost ? [{ band: name, words: atMost.words, most: atMost.share }] : []),
    ...(orBelow ? [{ band: name, words: orBelow.words, least: orBelow.share }] : []),
  ])
