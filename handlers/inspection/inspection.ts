import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { outdated } from '../../src/bot/turn/words.ts'
import { numbered } from '../../src/campaign/inspection/inspection.ts'
import { type Branch, branchName, type Post } from '../../src/campaign/roster/roster.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { BranchWords, type SaidOfBranch } from '../../src/forms/branch-words.ts'
import { branchesSeen, ownBranches } from '../../src/forms/own-units.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { answerTo, closeOne, returnOneAnswer, sendTo } from './act.ts'
import { drawSaid } from './draw.ts'
import { draws, inspections, inspectionsIn, inspectionsOf, lineOf, mayEnd, type Numbered } from './records.ts'

const name = 'inspection'
const inspectors: readonly Post[] = ['organization-department', 'general-branch-secretary']

/** The deeds on a branch's 督查 once it is sent. */
type Deed = 'answer' | 'close' | 'return'
const ofBranch = new BranchWords(name, {
  send: {
    which: '督查哪个支部',
    needsWords: true,
    run: (turn, branch, { words }) => sendToBranch(turn, branch, words),
  },
  close: { which: '销号哪个支部的督查', run: (turn, branch, said) => end(turn, 'close', { branch, ...said }) },
  return: { which: '退回哪个支部的整改', run: (turn, branch, said) => end(turn, 'return', { branch, ...said }) },
  answer: { which: '答复哪个支部的督查', run: answerOf },
})

const command = (
  word: string,
  by: Command['by'],
  { run, ...more }: Pick<Command, 'run' | 'use' | 'whose' | 'digits' | 'asks'>,
): Command => ({
  word,
  by,
  fits: () => true,
  amid: (argument, turn) => word === '整改' || branchIn(turn, argument, turn.roster.branches).branch !== undefined,
  run,
  ...more,
})

/** J10: a drawn sample of branches, and the things that a branch must put right until they are closed. */
export const inspecting: Handler = {
  name,
  records: [inspections, draws],
  commands: [
    {
      word: '抽查',
      by: inspectors,
      use: '随机抽查支部的记录（也可“抽查 5”“抽查 记录”）',
      whose: '抽查由组织部和党总支书记办理',
      digits: true,
      fits: () => true,
      run: drawSaid,
    },
    command('督查', inspectors, {
      run: sendSaid,
      use: '要求支部整改（督查 支部 要整改什么）',
      whose: '督查由组织部和党总支书记发出',
      asks: true,
    }),
    command('整改', ['branch-secretary'], {
      run: answerSaid,
      use: '答复督查（整改 做了什么）',
      whose: '整改由党支部书记答复',
      digits: true,
      asks: true,
    }),
    command('销号', inspectors, {
      run: closeSaid,
      use: '整改完成后销号（销号 支部）',
      whose: '销号由发出督查的一方或组织部办理',
    }),
  ],
  answers: (turn, text) => ofBranch.answers(turn, text),
  taps: async (turn, tap) => (ofBranch.isAwaited(turn) ? ofBranch.taps(turn, tap) : turn.say(outdated)),
}

/** The 督查 of a person's branches, open ones first. */
async function list(turn: Turn, branches: readonly Branch[]): Promise<string[]> {
  const all = inspectionsIn(await snapshotIn(turn, [inspections]))
  const order = ['open', 'answered', 'closed']
  return all
    .flatMap((each) => {
      const branch = branches.find(({ id }) => id === each.branch)
      return branch ? [{ branch, each }] : []
    })
    .toSorted((a, b) => order.indexOf(a.each.one.state) - order.indexOf(b.each.one.state))
    .map(({ branch, each }) => lineOf(turn, branch, each))
}

async function sendSaid(turn: Turn, said: string): Promise<void> {
  if (said === '') {
    const lines = await list(turn, branchesSeen(turn))
    const how = '要督查请回复“督查 支部 要整改什么”，完成后回复“销号 支部”。'
    return turn.say([lines.length > 0 ? '督查整改：' : '还没有督查。', ...lines, how].join('\n'))
  }
  await ofBranch.said(turn, 'send', said)
}

async function sendToBranch(turn: Turn, branch: Branch, words: string): Promise<void> {
  if (!branchesSeen(turn).includes(branch))
    return turn.say(turn.worded`无权督查${branchName(turn.roster, branch)}：由组织部或该支部的党总支书记督查。`)
  if (words !== '') {
    turn.rest()
    return sendTo(turn, branch, words)
  }
  ofBranch.awaits(turn, 'send', { branch })
  turn.say(`督查${branchName(turn.roster, branch)}：请直接发要整改什么，会原样转给支部书记。不发了请回复“取消”。`)
}

/** The answer to the open 督查. If several are open, it asks which. */
async function answerSaid(turn: Turn, said: string): Promise<void> {
  const own = ownBranches(turn)
  if (said === '') {
    const lines = (await list(turn, own)).filter((line) => !line.includes('已销号'))
    const how = '答复请回复“整改 做了什么”，一条消息即可。'
    return turn.say(lines.length > 0 ? [...lines, how].join('\n') : '没有待整改的督查。')
  }
  const named = branchIn(turn, said, own)
  const branches = named.branch ? [named.branch] : own
  const all = (await every(turn, branches)).filter(({ each }) => each.one.state !== 'closed')
  const waiting = all.filter(({ each }) => each.one.state === 'open')
  await meant(turn, 'answer', {
    among: waiting.length > 0 ? waiting : all,
    known: all,
    text: named.branch ? named.rest : said,
    none: '没有待整改的督查，没有记下。',
  })
}

async function closeSaid(turn: Turn, said: string): Promise<void> {
  if (said === '') return turn.say('请说明是哪个支部，如“销号 软件教研室”。')
  await ofBranch.said(turn, 'close', said)
}

/** Closes or returns the 督查 of a branch that is meant. */
async function end(
  turn: Turn,
  deed: Deed,
  { branch, words: text, number }: SaidOfBranch & { branch: Branch },
): Promise<void> {
  const known = await every(turn, [branch])
  const chosen = number === undefined ? undefined : known.find(({ each }) => each.number === number)
  if (chosen) return act(turn, deed, { ...chosen, words: text })
  const open = known.filter(({ each }) => each.one.state !== 'closed')
  const answered = open.filter(({ each }) => each.one.state === 'answered')
  const mine = (deed === 'return' && answered.length > 0 ? answered : open).filter(({ each }) =>
    mayEnd(turn, branch, each.one),
  )
  const closed = known.at(-1)
  const among = mine.length > 0 ? mine : open.length > 0 ? open : closed ? [closed] : []
  await meant(turn, deed, { among, known, text, none: `${branchName(turn.roster, branch)}没有督查，没有改动。` })
}

type Each = { branch: Branch; each: Numbered }
async function every(turn: Turn, branches: readonly Branch[]): Promise<Each[]> {
  const found: Each[] = []
  for (const branch of branches) for (const each of await inspectionsOf(turn, branch)) found.push({ branch, each })
  return found
}

/** The one with the given number, or else the only one. Otherwise it asks, and the words are kept. */
async function meant(
  turn: Turn,
  deed: Deed,
  { among, known, text, none }: { among: readonly Each[]; known: readonly Each[]; text: string; none: string },
): Promise<void> {
  const { number, rest } = numbered(
    text,
    known.map(({ each }) => each.number),
  )
  const named = number === undefined ? among : known.filter(({ each }) => each.number === number)
  const words = rest.trim()
  const [only, ...others] = named
  if (!only && number !== undefined && among.length > 0)
    return turn.say(
      `没有督查${number}，没有改动。现有：${among.map(({ branch, each }) => lineOf(turn, branch, each)).join('；')}`,
    )
  if (!only) return turn.say(none)
  if (others.length === 0) return act(turn, deed, { ...only, words })
  const options = named.map(({ branch, each }) => ({
    id: `${branch.id}~${each.number}`,
    text: `督查${each.number} ${Array.from(each.one.words).slice(0, 8).join('')}`,
  }))
  const lines = named.map(({ branch, each }) => lineOf(turn, branch, each)).join('\n')
  ofBranch.offers(turn, deed, { words, title: '是哪一条督查', options, text: lines })
}

async function act(turn: Turn, deed: Deed, { branch, each, words }: Each & { words: string }): Promise<void> {
  if (deed === 'close') {
    turn.rest()
    return closeOne(turn, branch, each)
  }
  const mayReturn = deed === 'answer' || (mayEnd(turn, branch, each.one) && each.one.state === 'answered')
  if (words === '' && mayReturn) {
    ofBranch.awaits(turn, deed, { branch, number: each.number })
    const what = deed === 'answer' ? '做了什么' : '退回原因'
    return turn.say(`${lineOf(turn, branch, each)}\n请直接发${what}，会原样转达。不发了请回复“取消”。`)
  }
  turn.rest()
  if (deed === 'answer') await answerTo(turn, branch, { numbered: each, words })
  else await returnOneAnswer(turn, branch, { each, reason: words })
}

/** The answer to one that was chosen among several; only for an own branch. */
async function answerOf(turn: Turn, branch: Branch, { words, number }: SaidOfBranch): Promise<void> {
  const each = (await inspectionsOf(turn, branch)).find((one) => one.number === number)
  if (each && ownBranches(turn).includes(branch)) await act(turn, 'answer', { branch, each, words })
}

/** What of a branch this person may return: a waiting answer, or else a 督查 that is not answered yet. */
export async function returnable(turn: Turn, branch: Branch): Promise<'answered' | 'open' | undefined> {
  const mine = (await inspectionsOf(turn, branch)).filter(({ one }) => mayEnd(turn, branch, one))
  return (['answered', 'open'] as const).find((state) => mine.some(({ one }) => one.state === state))
}

/** `退回 <支部> …`, when it means a 督查. */
export const returnAnswer = (turn: Turn, branch: Branch, text: string): Promise<void> =>
  end(turn, 'return', { branch, words: text })
