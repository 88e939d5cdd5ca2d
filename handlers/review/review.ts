import { gradedName } from '../../src/bot/scorecards/rounds.ts'
import type { Command, Handler, Tap } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Branch, branchName, branchOf, unitOf } from '../../src/campaign/roster/roster.ts'
import { gradeIn } from '../../src/campaign/scores/results.ts'
import { appraisedItem, itemsOf } from '../../src/campaign/scores/rubric.ts'
import { branchesSaid, branchIn, branchTapped, offerNear, unitSaid } from '../../src/forms/branch-said.ts'
import { BranchWords } from '../../src/forms/branch-words.ts'
import { chosenId } from '../../src/forms/choose.ts'
import { returnAnswer, returnable } from '../inspection/inspection.ts'
import { cardOf, fileCards, giveBack, isReviewer, type Outcome, openAgain, overtaken } from './act.ts'
import * as cards from './cards.ts'
import { limitWords, publishing } from './publish.ts'
import { stampOf, type Unit, unitsWaiting } from './waiting.ts'

const word = (
  word: string,
  run: (turn: Turn, argument: string) => Promise<void>,
  { use, whose = '审核备案由组织部办理' }: { use?: string | undefined; whose?: string } = {},
): Command => ({ word, by: department, whose, graded: true, ...(use ? { use } : {}), fits: () => true, run })

/** J3: the organization department files what was submitted, or returns it with a reason, by taps or in words. */
export const reviewing: Handler = {
  name: cards.name,
  commands: [
    word('待审', waitingSaid, { use: '审核已提交的评分（也可“备案 支部”“退回 支部 原因”“全部备案 党总支”）' }),
    word('审核', waitingSaid),
    word('备案', fileSaid),
    word('全部备案', fileAllSaid),
    {
      ...word('退回', returnSaid, { whose: '评分由组织部退回，整改由发出督查的一方或组织部退回' }),
      by: [...department, 'general-branch-secretary'],
    },
    publishing,
    word('重开', (turn, said) => withReason.said(turn, 'reopen', said), {
      use: '重开已备案的评分（重开 支部 原因）',
      whose: '重开由组织部办理',
    }),
  ],
  answers: (turn, text) => withReason.answers(turn, text),
  taps,
}

/** The deeds that need a branch and a reason. `number` is the version of the card that was looked at. */
const withReason = new BranchWords(cards.name, {
  return: {
    which: '退回哪个支部',
    run: (turn, branch, { words, number }) =>
      number === undefined
        ? returnEither(turn, branch, words)
        : returnOne(turn, branch, { reason: words, version: number }),
  },
  reopen: { which: '重开哪个支部', run: (turn, branch, { words }) => reopenOne(turn, branch, words) },
})

async function showOverview(turn: Turn, done = ''): Promise<void> {
  const units = await unitsWaiting(turn)
  const [only] = units
  for (const words of await limitWords(turn)) turn.say(`请注意：${words}。`)
  if (!only) cards.nothingWaits(turn, done)
  else if (units.length === 1) cards.showTable(turn, only, { done, only: true })
  else cards.showUnits(turn, units, done)
}

/** Shows the next waiting card of the same general branch, or else the next table, in the same message. */
async function showNext(turn: Turn, branch: Branch, done: string): Promise<void> {
  const units = await unitsWaiting(turn)
  const unit = units.find(({ id }) => id === unitOf(turn.roster, branch).id)
  const left = unit?.waiting.filter((one) => one.branch.id !== branch.id) ?? []
  const position = (one: Branch): number => turn.roster.branches.indexOf(one)
  const next = left.find((one) => position(one.branch) > position(branch)) ?? left[0]
  if (next) return cards.showCard(turn, next, { left: left.length, done })
  showFirst(
    turn,
    units.filter((one) => one !== unit),
    done,
  )
}

/** Shows the first of several tables. */
function showFirst(turn: Turn, [unit, ...others]: readonly Unit[], done: string): void {
  if (unit) cards.showTable(turn, unit, { done, only: others.length === 0 })
  else cards.nothingWaits(turn, done)
}

async function taps(turn: Turn, tap: Tap): Promise<void> {
  const { action, args } = tap
  if (!isReviewer(turn) && action !== 'return') return turn.say('无权审核：审核备案由组织部办理。')
  if (action === 'overview') return showOverview(turn)
  if (action === 'unit' || action === 'file-all' || action === 'each') return unitTapped(turn, tap)
  if (action === 'either') return eitherTapped(turn, tap)
  const branch = branchTapped(turn, tap)
  if (!branch) return showOverview(turn)
  if (action === 'next') return showNext(turn, branch, '')
  if (action === 'look') return showIt(turn, branch, '')
  if (action === 'file') return fileOne(turn, branch, Number(args[1]))
  await withReason.taps(turn, tap)
}

async function unitTapped(turn: Turn, tap: Tap): Promise<void> {
  const units = await unitsWaiting(turn)
  const unit = units.find((one) => one.id === chosenId(tap))
  if (!unit) return showOverview(turn)
  if (tap.action === 'file-all' && stampOf(unit) === tap.args[1]) return fileAll(turn, unit)
  const [first] = unit.waiting
  if (tap.action === 'each' && first) return cards.showCard(turn, first, { left: unit.waiting.length, done: '' })
  cards.showTable(turn, unit, { only: units.length === 1 })
}

/** What waits in a general branch named by the person, or undefined if none is meant. */
async function waitingIn(turn: Turn, said: string): Promise<{ unit: Unit; only: boolean } | undefined> {
  const meant = unitSaid(turn, said)
  if (!meant) return undefined
  const units = await unitsWaiting(turn)
  return { unit: units.find(({ id }) => id === meant.id) ?? { ...meant, waiting: [] }, only: units.length === 1 }
}

/** `待审`, `待审 经济管理`, `待审 物流`: everything, a general branch's table, or one card. */
async function waitingSaid(turn: Turn, said: string): Promise<void> {
  if (!said) return showOverview(turn)
  const found = await waitingIn(turn, said)
  if (found?.unit.waiting.length === 0) return showOverview(turn, `${found.unit.name}没有待审的评分`)
  if (found) return cards.showTable(turn, found.unit, { only: found.only })
  const { branch, near } = branchIn(turn, said, turn.roster.branches)
  if (branch) return showIt(turn, branch, '')
  offerNear(turn, near, { handler: cards.name, action: 'look', ask: '看哪个支部的评分' })
}

async function fileSaid(turn: Turn, said: string): Promise<void> {
  if (!said) return showOverview(turn, '请说明备案哪个支部，如“备案 软件教研室”')
  const { branches, left, near } = branchesSaid(turn, said)
  if (left !== undefined && branches.length > 0)
    return turn.say(`“${left}”没有读懂是哪个支部，这次都没有备案。请再发一次，如“备案 软件教研室、网络教研室”。`)
  const [first] = branches
  if (!first) return offerNear(turn, near, { handler: cards.name, action: 'look', ask: '备案哪个支部' })
  const looked = []
  for (const branch of branches) looked.push({ branch, version: (await cardOf(turn, branch))?.version ?? 0 })
  await goOn(turn, first, await fileCards(turn, looked))
}

async function fileAllSaid(turn: Turn, said: string): Promise<void> {
  const unit = said ? (await waitingIn(turn, said))?.unit : undefined
  if (unit && unit.waiting.length > 0) return fileAll(turn, unit)
  const instead = unit ? `${unit.name}没有待审的评分` : '请说明备案哪个总支的，如“全部备案 信息工程”'
  await showOverview(turn, said && !unit ? `没有找到总支“${said}”。${instead}` : instead)
}

async function returnSaid(turn: Turn, said: string): Promise<void> {
  const { rubric } = turn.campaign
  const item = (appraisedItem(rubric) ?? itemsOf(rubric).at(-1))?.number ?? 1
  const how = `请说明退回哪个支部、为什么，如“退回 软件教研室 第${item}项请补充依据”`
  if (!said) return isReviewer(turn) ? showOverview(turn, how) : turn.say(`${how}。`)
  await withReason.said(turn, 'return', said)
}

/** Returns the waiting card, or the answer to a 督查. If both exist, it asks which. */
async function returnEither(turn: Turn, branch: Branch, reason: string): Promise<void> {
  const card = isReviewer(turn) ? await cardOf(turn, branch) : undefined
  const inspection = await returnable(turn, branch)
  const isCard = card?.state === 'submitted' || (card?.state === 'returned' && inspection !== 'answered')
  if (!isCard && (inspection !== undefined || !isReviewer(turn))) return returnAnswer(turn, branch, reason)
  if (inspection !== 'answered') return returnOne(turn, branch, { reason })
  withReason.offers(turn, 'return', {
    words: reason,
    title: `退回${branchName(turn.roster, branch)}的哪一项`,
    options: [
      { id: branch.id, text: '评分' },
      { id: `${branch.id}~answer`, text: '整改' },
    ],
    action: 'either',
  })
}

/** The one of the two that was meant. */
async function eitherTapped(turn: Turn, tap: Tap): Promise<void> {
  const [id = '', answer] = chosenId(tap).split('~')
  const branch = branchOf(turn.roster, id)
  const reason = withReason.kept(turn, 'return')
  if (branch) await (answer === undefined ? returnOne(turn, branch, { reason }) : returnAnswer(turn, branch, reason))
}

/** Says the result, then shows the next one that waits. */
async function goOn(turn: Turn, branch: Branch, outcome: Outcome): Promise<void> {
  if ('done' in outcome) await showNext(turn, branch, outcome.done)
  else await showIt(turn, branch, outcome.instead)
}

/** Shows one card in its present state. If it does not wait, also what else waits. */
async function showIt(turn: Turn, branch: Branch, said: string): Promise<void> {
  const unit = (await unitsWaiting(turn)).find((one) => one.waiting.some((two) => two.branch.id === branch.id))
  const same = unit?.waiting.find((one) => one.branch.id === branch.id)
  if (unit && same) cards.showCard(turn, same, { left: unit.waiting.length, done: said })
  else await showNext(turn, branch, said || (await overtaken(turn, branch)))
}

const fileOne = async (turn: Turn, branch: Branch, version: number): Promise<void> =>
  goOn(turn, branch, await fileCards(turn, [{ branch, version }]))

async function fileAll(turn: Turn, unit: Unit): Promise<void> {
  const all = unit.waiting.map(({ branch, card }) => ({ branch, version: card.version }))
  const outcome = await fileCards(turn, all)
  const done =
    'done' in outcome ? (outcome.not ? outcome.done : `${unit.name}${all.length}个支部已备案`) : outcome.instead
  const waiting = await unitsWaiting(turn)
  const left = waiting.find((one) => one.id === unit.id)
  const isSame = left !== undefined && stampOf(left) === stampOf(unit)
  // Cards that may not be filed yet still wait.
  if (left && ('instead' in outcome ? isSame : outcome.not)) {
    turn.say(`${done}。`)
    return cards.showTable(turn, left, { only: waiting.length === 1 })
  }
  showFirst(
    turn,
    waiting.filter((one) => one.id !== unit.id),
    done,
  )
}

/** `version` is that of the card that was looked at. In words without a card it is the one that waits now. */
async function returnOne(
  turn: Turn,
  branch: Branch,
  { reason, version }: { reason: string; version?: number },
): Promise<void> {
  const card = await cardOf(turn, branch)
  const meant = version ?? card?.version ?? 0
  if (card?.state !== 'submitted' || card.version !== meant) {
    turn.rest()
    return showIt(turn, branch, `${await overtaken(turn, branch)}${reason ? '，没有退回' : ''}`)
  }
  if (reason) return goOn(turn, branch, await giveBack(turn, branch, { version: meant, reason }))
  withReason.awaits(turn, 'return', { branch, number: meant })
  turn.show({
    title: `退回 ${gradedName(turn, branch)}`,
    text: '请直接发退回原因，会原样转给填表人。不退回了请回复“取消”。',
  })
}

/** Opens a filed card to be changed, which needs a reason. */
async function reopenOne(turn: Turn, branch: Branch, reason: string): Promise<void> {
  const card = await cardOf(turn, branch)
  if (reason || card?.state !== 'filed') {
    const outcome = await openAgain(turn, branch, reason)
    return turn.say(`${'done' in outcome ? outcome.done : outcome.instead}。`)
  }
  withReason.awaits(turn, 'reopen', { branch })
  const grade = gradeIn(card, turn.campaign.bands).replace(' 分 ', ' 分，')
  turn.say(`重开${gradedName(turn, branch)}的评分（${grade}）要写明原因，请直接发原因。`)
}
