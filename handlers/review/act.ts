import { gradingDeadline } from '../../src/bot/records/deadlines.ts'
import { changeCard, cardOf as currentCard, gradedName } from '../../src/bot/records/rounds.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { byWords } from '../../src/campaign/calendar/ladder.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { type Branch, gradersOf, holds } from '../../src/campaign/roster/roster.ts'
import { file, reopen, type Scorecard, sendBack } from '../../src/campaign/scores/scorecard.ts'
import { notYet } from './not-yet.ts'

/** What a reviewer does to a card. Each says what came of it, `done` where it was done; rights are looked at here, where it happens. */
export type Outcome = { done: string /** Something was left out. */; not?: true } | { instead: string }

const refusal = '无权审核：审核备案由组织部办理，这次没有改动。'
const isReviewer = (turn: Turn): boolean => holds(turn.who, 'organization-department')

/** Of the round that runs. */
export const cardOf = (turn: Turn, branch: Branch): Promise<Scorecard | undefined> =>
  currentCard(turn, branch, 'deciding')
const nowOf = (turn: Turn): string => turn.now.toString({ timeZoneName: 'never' })
const keepCard = (turn: Turn, branch: Branch, card: Scorecard, what: string, reason?: string): Promise<void> =>
  changeCard(turn, { branch, kind: 'deciding' }, card, what, reason)

/** What became of a card that somebody else was faster with. */
export async function overtaken(turn: Turn, branch: Branch): Promise<string> {
  const card = await cardOf(turn, branch)
  const by = card?.state === 'filed' ? card.filed?.by : card?.state === 'returned' ? card.returned?.by : undefined
  const who = turn.roster.people.find((one) => one.id === by)?.name
  const name = gradedName(turn, branch)
  if (!card) return `${name}还没有提交评分`
  if (card.state === 'filed') return `${name}${who ? `已由${who}` : ''}备案`
  if (card.state === 'returned') return `${name}${who ? `已由${who}` : ''}退回`
  return `${name}有了新的提交，请按最新的审核`
}

/** Files what was looked at: a card that changed meanwhile is not filed. Each grader hears once of all of theirs. */
export async function fileCards(turn: Turn, cards: readonly { branch: Branch; version: number }[]): Promise<Outcome> {
  if (!isReviewer(turn)) return { instead: refusal }
  const filed: Branch[] = []
  const not = new Map<string, string[]>()
  for (const { branch, version } of cards) {
    const card = await cardOf(turn, branch)
    const why = card?.version === version ? notYet(turn, card) : undefined
    if (why !== undefined) not.set(why, [...(not.get(why) ?? []), shortName(gradedName(turn, branch))])
    const next = why === undefined ? file(card, version, { by: turn.who.id, at: nowOf(turn) }) : undefined
    if (!next) continue
    await keepCard(turn, branch, next, '备案')
    filed.push(branch)
  }
  const [first] = cards
  const left = [...not].map(([why, names]) => `${names.join('、')}${why}`).join('；')
  if (filed.length === 0 && left) return { instead: left }
  if (filed.length === 0) return { instead: first ? await overtaken(turn, first.branch) : '没有待审的评分' }
  await tellGraders(turn, filed, (names) => `组织部已备案：${names}的评分。`)
  const done = `${filed.map((branch) => shortName(gradedName(turn, branch))).join('、')}已备案`
  return left ? { done: `${done}；没有备案：${left}`, not: true } : { done }
}

/** Sends a card back to its graders; they hear the reason and by when. */
export async function giveBack(turn: Turn, branch: Branch, version: number, reason: string): Promise<Outcome> {
  if (!isReviewer(turn)) return { instead: refusal }
  const returned = sendBack(await cardOf(turn, branch), { version, by: turn.who.id, at: nowOf(turn), reason })
  if (!returned) return { instead: `${await overtaken(turn, branch)}，没有退回` }
  await keepCard(turn, branch, returned, '退回', reason)
  const name = gradedName(turn, branch)
  await tellGraders(
    turn,
    [branch],
    () =>
      `已退回：${name}。组织部意见：“${reason}”。修改后请在${byOf(turn, returned)}重新提交，回复“评分 ${shortName(name)}”。`,
    { urgent: true },
  )
  return { done: `${shortName(name)}已退回` }
}

/** A filed card can be changed again; its graders hear why and by when. */
export async function openAgain(turn: Turn, branch: Branch, reason: string): Promise<Outcome> {
  if (!isReviewer(turn)) return { instead: refusal }
  const name = gradedName(turn, branch)
  const open = reopen(await cardOf(turn, branch), turn.who.id, { at: nowOf(turn), reason })
  if (!open) return { instead: `${name}的评分没有备案，不用重开` }
  await keepCard(turn, branch, open, '重开', reason)
  await tellGraders(
    turn,
    [branch],
    () =>
      `已重开：${name}的评分可以修改了。组织部说明：“${reason}”。修改后请在${byOf(turn, open)}重新提交，回复“评分 ${shortName(name)}”。`,
    { urgent: true },
  )
  return { done: `已重开${name}的评分，填表人已收到原因` }
}

const byOf = (turn: Turn, card: Scorecard): string => byWords(turn.world.calendar, gradingDeadline(turn.world, card))

export async function tellGraders(
  turn: Turn,
  branches: readonly Branch[],
  text: (names: string) => string,
  how: { urgent?: boolean } = {},
): Promise<void> {
  const perGrader = new Map<string, Branch[]>()
  for (const branch of branches)
    for (const grader of gradersOf(turn.roster, branch))
      if (grader.id !== turn.who.id) perGrader.set(grader.id, [...(perGrader.get(grader.id) ?? []), branch])
  for (const [id, own] of perGrader) {
    const person = turn.roster.people.find((one) => one.id === id)
    const names = own.map((branch) => gradedName(turn, branch)).join('、')
    if (person) await turn.tell(person, text(names), 'grading', how)
  }
}
