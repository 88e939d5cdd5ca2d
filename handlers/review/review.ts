import { z } from 'zod'
import type { Card } from '../../src/bot/messages/message.ts'
import { gradingDeadline } from '../../src/bot/records/deadlines.ts'
import { formWord } from '../../src/bot/records/drafts.ts'
import { scorecards } from '../../src/bot/records/records.ts'
import type { Handler, Tap } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { byWords } from '../../src/campaign/calendar/ladder.ts'
import { type Branch, branchName, branchOf, gradersOf, holds } from '../../src/campaign/roster/roster.ts'
import { bandOf, totalOf } from '../../src/campaign/scores/rubric.ts'
import { file, reopen, type Scorecard, sendBack } from '../../src/campaign/scores/scorecard.ts'
import { branchIn, branchTapped, offerNear } from '../branch-said.ts'
import { shortName } from '../score/cards.ts'
import * as cards from './cards.ts'
import { stampOf, type Unit, unitsWaiting, type Waiting } from './waiting.ts'

/** J3: the organization department files what was submitted, or returns it with a reason. */
export const reviewing: Handler = {
  name: cards.name,
  commands: [
    {
      word: '待审',
      by: department,
      use: '审核已提交的评分',
      whose: '审核备案由组织部办理',
      run: (turn) => showOverview(turn, ''),
    },
    {
      word: '重开',
      by: department,
      use: '重开已备案的评分',
      whose: '重开由组织部办理',
      fits: () => true,
      run: reopenSaid,
    },
  ],
  answers,
  taps,
}

/** A reason is awaited: to return a version of a card, or to reopen one. */
const Focus = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('return'), branch: z.string(), version: z.number() }),
  z.strictObject({ action: z.literal('reopen'), branch: z.string() }),
])

const show = (turn: Turn, { before, card }: { before?: string; card: Card }): void => {
  if (before) turn.say(before)
  turn.show(card)
}
const nothingWaits = (turn: Turn, done: string): void =>
  turn.show({ title: '待审', text: `${done ? `${done}。` : ''}目前没有待审的评分。` })

async function showOverview(turn: Turn, done: string): Promise<void> {
  const units = await unitsWaiting(turn)
  const [only] = units
  if (!only) nothingWaits(turn, done)
  else if (units.length === 1) show(turn, cards.table(only, turn.campaign.bands, done, true))
  else show(turn, cards.overview(units, turn.campaign.bands, done))
}

/** The next one that waits in the same general branch, else the next table, in the same message. */
async function showNext(turn: Turn, branch: Branch, done: string): Promise<void> {
  const units = await unitsWaiting(turn)
  const unit = units.find(({ id }) => id === (branch.generalBranch ?? 'direct'))
  const left = unit?.waiting.filter((one) => one.branch.id !== branch.id) ?? []
  const next = left.find((one) => positionOf(turn, one.branch) > positionOf(turn, branch)) ?? left[0]
  if (next) return showOne(turn, next, left.length, done)
  const others = units.filter((one) => one !== unit)
  const [other] = others
  if (other) show(turn, cards.table(other, turn.campaign.bands, done, others.length === 1))
  else nothingWaits(turn, done)
}
const positionOf = (turn: Turn, branch: Branch): number => turn.roster.branches.indexOf(branch)

const showOne = (turn: Turn, one: Waiting, left: number, done: string): void =>
  turn.show(cards.single(one, turn.campaign.rubric, turn.campaign.bands, left, done))

async function taps(turn: Turn, tap: Tap): Promise<void> {
  const { action, args, picked } = tap
  if (!holds(turn.who, 'organization-department')) return turn.say('无权审核：审核备案由组织部办理。')
  const [id = '', version = ''] = args
  if (action === 'overview') return showOverview(turn, '')
  if (action === 'unit' || action === 'file-all' || action === 'each') {
    const units = await unitsWaiting(turn)
    const unit = units.find((one) => one.id === (id || picked['unit']?.[0]))
    if (!unit) return showOverview(turn, '')
    if (action === 'file-all' && stampOf(unit) === version) return fileAll(turn, unit)
    const [first] = unit.waiting
    if (action === 'each' && first) return showOne(turn, first, unit.waiting.length, '')
    return show(turn, cards.table(unit, turn.campaign.bands, '', units.length === 1))
  }
  const branch = branchTapped(turn, tap)
  if (!branch) return showOverview(turn, '')
  if (action === 'next') return showNext(turn, branch, '')
  if (action === 'file') return fileOne(turn, branch, Number(version))
  if (action === 'return') return askReason(turn, branch, Number(version))
  if (action === 'reopen') return reopenOne(turn, branch, '')
}

const cardOf = (turn: Turn, branch: Branch): Promise<Scorecard | undefined> =>
  turn.read(scorecards, turn.campaign.id, branch.id, 'deciding')
const change = (turn: Turn, branch: Branch, card: Scorecard, what: string, reason?: string): Promise<void> =>
  turn.change(scorecards, [turn.campaign.id, branch.id, 'deciding'], card, what, reason)
const nowOf = (turn: Turn): string => turn.now.toString({ timeZoneName: 'never' })

/** What became of a card that somebody else was faster with. */
async function overtaken(turn: Turn, branch: Branch): Promise<string> {
  const card = await cardOf(turn, branch)
  const by = card?.state === 'filed' ? card.filed?.by : card?.state === 'returned' ? card.returned?.by : undefined
  const who = turn.roster.people.find((one) => one.id === by)?.name
  const name = branchName(turn.roster, branch)
  if (card?.state === 'filed') return `${name}${who ? `已由${who}` : ''}备案`
  if (card?.state === 'returned') return `${name}${who ? `已由${who}` : ''}退回`
  return `${name}有了新的提交，请按最新的审核`
}

async function fileOne(turn: Turn, branch: Branch, version: number): Promise<void> {
  const filed = file(await cardOf(turn, branch), version, turn.who.id, nowOf(turn))
  if (!filed) return showNextOrSame(turn, branch)
  await change(turn, branch, filed, '备案')
  await tellGraders(turn, [branch])
  await showNext(turn, branch, `${shortName(branchName(turn.roster, branch))}已备案`)
}

async function showNextOrSame(turn: Turn, branch: Branch): Promise<void> {
  const said = await overtaken(turn, branch)
  const unit = (await unitsWaiting(turn)).find((one) => one.waiting.some((two) => two.branch.id === branch.id))
  const same = unit?.waiting.find((one) => one.branch.id === branch.id)
  if (unit && same) showOne(turn, same, unit.waiting.length, said)
  else await showNext(turn, branch, said)
}

async function fileAll(turn: Turn, unit: Unit): Promise<void> {
  for (const { branch, card } of unit.waiting) {
    const filed = file(card, card.version, turn.who.id, nowOf(turn))
    if (filed) await change(turn, branch, filed, '备案')
  }
  await tellGraders(
    turn,
    unit.waiting.map(({ branch }) => branch),
  )
  const done = `${unit.name}${unit.waiting.length}个支部已备案`
  const rest = (await unitsWaiting(turn)).filter((one) => one.id !== unit.id)
  const [next] = rest
  if (next) show(turn, cards.table(next, turn.campaign.bands, done, rest.length === 1))
  else nothingWaits(turn, done)
}

async function tellGraders(turn: Turn, branches: readonly Branch[]): Promise<void> {
  const perGrader = new Map<string, Branch[]>()
  for (const branch of branches)
    for (const grader of gradersOf(turn.roster, branch))
      if (grader.id !== turn.who.id) perGrader.set(grader.id, [...(perGrader.get(grader.id) ?? []), branch])
  for (const [id, own] of perGrader) {
    const person = turn.roster.people.find((one) => one.id === id)
    const names = own.map((branch) => branchName(turn.roster, branch)).join('、')
    if (person) await turn.tell(person, `组织部已备案：${names}的评分。`, 'grading')
  }
}

async function askReason(turn: Turn, branch: Branch, version: number): Promise<void> {
  const card = await cardOf(turn, branch)
  if (card?.state !== 'submitted' || card.version !== version) return showNextOrSame(turn, branch)
  turn.focus(cards.name, { action: 'return', branch: branch.id, version }, { ownWords: true })
  turn.show({
    title: `退回 ${branchName(turn.roster, branch)}`,
    text: '请直接发退回原因，会原样转给填表人。不退回了请回复“取消”。',
  })
}

async function answers(turn: Turn, text: string): Promise<boolean> {
  const focus = Focus.safeParse(turn.session.focus?.state)
  const branch = focus.success ? branchOf(turn.roster, focus.data.branch) : undefined
  if (!focus.success || !branch) return false
  turn.rest()
  if (formWord(text) === 'cancel') turn.say('已取消，没有改动。')
  else if (focus.data.action === 'reopen') await reopenOne(turn, branch, text.trim())
  else await giveBack(turn, branch, focus.data.version, text.trim())
  return true
}

async function giveBack(turn: Turn, branch: Branch, version: number, reason: string): Promise<void> {
  const returned = sendBack(await cardOf(turn, branch), version, turn.who.id, nowOf(turn), reason)
  if (!returned) return turn.say(`${await overtaken(turn, branch)}，没有退回。`)
  await change(turn, branch, returned, '退回', reason)
  const name = branchName(turn.roster, branch)
  const by = byWords(turn.world.calendar, gradingDeadline(turn.world, returned))
  const text = `已退回：${name}。组织部意见：“${reason}”。修改后请在${by}重新提交，回复“评分 ${shortName(name)}”。`
  for (const grader of gradersOf(turn.roster, branch)) await turn.tell(grader, text, 'grading', { urgent: true })
  await showNext(turn, branch, `${shortName(name)}已退回`)
}

async function reopenSaid(turn: Turn, argument: string): Promise<void> {
  const { branch, rest, near } = branchIn(turn, argument, turn.roster.branches)
  if (!branch) return offerNear(turn, near, (id) => [cards.name, 'reopen', id], '重开哪个支部')
  await reopenOne(turn, branch, rest.trim())
}

/** A filed card can be changed again; that needs a reason. */
async function reopenOne(turn: Turn, branch: Branch, reason: string): Promise<void> {
  const name = branchName(turn.roster, branch)
  const card = await cardOf(turn, branch)
  if (card?.state !== 'filed') return turn.say(`${name}的评分没有备案，不用重开。`)
  if (!reason) {
    turn.focus(cards.name, { action: 'reopen', branch: branch.id }, { ownWords: true })
    return turn.say(
      `重开${name}的评分（${totalOf(card.scores)} 分，${bandOf(totalOf(card.scores), turn.campaign.bands)}）要写明原因，请直接发原因。`,
    )
  }
  const open = reopen(card, turn.who.id, nowOf(turn), reason)
  if (open) await change(turn, branch, open, '重开', reason)
  const text = `已重开：${name}的评分可以修改了。组织部说明：“${reason}”。请回复“评分 ${shortName(name)}”。`
  for (const grader of gradersOf(turn.roster, branch)) await turn.tell(grader, text, 'grading', { urgent: true })
  turn.say(`已重开${name}的评分，填表人已收到原因。`)
}
