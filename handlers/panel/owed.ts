import type { Said } from '../../src/bot/pushes/schedule.ts'
import { panels } from '../../src/bot/records/records.ts'
import { type Campaign, daysOwed } from '../../src/campaign/plan/campaign.ts'
import { keyIn, periodName, rowsIn, wordIn } from '../../src/campaign/plan/periods.ts'
import { branchName, holdersOf } from '../../src/campaign/roster/roster.ts'
import { dueOf, namesOf } from '../../src/forms/open.ts'
import type { Owed, Owing } from '../../src/forms/owed.ts'
import { progressLineOf } from '../../src/forms/progress-line.ts'

const about = 'panel'
const word = '评议'

/** Whether a panel's marks count for the result. */
export const hasPanel = ({ rubric }: Pick<Campaign, 'rubric'>): boolean =>
  (rubric.result?.shares ?? []).some(({ who }) => who === 'panel')

/**
 * The file's day for the panel (`forms.panel`), in the current period. Without it the grading's day, because grading waits for the marks.
 */
function deadlineOf(campaign: Campaign): Owed['deadline'] {
  const { deadline } = campaign.duties.grading
  const days = campaign.forms[about] ? daysOwed(campaign, about) : []
  return days.find((day) => (campaign.period?.opens ?? campaign.starts).until(day).days >= 0) ?? deadline
}

/** The organization department owes the panel's marks of every branch. */
export const panelOwed: Owing = {
  about,
  word,
  reads: [panels],
  owed({ world: { campaign, roster }, kept }) {
    if (!hasPanel(campaign)) return []
    const given = new Set(rowsIn(campaign, kept.of(panels)).map(({ ids }) => ids[1]))
    const deadline = deadlineOf(campaign)
    const by = holdersOf(roster, 'organization-department')
    return roster.branches.map(
      (branch): Owed => ({
        by,
        period: keyIn(campaign, deadline.toString()),
        name: branchName(roster, branch),
        deadline,
        done: given.has(branch.id),
        superiors: [],
      }),
    )
  },
  asks(snapshot, open): Said {
    const { campaign, roster, now } = snapshot.world
    const all = roster.branches.length
    return {
      title: `${periodName(campaign)}评议打分 ${all - open.length}/${all}，${dueOf(snapshot, open)}。`,
      lines: [`未记：${namesOf(open)}`],
      reply: `请回复“${wordIn(campaign, now.toPlainDate(), word)} ${open[0]?.name ?? ''} 95 92 88”，每行一个支部。`,
    }
  },
}

export const panelLine = { ...progressLineOf(panelOwed), when: hasPanel }
