import type { List } from '../src/bot/dashboard/list.ts'
import type { Schedule } from '../src/bot/pushes/schedule.ts'
import { liaisonReports, scorecards } from '../src/bot/records/records.ts'
import type { Handler, Paper } from '../src/bot/turn/handler.ts'
import type { ProgressLine } from '../src/bot/turn/progress-line.ts'
import { conversation } from '../src/forms/conversation.ts'
import { listsOf } from '../src/forms/list.ts'
import { progressLineOf } from '../src/forms/progress-line.ts'
import { approvalKeeping } from './approval/approve.ts'
import { approvalsLine } from './approval/owed.ts'
import { brand } from './brand/form.ts'
import { bulletinHandler } from './bulletin/bulletin.ts'
import { burden, burdenPersons } from './burden.ts'
import { courtesy } from './courtesy.ts'
import { dashboard } from './dashboard.ts'
import { dates } from './dates.ts'
import { delegating } from './delegate.ts'
import { development } from './development/form.ts'
import { display } from './display.ts'
import { firstDay } from './first-day.ts'
import { hardIssueKeeping } from './hard-issues/hard-issues.ts'
import { hardIssueLine } from './hard-issues/issues.ts'
import { issueList } from './hard-issues/list.ts'
import { help } from './help.ts'
import { inspecting } from './inspection/inspection.ts'
import { inspectionList } from './inspection/list.ts'
import { inspectionsLine } from './inspection/owed.ts'
import { laggingKeeping, measuring } from './lagging/lagging.ts'
import { conversionList, laggingList, measuresList, regradingList, roundsList } from './lagging/lists.ts'
import { measuresLine } from './lagging/progress-line.ts'
import { regradeLine } from './lagging/regrade.ts'
import { liaisonReportForm } from './liaison-report/form.ts'
import { reportLists, visits } from './liaison-report/list.ts'
import { liaisonReportLine } from './liaison-report/owed.ts'
import { meetingsByMonth } from './meetings/list.ts'
import { organisationLife } from './meetings/meetings.ts'
import { meetingsLine, meetingsOwed } from './meetings/owed.ts'
import { mobileMembersKeeping } from './mobile-members/mobile-members.ts'
import { panelLine } from './panel/owed.ts'
import { panelKeeping } from './panel/panel.ts'
import { papers } from './papers.ts'
import { practiceKeeping } from './practice/practice.ts'
import { progress } from './progress.ts'
import { quarterlyReporting } from './quarterly-report/quarterly-report.ts'
import { branchReports, generalReports } from './quarterly-report/reports.ts'
import { questions } from './questions/questions.ts'
import { regulationKeeping } from './regulation/regulation.ts'
import { reviewLine } from './review/progress-line.ts'
import { reviewing } from './review/review.ts'
import { rosterKeeping } from './roster/roster.ts'
import { bands, gradingList } from './scorecard/list.ts'
import { gradingLine } from './scorecard/progress-line.ts'
import { explaining, scoring } from './scorecard/scorecard.ts'
import { snooze } from './snooze.ts'
import { suggestions } from './suggestion.ts'
import { taskFigures, taskOwners, tasksList, trainingList } from './tasks/lists.ts'
import { tasksLine } from './tasks/owed.ts'
import { taskKeeping } from './tasks/tasks.ts'
import { trainingKeeping } from './training/training.ts'

/** In the order of 进度. */
export const progressLines: readonly ProgressLine[] = [
  reviewLine,
  gradingLine,
  panelLine,
  approvalsLine,
  regradeLine,
  liaisonReportLine,
  progressLineOf(branchReports),
  progressLineOf(generalReports),
  meetingsLine,
  tasksLine,
  measuresLine,
  inspectionsLine,
  hardIssueLine,
]
/** The lists of the dashboard in the order of need: first what is due, then how the year stands. */
export const lists: readonly List[] = [
  dates,
  gradingList,
  bands,
  roundsList,
  regradingList,
  ...reportLists,
  visits,
  ...listsOf(branchReports, { name: 'quarterly', title: '季度报告', who: '党支部', onPage: true }),
  ...listsOf(generalReports, { name: 'quarterly-general', title: '总支季报', who: '党总支', onPage: false }),
  ...listsOf(meetingsOwed, { name: 'meetings', title: '三会一课', who: '党支部', onPage: true }),
  meetingsByMonth,
  inspectionList,
  tasksList,
  taskOwners,
  taskFigures,
  trainingList,
  conversionList,
  laggingList,
  measuresList,
  issueList,
  burden,
  burdenPersons,
]
const reporting = conversation(liaisonReportForm)

/** The conversations of the year's duties that need nothing from the program around them. */
const ofTheYear: readonly Handler[] = [
  reporting,
  quarterlyReporting,
  ...organisationLife,
  inspecting,
  laggingKeeping,
  taskKeeping,
  conversation(development),
  conversation(brand),
  regulationKeeping,
  trainingKeeping,
  practiceKeeping,
  measuring,
  hardIssueKeeping,
]
/** The forms that a delegate can fill in. The first open one in this order comes first. */
const fillables = [reporting, scoring, ...ofTheYear.filter((one) => one !== reporting)].flatMap(
  ({ fillable }) => fillable ?? [],
)

/** The documents that delivery makes for these conversations. */
export const papersOf = (all: readonly Handler[]): readonly Paper[] => all.flatMap(({ papers = [] }) => papers)

/**
 * Everything that people can say. The first handler that claims a text gets it. `schedules` are what an asked-for reminder looks at.
 * `address` is the dashboard's, if there is one. `isEncrypted` says whether the store encrypts values.
 */
export const handlers = (
  schedules: readonly Schedule[],
  {
    address = () => undefined,
    isEncrypted = false,
  }: { address?: () => string | undefined; isEncrypted?: boolean } = {},
): readonly Handler[] => {
  const others: readonly Handler[] = [
    scoring,
    snooze(schedules),
    courtesy(schedules),
    delegating(fillables),
    ...ofTheYear,
    mobileMembersKeeping(isEncrypted),
    reviewing,
    approvalKeeping,
    panelKeeping,
    progress(progressLines),
    dashboard(address),
    bulletinHandler(address),
    papers,
    suggestions,
    display,
    firstDay,
    explaining,
  ]
  const spoken = [...others, rosterKeeping(recordsOf(others))]
  const asked = help(progressLines, spoken)
  const names = progressLines.map(({ name }) => name)
  return [asked, questions([asked, ...spoken], names), ...spoken]
}

/** The tables of official records. Every change of them is an audit entry. */
const recordsOf = (all: readonly Handler[]): NonNullable<Handler['records']> => [
  scorecards,
  liaisonReports,
  ...all.flatMap(({ records = [] }) => records),
]
export const auditedTables: readonly string[] = recordsOf(handlers([])).map(({ name }) => name)
