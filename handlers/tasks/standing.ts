import type { Temporal } from 'temporal-polyfill'
import { nameOfLiaisonReport, nameOfScorecard, type Snapshot } from '../../src/bot/pushes/schedule.ts'
import { isoOf } from '../../src/campaign/calendar/iso.ts'
import { monthOf } from '../../src/campaign/calendar/month.ts'
import { once } from '../../src/campaign/once.ts'
import type { Task } from '../../src/campaign/plan/campaign.ts'
import { branchesBelow, holds, type Person, type Roster, seatsOf } from '../../src/campaign/roster/roster.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { further, type TaskState } from '../../src/campaign/tasks/read-task.ts'
import { isAutomatic, roleOf, type TaskRole } from '../../src/campaign/tasks/task-roles.ts'
import { standing } from '../../src/forms/record.ts'
import { brands } from '../brand/records.ts'
import { developments } from '../development/records.ts'
import { proposals } from '../regulation/records.ts'
import { coverageOf, trainings } from '../training/records.ts'
import { lecturesOf, meetingsOf, meetingTables } from './meetings-held.ts'
import { taskReports } from './records.ts'

type Day = Temporal.PlainDate

/** Every table that the progress of a task depends on. */
export const taskTables = [taskReports, developments, brands, proposals, trainings, ...meetingTables] as const

export const owns = (person: Person, { owners }: Task): boolean => holds(person, ...owners.posts)
const owners = once((roster: Roster) => once((task: Task) => roster.people.filter((person) => owns(person, task))))
export const ownersOf = ({ world }: Snapshot, task: Task): readonly Person[] => owners(world.roster)(task)

/** A person's progress. `figure` is for a task counted from records. */
export type Standing = { state: TaskState; figure?: Figure }
type Figure = { done: number; all: number }

type Records = ReturnType<typeof recordsOf>
/** The records of a moment, found by their ids. */
const recordsOf = once((snapshot: Snapshot) => ({
  reports: standing(snapshot.kept, taskReports),
  developments: standing(snapshot.kept, developments),
  brands: standing(snapshot.kept, brands),
  proposers: new Set([...standing(snapshot.kept, proposals).keys()].map((key) => key.split('~')[0])),
  coverage: coverageOf(snapshot),
  lectures: lecturesOf(snapshot),
}))

const stateOf = ({ done, all }: Figure): TaskState => (done >= all ? '已完成' : done > 0 ? '进行中' : '未开始')

/** A person's progress with a task by a milestone: from their own words and from records, whichever is further. */
export function standingAt(
  snapshot: Snapshot,
  task: Task,
  { milestone, person }: { milestone: Day; person: Person },
): Standing {
  const role = roleOf(snapshot.world.campaign, task.number)
  const records = recordsOf(snapshot)
  if (role !== undefined && isAutomatic(snapshot.world.campaign, task)) {
    const figure = figureOf(snapshot, role, person)
    return { state: stateOf(figure), figure }
  }
  const said = records.reports.get([String(task.number), isoOf(milestone), person.id].join('~'))?.content.state
  return { state: further(said ?? '未开始', onRecord(records, role, { milestone, person })) }
}

/** What another form has already put on record (R3). */
function onRecord(
  records: Records,
  role: TaskRole | undefined,
  { milestone, person }: { milestone: Day; person: Person },
): TaskState {
  if (role === 'regulations') return records.proposers.has(person.id) ? '进行中' : '未开始'
  if (role === 'brand') {
    const stages = person.seats.flatMap(({ post, branch, generalBranch }) => {
      const unit = post === 'branch-secretary' ? `branch~${branch}` : `general~${generalBranch}`
      return records.brands.get(unit)?.content.stage ?? []
    })
    return stages.includes('成型') ? '已完成' : stages.length > 0 ? '进行中' : '未开始'
  }
  if (role !== 'development') return '未开始'
  const branches = seatsOf(person, 'branch-secretary').flatMap(({ branch }) => branch ?? [])
  const all = branches.every((branch) => records.developments.has(`${isoOf(milestone)}~${branch}`))
  return branches.length > 0 && all ? '已完成' : '未开始'
}

/** What the records say about a task that nobody reports. */
function figureOf(snapshot: Snapshot, role: TaskRole, person: Person): Figure {
  const records = recordsOf(snapshot)
  if (role === 'grading') return graded(snapshot, person)
  if (role === 'training') return records.coverage
  if (role === 'liaison-report') return reported(snapshot, person)
  if (role === 'meetings') return meetingsOf(snapshot, person)
  return { done: records.lectures.has(person.id) ? 1 : 0, all: 1 }
}

function graded({ world, scorecards }: Snapshot, person: Person): Figure {
  const units = seatsOf(person, 'general-branch-secretary').flatMap(({ generalBranch }) => generalBranch ?? [])
  const branches = units.flatMap((unit) => branchesBelow(world.roster, unit))
  const done = branches.filter(({ id }) => isDone(scorecards.get(nameOfScorecard(world.campaign, id, 'deciding'))))
  return { done: done.length, all: branches.length }
}

/** The reported months, of those that have begun. */
function reported({ world, liaisonReports }: Snapshot, person: Person): Figure {
  const months = world.campaign.duties['liaison-report'].milestones.filter(
    (end) => end.with({ day: 1 }).until(world.now.toPlainDate()).days >= 0,
  )
  const done = months.filter((month) => liaisonReports.has(nameOfLiaisonReport(monthOf(month), person.id)))
  return { done: done.length, all: months.length }
}
