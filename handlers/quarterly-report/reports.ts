import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Said, Snapshot } from '../../src/bot/pushes/schedule.ts'
import { addWorkingDays } from '../../src/campaign/calendar/calendar.ts'
import { ladderOf, numberOf } from '../../src/campaign/plan/campaign.ts'
import { wordedFor } from '../../src/campaign/roster/post-words.ts'
import { holdersOf, ledGeneralBranches, superiorsOf } from '../../src/campaign/roster/roster.ts'
import { type Fields, sampleOf, words } from '../../src/forms/fields.ts'
import { dueOf, namesOf } from '../../src/forms/open.ts'
import type { Owing } from '../../src/forms/owed.ts'
import {
  branchesHear,
  branchesOwe,
  idsOf,
  quarterNow as nowOf,
  type Owe,
  owedByQuarter,
  quarterOf,
} from '../../src/forms/quarter.ts'
import { recordTable } from '../../src/forms/record.ts'

/** J8: each quarter a branch reports to its general branch, and the general branch to the committee. Plan, 四（二）. */

/** Own words by field. */
const QuarterlyReport = z.record(z.string(), z.string())
export type QuarterlyReport = z.infer<typeof QuarterlyReport>

/** Keys: campaign, last day of the quarter, `branch` or `general`, id of the unit. `direct` stands for the branches below the committee. */
export const quarterlyReports = recordTable('quarterly-report', QuarterlyReport)

export const branchFields: Fields = {
  done: words('完成情况', { labels: ['完成的工作', '已完成', '完成', '开展', '做了', '工作情况'] }),
  problems: words('存在问题', { labels: ['存在的问题', '主要问题', '问题', '困难', '不足'], none: true }),
  next: words('下步打算', { labels: ['下一步打算', '下一步', '下步', '下季度', '下阶段', '打算'], none: true }),
}
export const generalFields: Fields = { own: words('本总支情况', { labels: ['总支情况', '本总支'] }) }

const about = 'quarterly-report'
export const byQuarter = { about, word: '季报', records: quarterlyReports }

/** The 5th working day of the next quarter: our decision, with its number in the campaign file. */
export const generalDeadline = ({ world }: Snapshot, quarter: Temporal.PlainDate): Temporal.PlainDate =>
  addWorkingDays(world.calendar, quarter, numberOf(world.campaign, 'general-report', 'after'))

const generalBranchesOwe: Owe = (snapshot, quarter, { done, who }) => {
  const { roster } = snapshot.world
  const deadline = generalDeadline(snapshot, quarter)
  const units = who ? ledGeneralBranches(roster, who) : roster.generalBranches
  return units.map((unit) => {
    const by = holdersOf(roster, 'general-branch-secretary', { generalBranch: unit.id })
    return {
      by,
      period: `${quarter.toString()} general`,
      name: unit.name,
      generalBranch: unit.id,
      deadline,
      done: done.has(idsOf(quarter, { kind: 'general', id: unit.id }).join('~')),
      superiors: by.flatMap((one) => superiorsOf(roster, one)),
    }
  })
}

/** The quarter that 季报汇总 and 谁没交 mean: the current one, or in its first ten days the one before while a branch is missing. */
export const quarterNow = (snapshot: Snapshot) => nowOf(snapshot, byQuarter, branchesOwe)

const { asks, tells } = branchesHear(byQuarter, {
  sample: sampleOf(Object.values(branchFields)),
  tell: '已交的和本总支情况请回复“季报”。',
})
export const branchReports: Owing = { ...owedByQuarter(byQuarter, branchesOwe), asks, tells }

export const generalReports: Owing = {
  ...owedByQuarter({ ...byQuarter, word: '总支季报' }, generalBranchesOwe, generalDeadline),
  ladder: ({ world }) => ladderOf(world.campaign, 'general-report'),
  asks: (snapshot, open): Said => ({
    title: `${quarterOf(snapshot, about, open)}总支季报，${dueOf(snapshot, open)}。`,
    lines: [],
    reply: '请回复“季报”，看各支部的季报并写本总支情况。',
  }),
  tells: (snapshot, open): Said => ({
    title: wordedFor(
      snapshot.world.campaign,
    )`${quarterOf(snapshot, about, open)}总支季报已到期，还有${open.length}个党总支未报。`,
    lines: [namesOf(open)],
    reply: '已报的请回复“季报汇总”。',
  }),
}
