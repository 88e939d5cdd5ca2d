import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import type { Paper } from '../../src/bot/turn/handler.ts'
import { quarterWords } from '../../src/campaign/calendar/quarter.ts'
import { type Branch, branchesBelow, branchName } from '../../src/campaign/roster/roster.ts'
import type { QuarterlyUnit } from '../../src/documents/quarterly-reports.ts'
import { showsFields } from '../../src/forms/fields.ts'
import { reportIn } from '../../src/forms/quarter.ts'
import { branchFields, quarterlyReports } from './reports.ts'

/** The quarter (its last day), and the part: the id of a general branch, `direct` or `college`. */
const Order = z.object({ quarter: z.string(), part: z.string() })

/** 季报汇总: the own words of each general branch, then those of its branches. */
export const quarterlyPaper: Paper = {
  document: 'quarterly-reports',
  reads: [quarterlyReports],
  archived: ({ world }) =>
    world.campaign.duties['quarterly-report'].milestones.map((quarter) => ({
      quarter: quarter.toString(),
      part: 'college',
    })),
  async render(snapshot, order) {
    const { quarter: day, part } = Order.parse(order)
    const quarter = snapshot.world.campaign.duties['quarterly-report'].milestones.find((end) => end.toString() === day)
    if (!quarter) throw new Error('the campaign has no such quarter')
    const { roster, campaign } = snapshot.world
    const { quarterlyReportsDocument } = await import('../../src/documents/quarterly-reports.ts')
    const units = [
      ...roster.generalBranches.map(({ id, name }) => ({ id, name, branches: branchesBelow(roster, id) })),
      { id: 'direct', name: '直属党支部', branches: branchesBelow(roster, undefined) },
    ]
    return quarterlyReportsDocument({
      college: campaign.college,
      quarter: `${quarter.year}年${quarterWords(quarter)}`,
      units: units
        .filter(({ id, branches }) => (part === 'college' ? branches.length > 0 || id !== 'direct' : part === id))
        .map(({ id, name, branches }): QuarterlyUnit => {
          const own = reportIn(snapshot, quarterlyReports, { quarter, unit: { kind: 'general', id } })
          return {
            name,
            own: own ? Object.values(own.content) : [],
            branches: branches.map((branch) => ({
              name: branchName(roster, branch),
              lines: linesOf(snapshot, quarter, branch),
            })),
          }
        }),
    })
  },
}

function linesOf(snapshot: Snapshot, quarter: Temporal.PlainDate, branch: Branch): string[] {
  const report = reportIn(snapshot, quarterlyReports, { quarter, unit: { kind: 'branch', id: branch.id } })
  return report ? showsFields(branchFields, { words: report.content }) : []
}
