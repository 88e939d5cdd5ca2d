import { Temporal } from 'temporal-polyfill'
import { listed } from '../src/bot/pushes/push-text.ts'
import { type Due, nameOfScorecard, type OpenDuty, type Schedule, type Snapshot } from '../src/bot/pushes/schedule.ts'
import { gradingDeadline } from '../src/bot/records/deadlines.ts'
import { dueWords, stepOf } from '../src/campaign/calendar/ladder.ts'
import { rubricFor } from '../src/campaign/plan/rubrics.ts'
import {
  type Branch,
  branchesBelow,
  branchName,
  type GeneralBranch,
  givesSelfScore,
  gradersOf,
  holdersOf,
  type Person,
} from '../src/campaign/roster/roster.ts'
import { countsSelf } from '../src/campaign/scores/rubric.ts'
import { isDone, type ScoreKind, scoredBy } from '../src/campaign/scores/scorecard.ts'

const duty = 'grading'

/** J1, J2: every branch has its deciding score by the end of April; its own score is asked for as long as that is missing. */
export const gradingSchedule: Schedule = {
  duty,
  due: (snapshot, date) => [...toPeople(snapshot, date), ...toSuperiors(snapshot, date), ...toGroups(snapshot, date)],
  open: (snapshot, person) => openFor(snapshot, person),
}

const cardOf = ({ scorecards }: Snapshot, branch: Branch, kind: ScoreKind) =>
  scorecards.get(nameOfScorecard(branch.id, kind))
const isScored = (snapshot: Snapshot, branch: Branch): boolean => isDone(cardOf(snapshot, branch, 'deciding'))
/** A self-score that goes into the result is asked for until that is filed. */
const isAwaited = (snapshot: Snapshot, branch: Branch): boolean =>
  countsSelf(rubricFor(snapshot.world.campaign.rubrics, branch)) &&
  cardOf(snapshot, branch, 'deciding')?.state !== 'filed'
/** A self-score is not asked for once the deciding score is there (decision 4). */
const isOpen = (snapshot: Snapshot, branch: Branch, kind: ScoreKind): boolean =>
  kind === 'deciding'
    ? !isScored(snapshot, branch)
    : !isDone(cardOf(snapshot, branch, 'self')) && (!isScored(snapshot, branch) || isAwaited(snapshot, branch))
const deadlineFor = (snapshot: Snapshot, branch: Branch): Temporal.PlainDate =>
  gradingDeadline(snapshot.world, cardOf(snapshot, branch, 'deciding'))

/** The campaign's own, and those of cards that were returned. */
const deadlinesOf = ({ world, scorecards }: Snapshot): Temporal.PlainDate[] => [
  world.campaign.duties.grading.deadline,
  ...[...scorecards.values()].filter((card) => card.state === 'returned').map((card) => gradingDeadline(world, card)),
]

type OpenGrading = OpenDuty & { kind: ScoreKind }

/** What a person has not scored yet, by deadline: a returned card has one of its own. */
function openFor(snapshot: Snapshot, person: Person): OpenGrading[] {
  const { roster } = snapshot.world
  const all = scoredBy(roster, person)
  const byDeadline = new Map<string, { kind: ScoreKind; deadline: Temporal.PlainDate; missing: Branch[]; of: number }>()
  for (const { branch, kind } of all) {
    if (!isOpen(snapshot, branch, kind)) continue
    const deadline = deadlineFor(snapshot, branch)
    const key = `${deadline.toString()} ${kind}`
    const group = byDeadline.get(key)
    if (group) group.missing.push(branch)
    else byDeadline.set(key, { kind, deadline, missing: [branch], of: all.filter((one) => one.kind === kind).length })
  }
  return [...byDeadline.values()].map(({ kind, deadline, missing, of }) => ({
    duty,
    kind,
    deadline,
    ...textFor(snapshot, kind, deadline, missing, of),
  }))
}

function textFor(
  { world }: Snapshot,
  kind: ScoreKind,
  deadline: Temporal.PlainDate,
  missing: readonly Branch[],
  of: number,
): { title: string; lines: string[]; reply: string } {
  const by = dueWords(world.calendar, deadline, world.now.toPlainDate())
  const names = missing.map((branch) => branchName(world.roster, branch))
  const [only] = names
  const title = kind === 'self' ? `支部自评，${by}。` : `支部评分 ${of - missing.length}/${of}，${by}。`
  return {
    title,
    lines: [`${kind === 'self' ? '待自评' : '待评'}：${listed(names, '个')}`],
    reply: names.length === 1 && only ? `请回复“评分 ${only}”。` : '请回复“评分”。',
  }
}

function toPeople(snapshot: Snapshot, date: Temporal.PlainDate): Due[] {
  const { roster } = snapshot.world
  const stepFor = personSteps(snapshot, date)
  if (!deadlinesOf(snapshot).some((deadline) => stepFor(deadline) !== undefined)) return []
  const dues: Due[] = []
  for (const person of roster.people)
    for (const { deadline, kind, title, lines, reply } of openFor(snapshot, person)) {
      const step = stepFor(deadline)
      if (step === undefined) continue
      const period = kind === 'self' ? `${deadline.toString()} self` : deadline.toString()
      dues.push({ receiver: { person }, duty, period, step, kind: 'reminder', title, lines, reply })
    }
  return dues
}

/** The step that falls on `date` for a deadline, reckoned once: nearly all people have the campaign's own. */
function personSteps(
  { world }: Snapshot,
  date: Temporal.PlainDate,
): (deadline: Temporal.PlainDate) => string | undefined {
  const { campaign, calendar } = world
  const known = new Map<Temporal.PlainDate, string | undefined>()
  return (deadline) => {
    if (!known.has(deadline)) known.set(deadline, stepOf(campaign.duties.grading, deadline, date, calendar).person)
    return known.get(deadline)
  }
}

/** Once, merged: self-scores to the secretary of the general branch, general branches to the organization department. */
function toSuperiors(snapshot: Snapshot, date: Temporal.PlainDate): Due[] {
  const { campaign, calendar, roster } = snapshot.world
  const { deadline } = campaign.duties.grading
  const step = stepOf(campaign.duties.grading, deadline, date, calendar)
  if (step.superior === undefined) return []
  const told = (person: Person, step: string, title: string, lines: string[], reply: string): Due => ({
    receiver: { person },
    duty,
    period: deadline.toString(),
    step,
    kind: 'escalation',
    title,
    lines,
    reply,
  })
  const general = roster.generalBranches.flatMap((unit) => missingOf(snapshot, unit))
  const dues: Due[] = []
  for (const { unit, self } of general)
    if (self.length > 0)
      for (const person of holdersOf(roster, 'general-branch-secretary', { generalBranch: unit.id }))
        dues.push(
          told(
            person,
            `superior-self-${step.superior}`,
            `${self.length}个支部的自评到期未交。`,
            [listed(self, '个')],
            '自评情况请回复“谁没交”。',
          ),
        )
  const late = general.filter(({ open }) => open > 0)
  if (late.length > 0)
    for (const person of holdersOf(roster, 'organization-department'))
      dues.push(
        told(
          person,
          `superior-${step.superior}`,
          `支部评分${deadline.month}月${deadline.day}日已到期，还有${late.length}个党总支未评完。`,
          [
            listed(
              late.map(({ unit, open }) => `${unit.name}${open}个`),
              '个',
            ),
          ],
          '评分情况请回复“进度”或“谁没交”。',
        ),
      )
  return dues
}

function missingOf(snapshot: Snapshot, unit: GeneralBranch): { unit: GeneralBranch; open: number; self: string[] } {
  const { roster } = snapshot.world
  const branches = branchesBelow(roster, unit.id)
  return {
    unit,
    open: branches.filter((branch) => !isScored(snapshot, branch)).length,
    self: branches
      .filter((branch) => givesSelfScore(roster, branch) && isOpen(snapshot, branch, 'self'))
      .map((branch) => branchName(roster, branch)),
  }
}

/** Counts before the deadline; names of the silent after it and only where the campaign switches that on (R4). */
function toGroups(snapshot: Snapshot, date: Temporal.PlainDate): Due[] {
  const { campaign, calendar, roster, now } = snapshot.world
  const { deadline } = campaign.duties.grading
  const step = stepOf(campaign.duties.grading, deadline, date, calendar)
  const named = campaign.switches.namesInGroupsAfterDeadline && step.superior !== undefined
  if (step.group === undefined && !named) return []
  return roster.groups.flatMap((group): Due[] => {
    const branches = group.scope === 'college' ? roster.branches : branchesBelow(roster, group.scope)
    const open = branches.filter((branch) => !isScored(snapshot, branch))
    if (open.length === 0) return []
    const silent = named ? [...new Set(open.flatMap((branch) => gradersOf(roster, branch)))] : []
    const count = `已完成 ${branches.length - open.length}/${branches.length}`
    return [
      {
        receiver: { group },
        duty,
        period: deadline.toString(),
        step: step.group ?? `after-${step.superior}`,
        kind: 'reminder',
        title: `支部${campaign.names.grading} ${dueWords(calendar, deadline, now.toPlainDate())}，${count}。`,
        lines: named ? [`还没完成：${silent.map((person) => person.name).join('、')}`] : [],
        reply: `请各${campaign.posts['general-branch-secretary']}在与我的对话里回复“评分”。`,
        ...(named ? { mention: silent.flatMap((person) => person.accounts[group.platform] ?? []) } : {}),
      },
    ]
  })
}
