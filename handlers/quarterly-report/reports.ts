import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { addWorkingDays } from '../../src/campaign/calendar/calendar.ts'
import { dueWords } from '../../src/campaign/calendar/ladder.ts'
import { begunBy, quarterMeant, quarterWords } from '../../src/campaign/calendar/quarter.ts'
import { ladderOf, numberOf } from '../../src/campaign/plan/campaign.ts'
import { branchName, gradersOf, holdersOf, superiorsOf } from '../../src/campaign/roster/roster.ts'
import { namesOf } from '../../src/forms/duty.ts'
import type { Owed, Owing, Said } from '../../src/forms/owed.ts'
import type { WordFields } from '../../src/forms/own-words.ts'
import { type Recorded, recordTable, stands } from '../../src/forms/record.ts'

/** J8: a branch reports to its general branch each quarter, the general branch to the committee. Plan, 四（二）. */

/** Own words by field. */
export const QuarterlyReport = z.record(z.string(), z.string())
export type QuarterlyReport = z.infer<typeof QuarterlyReport>

/** Keys: campaign, last day of the quarter, `branch` or `general`, id of the unit; `direct`: the branches below the committee. */
export const quarterlyReports = recordTable('quarterly-report', QuarterlyReport)
export type UnitKind = 'branch' | 'general'

export const branchFields: WordFields = {
  done: { label: '完成情况', labels: ['完成的工作', '已完成', '完成', '开展', '做了', '工作情况'] },
  problems: { label: '存在问题', labels: ['存在的问题', '主要问题', '问题', '困难', '不足'], none: true },
  next: { label: '下步打算', labels: ['下一步打算', '下一步', '下步', '下季度', '下阶段', '打算'], none: true },
}
export const generalFields: WordFields = {
  own: { label: '本总支情况', labels: ['总支情况', '本总支'] },
}

type Day = Temporal.PlainDate
const quarters = (snapshot: Snapshot): readonly Day[] => snapshot.world.campaign.duties['quarterly-report'].milestones

export function reportOf(
  snapshot: Snapshot,
  quarter: Day,
  kind: UnitKind,
  unit: string,
): Recorded<QuarterlyReport> | undefined {
  const day = quarter.toString()
  const row = snapshot.kept.of(quarterlyReports).find(({ ids }) => ids[1] === day && ids[2] === kind && ids[3] === unit)
  return stands(row?.value) ? row.value : undefined
}

const submitted = (snapshot: Snapshot): ReadonlySet<string> =>
  new Set(
    snapshot.kept.of(quarterlyReports).flatMap(({ ids, value }) => (stands(value) ? [ids.slice(1).join('~')] : [])),
  )

/** The 5th working day of the next quarter: a decision of ours, a number of the campaign file. */
export const generalDeadline = ({ world }: Snapshot, quarter: Day): Day =>
  addWorkingDays(world.calendar, quarter, numberOf(world.campaign, 'general-report', 'after'))

function branchesOwe(snapshot: Snapshot, quarter: Day, done: ReadonlySet<string>): Owed[] {
  const { roster } = snapshot.world
  return roster.branches.map((branch) => ({
    by: holdersOf(roster, 'branch-secretary', { branch: branch.id }),
    period: quarter.toString(),
    name: branchName(roster, branch),
    branch: branch.id,
    ...(branch.generalBranch === undefined ? {} : { generalBranch: branch.generalBranch }),
    deadline: quarter,
    done: done.has(`${quarter.toString()}~branch~${branch.id}`),
    superiors: gradersOf(roster, branch),
  }))
}

function generalBranchesOwe(snapshot: Snapshot, quarter: Day, done: ReadonlySet<string>): Owed[] {
  const { roster } = snapshot.world
  return roster.generalBranches.map((unit) => {
    const by = holdersOf(roster, 'general-branch-secretary', { generalBranch: unit.id })
    return {
      by,
      period: `${quarter.toString()} general`,
      name: unit.name,
      generalBranch: unit.id,
      deadline: generalDeadline(snapshot, quarter),
      done: done.has(`${quarter.toString()}~general~${unit.id}`),
      superiors: by.length > 0 ? by.flatMap((one) => superiorsOf(roster, one)) : [],
    }
  })
}

type Owe = (snapshot: Snapshot, quarter: Day, done: ReadonlySet<string>) => Owed[]
const ofBegun =
  (owe: Owe) =>
  (snapshot: Snapshot): Owed[] => {
    const done = submitted(snapshot)
    return begunBy(quarters(snapshot), snapshot.world.now.toPlainDate()).flatMap((quarter) =>
      owe(snapshot, quarter, done),
    )
  }
const ofMeant =
  (owe: Owe) =>
  (snapshot: Snapshot): Owed[] => {
    const done = submitted(snapshot)
    const missing = (quarter: Day): boolean => owe(snapshot, quarter, done).some((one) => !one.done)
    const quarter = quarterMeant(quarters(snapshot), snapshot.world.now.toPlainDate(), missing)
    return quarter ? owe(snapshot, quarter, done) : []
  }

/** What 季报汇总 and 谁没交 mean: the quarter that runs, in its first ten days the one before while a branch is missing. */
export const quarterNow = (snapshot: Snapshot): Day | undefined => {
  const done = submitted(snapshot)
  return quarterMeant(quarters(snapshot), snapshot.world.now.toPlainDate(), (quarter) =>
    branchesOwe(snapshot, quarter, done).some((one) => !one.done),
  )
}

const dueBy = (snapshot: Snapshot, deadline: Day): string =>
  dueWords(snapshot.world.calendar, deadline, snapshot.world.now.toPlainDate())
const quarterOf = (one: Owed | undefined, snapshot: Snapshot): string => {
  const quarter = quarters(snapshot).find((end) => one?.period.startsWith(end.toString()))
  return quarter ? quarterWords(quarter) : ''
}

export const branchReports: Owing = {
  about: 'quarterly-report',
  word: '季报',
  listName: (snapshot) => `${quarterOf(ofMeant(branchesOwe)(snapshot)[0], snapshot)}季报`,
  reads: [quarterlyReports],
  owed: ofBegun(branchesOwe),
  counted: ofMeant(branchesOwe),
  asks: (snapshot, open): Said => {
    const [first] = open
    const quarter = quarterOf(first, snapshot)
    const over = first !== undefined && first.deadline.until(snapshot.world.now.toPlainDate()).days > 0
    const by = first ? dueBy(snapshot, first.deadline) : ''
    return {
      title: `${quarter}季报，${by}。`,
      among: { by, what: `${quarter}季报`, word: '季报' },
      lines: open.length > 1 ? [`待报：${namesOf(open)}`] : [],
      reply: `一条消息即可：“季报 ${over ? `${quarter} ` : ''}完成情况：…存在问题：…下步打算：…”。`,
    }
  },
  tells: (snapshot, open): Said => ({
    title: `${quarterOf(open[0], snapshot)}季报已到期，还有${open.length}个支部未交。`,
    lines: [namesOf(open)],
    reply: '已交的和本总支情况请回复“季报”。',
  }),
}

export const generalReports: Owing = {
  about: 'quarterly-report',
  word: '总支季报',
  listName: (snapshot) => `${quarterOf(ofMeant(generalBranchesOwe)(snapshot)[0], snapshot)}总支季报`,
  reads: [quarterlyReports],
  owed: ofBegun(generalBranchesOwe),
  counted: ofMeant(generalBranchesOwe),
  ladder: ({ world }) => ladderOf(world.campaign, 'general-report'),
  asks: (snapshot, open): Said => ({
    title: `${quarterOf(open[0], snapshot)}总支季报，${open[0] ? dueBy(snapshot, open[0].deadline) : ''}。`,
    lines: [],
    reply: '请回复“季报”，看各支部的季报并写本总支情况。',
  }),
  tells: (snapshot, open): Said => ({
    title: `${quarterOf(open[0], snapshot)}总支季报已到期，还有${open.length}个党总支未报。`,
    lines: [namesOf(open)],
    reply: '已报的请回复“季报汇总”。',
  }),
}
