import { overtaken } from '../../src/bot/scorecards/overtaken.ts'
import { cardOf, gradedName } from '../../src/bot/scorecards/rounds.ts'
import type { Command, Handler, Tap } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { type Branch, branchName, branchOf } from '../../src/campaign/roster/roster.ts'
import { gradeIn } from '../../src/campaign/scores/results.ts'
import { appraisedItem, itemsOf } from '../../src/campaign/scores/rubric.ts'
import { BranchWords } from '../../src/forms/branch-words.ts'
import { chosenId } from '../../src/forms/choose.ts'
import { returnAnswer, returnable } from '../inspection/inspection.ts'
import { giveBack, isReviewer, openAgain } from './act.ts'
import { publishing } from './publish.ts'
import { name, queue } from './queue.ts'

const word = (
  word: string,
  run: (turn: Turn, argument: string) => Promise<void>,
  { use, whose = '审核备案由组织部办理' }: { use?: string | undefined; whose?: string } = {},
): Command => ({ word, by: department, whose, graded: true, ...(use ? { use } : {}), fits: () => true, run })

/** J3: the organization department files what was submitted, or returns it with a reason, by taps or in words. */
export const reviewing: Handler = {
  name,
  commands: [
    word('待审', (turn, said) => queue.said(turn, said), {
      use: '审核已提交的评分（也可“备案 支部”“退回 支部 原因”“全部备案 党总支”）',
    }),
    word('审核', (turn, said) => queue.said(turn, said)),
    word('备案', (turn, said) => queue.decideSaid(turn, said)),
    word('全部备案', (turn, said) => queue.decideAllSaid(turn, said)),
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
const withReason = new BranchWords(name, {
  return: {
    which: '退回哪个支部',
    run: (turn, branch, { words, number }) =>
      number === undefined
        ? returnEither(turn, branch, words)
        : returnOne(turn, branch, { reason: words, version: number }),
  },
  reopen: { which: '重开哪个支部', run: (turn, branch, { words }) => reopenOne(turn, branch, words) },
})

async function taps(turn: Turn, tap: Tap): Promise<void> {
  if (!isReviewer(turn) && tap.action !== 'return') return turn.say(turn.worded`无权审核：审核备案由组织部办理。`)
  if (tap.action === 'either') return eitherTapped(turn, tap)
  if (!(await queue.taps(turn, tap))) await withReason.taps(turn, tap)
}

async function returnSaid(turn: Turn, said: string): Promise<void> {
  const { rubric } = turn.campaign
  const item = (appraisedItem(rubric) ?? itemsOf(rubric).at(-1))?.number ?? 1
  const how = `请说明退回哪个支部、为什么，如“退回 软件教研室 第${item}项请补充依据”`
  if (!said) return isReviewer(turn) ? queue.overview(turn, how) : turn.say(`${how}。`)
  await withReason.said(turn, 'return', said)
}

/** Returns the waiting card, or the answer to a 督查. If both exist, it asks which. */
async function returnEither(turn: Turn, branch: Branch, reason: string): Promise<void> {
  const card = isReviewer(turn) ? await cardOf(turn, branch, 'deciding') : undefined
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

/** `version` is that of the card that was looked at. In words without a card it is the one that waits now. */
async function returnOne(
  turn: Turn,
  branch: Branch,
  { reason, version }: { reason: string; version?: number },
): Promise<void> {
  const card = await cardOf(turn, branch, 'deciding')
  const meant = version ?? card?.version ?? 0
  if (card?.state !== 'submitted' || card.version !== meant) {
    turn.rest()
    return queue.one(turn, branch, `${await overtaken(turn, branch)}${reason ? '，没有退回' : ''}`)
  }
  if (reason) return queue.goOn(turn, branch, await giveBack(turn, branch, { version: meant, reason }))
  withReason.awaits(turn, 'return', { branch, number: meant })
  turn.show({
    title: `退回 ${gradedName(turn, branch)}`,
    text: '请直接发退回原因，会原样转给填表人。不退回了请回复“取消”。',
  })
}

/** Opens a filed card to be changed, which needs a reason. */
async function reopenOne(turn: Turn, branch: Branch, reason: string): Promise<void> {
  const card = await cardOf(turn, branch, 'deciding')
  if (reason || card?.state !== 'filed') return turn.say(await openAgain(turn, branch, reason))
  withReason.awaits(turn, 'reopen', { branch })
  const grade = gradeIn(card, turn.campaign.bands).replace(' 分 ', ' 分，')
  turn.say(`重开${gradedName(turn, branch)}的评分（${grade}）要写明原因，请直接发原因。`)
}
