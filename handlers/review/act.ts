import { gradingDeadline } from '../../src/bot/records/deadlines.ts'
import { overtaken } from '../../src/bot/scorecards/overtaken.ts'
import { cardOf, changeCard, gradedName, gradedNames, shortGradedName } from '../../src/bot/scorecards/rounds.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { byWords } from '../../src/campaign/calendar/ladder.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { type Branch, holds } from '../../src/campaign/roster/roster.ts'
import { notYet } from '../../src/campaign/scores/filing.ts'
import { file, reopen, type Scorecard, sendBack } from '../../src/campaign/scores/scorecard.ts'
import { byReason, eachBranch } from '../../src/forms/queue/each.ts'
import type { Outcome } from '../../src/forms/queue/queue.ts'
import type { Waits } from '../../src/forms/queue/table.ts'
import { tellGraders } from '../../src/forms/tell.ts'

/** The deeds of a reviewer on a card. Each reports its result. Rights are checked here, where it happens. */

const refusal = (turn: Turn): string => turn.worded`无权审核：审核备案由组织部办理，这次没有改动。`
export const isReviewer = ({ who }: Turn): boolean => holds(who, 'organization-department')

/** Files the cards that were looked at. A card that changed meanwhile is not filed. Each grader hears once about all of theirs. */
export async function fileCards(turn: Turn, looked: readonly Waits[]): Promise<Outcome> {
  if (!isReviewer(turn)) return { instead: refusal(turn) }
  const { approvers, notice } = turn.campaign
  const rules = { approvers, hasNotice: notice !== undefined, today: turn.now.toPlainDate() }
  const branches = looked.map(({ branch }) => branch)
  const { done: filed, not } = await eachBranch(turn, branches, async (branch) => {
    const version = looked.find((one) => one.branch === branch)?.version ?? 0
    const card = await cardOf(turn, branch, 'deciding')
    const next = file(card, { version, ...deedOf(turn) })
    const why = next && notYet(card, rules)
    if (why !== undefined || !next) return why ?? false
    await changeCard(turn, { branch, kind: 'deciding' }, { card: next, what: '备案' })
    return true
  })
  const [first] = branches
  const left = byReason(not).join('；')
  if (filed.length === 0 && left) return { instead: left }
  if (filed.length === 0) return { instead: first ? await overtaken(turn, first) : '没有待审的评分' }
  const { worded } = turn
  await tellGraders(turn, filed, { text: (own) => worded`组织部已备案：${gradedNames(turn, own)}的评分。` })
  const done = `${filed.map((branch) => shortGradedName(turn, branch)).join('、')}已备案`
  return left ? { done: `${done}；没有备案：${left}`, not: true } : { done }
}

/** Returns a card to its graders. They hear the reason and the new date. */
export const giveBack = async (
  turn: Turn,
  branch: Branch,
  said: { version: number; reason: string },
): Promise<Outcome> =>
  isReviewer(turn)
    ? giveBackFrom(turn, branch, { ...said, whose: turn.campaign.posts['organization-department'] })
    : { instead: refusal(turn) }

/** The same in the name of `whose`. The caller checks the right. */
export async function giveBackFrom(
  turn: Turn,
  branch: Branch,
  { whose, ...said }: { version: number; reason: string; whose: string },
): Promise<Outcome> {
  const card = sendBack(await cardOf(turn, branch, 'deciding'), { ...said, ...deedOf(turn) })
  if (!card) return { instead: `${await overtaken(turn, branch)}，没有退回` }
  await toGraders(turn, branch, { card, what: '退回', reason: said.reason, head: `。${whose}意见` })
  return { done: `${shortGradedName(turn, branch)}已退回` }
}

/** Opens a filed card, so that it can be changed. Its graders hear the reason and the new date. */
export async function openAgain(turn: Turn, branch: Branch, reason: string): Promise<string> {
  if (!isReviewer(turn)) return refusal(turn)
  const name = gradedName(turn, branch)
  const card = reopen(await cardOf(turn, branch, 'deciding'), { ...deedOf(turn), reason })
  if (!card) return `${name}的评分没有备案，不用重开。`
  const head = turn.worded`的评分可以修改了。组织部说明`
  await toGraders(turn, branch, { card, what: '重开', reason, head })
  return `已重开${name}的评分，填表人已收到原因。`
}

async function toGraders(
  turn: Turn,
  branch: Branch,
  { card, what, reason, head }: { card: Scorecard; what: string; reason: string; head: string },
): Promise<void> {
  await changeCard(turn, { branch, kind: 'deciding' }, { card, what, reason })
  const name = gradedName(turn, branch)
  const by = byWords(turn.world.calendar, gradingDeadline(turn.world, card))
  const text = `已${what}：${name}${head}：“${reason}”。修改后请在${by}重新提交，回复“评分 ${shortName(name)}”。`
  await tellGraders(turn, [branch], { urgent: true, text: () => text })
}
