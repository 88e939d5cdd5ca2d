import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { roundsInSnapshot } from '../../src/bot/scorecards/rounds.ts'
import { type Campaign, daysOwed } from '../../src/campaign/plan/campaign.ts'
import { keyIn, periodName, wordIn } from '../../src/campaign/plan/periods.ts'
import { type Branch, branchName, holdersOf, holds } from '../../src/campaign/roster/roster.ts'
import { awaitedOf } from '../../src/campaign/scores/filing.ts'
import { totalIn } from '../../src/campaign/scores/results.ts'
import type { Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { dueOf } from '../../src/forms/open.ts'
import { type Owed, type Owing, placeOf } from '../../src/forms/owed.ts'
import { progressLineOf } from '../../src/forms/progress-line.ts'

const about = 'approval'
const word = '审定'

const hasApprovers = ({ approvers }: Pick<Campaign, 'approvers'>): boolean => approvers.length > 0

/** The file's day (`forms.approval`) in the current period, or else the campaign's last day. */
function deadlineOf(campaign: Campaign): Owed['deadline'] {
  const opens = campaign.period?.opens ?? campaign.starts
  return daysOwed(campaign, about).find((day) => opens.until(day).days >= 0) ?? campaign.ends
}

const cardOf = (snapshot: Snapshot, branch: Branch): Scorecard | undefined =>
  roundsInSnapshot(snapshot, branch).at(-1)?.card

const isDecided = ({ state, ...card }: Scorecard, { approvers }: Campaign): boolean =>
  state === 'filed' || (state === 'submitted' && awaitedOf({ state, ...card }, approvers) === undefined)

function owedOf(snapshot: Snapshot, branch: Branch): Omit<Owed, 'by' | 'done'> {
  const { campaign, roster } = snapshot.world
  const deadline = deadlineOf(campaign)
  return {
    period: keyIn(campaign, deadline.toString()),
    name: branchName(roster, branch),
    ...placeOf(branch),
    deadline,
    superiors: [],
  }
}

/** Each submitted result that waits for a level is owed by the person who records that level's decision. Every branch is counted. */
export const approvalsOwed: Owing = {
  about,
  word,
  reads: [],
  begins: (deadline) => deadline.subtract({ years: 1 }),
  owed(snapshot, _days, who) {
    const { campaign, roster } = snapshot.world
    if (!campaign.approvers.some(({ by }) => who === undefined || holds(who, by))) return []
    return roster.branches.flatMap((branch): Owed[] => {
      const card = cardOf(snapshot, branch)
      const level = card?.state === 'submitted' && totalIn(card) !== undefined && awaitedOf(card, campaign.approvers)
      return level ? [{ ...owedOf(snapshot, branch), by: holdersOf(roster, level.by), done: false }] : []
    })
  },
  counted(snapshot) {
    const { campaign, roster } = snapshot.world
    if (!hasApprovers(campaign)) return []
    return roster.branches.map((branch): Owed => {
      const card = cardOf(snapshot, branch)
      return { ...owedOf(snapshot, branch), by: [], done: card !== undefined && isDecided(card, campaign) }
    })
  },
  asks(snapshot, open) {
    const { campaign, now } = snapshot.world
    return {
      title: `${periodName(campaign)}待审定${open.length}个支部，${dueOf(snapshot, open)}。`,
      lines: [],
      reply: `请回复“${wordIn(campaign, now.toPlainDate(), word)}”。`,
    }
  },
}

export const approvalsLine = { ...progressLineOf(approvalsOwed), when: hasApprovers }
