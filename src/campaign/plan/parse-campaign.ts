import { Temporal } from 'temporal-polyfill'
import type { Ladder, Step } from '../calendar/ladder.ts'
import type { Limit } from '../scores/limits.ts'
import type { Campaign, Deadline, Duties, FormRules, Task } from './campaign.ts'
import type { CampaignFile, Finding } from './campaign-file.ts'
import { checkedFile } from './errors.ts'
import type { FileDates } from './file-dates.ts'
import { usualForms } from './forms.ts'
import { namesOf } from './names.ts'
import { readOwners } from './owners.ts'
import { campaignIn, periodsOf } from './periods.ts'
import { bandsOf, rubricsOf } from './rubrics.ts'

/** The campaign that a file's text describes, or its errors (at least one). Never throws. */
export function parseCampaign(text: string): { campaign: Campaign } | { findings: Finding[] } {
  const checked = checkedFile(text)
  return 'findings' in checked ? checked : { campaign: campaignIn(campaignOf(checked.file, checked.dates), 1) }
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
    approvers: (file.review?.approvals ?? []).map(({ name, by }) => ({ name, by })),
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
    periods: periodsOf(file, dates),
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

/** The file's rules for each form, and the usual ones for forms that it does not name. */
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
    grading: {
      ...mergedLadder(file, grading),
      task: grading.task,
      deadline: dates.grading[0] ?? dates.span.ends,
      words: grading.words,
    },
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

/** How many of the branches may or must be in a band. */
const limitsOf = ({ bands }: CampaignFile): Limit[] =>
  bands.flatMap(({ name, atMost, orBelow }): Limit[] => [
    ...(atMost ? [{ band: name, words: atMost.words, most: atMost.share }] : []),
    ...(orBelow ? [{ band: name, words: orBelow.words, least: orBelow.share }] : []),
  ])
