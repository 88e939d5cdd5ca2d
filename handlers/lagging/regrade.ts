import { regradings } from '../../src/bot/records/records.ts'
import { gradedName, ofBranch, roundsOf } from '../../src/bot/scorecards/rounds.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Command } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { rowsIn } from '../../src/campaign/plan/periods.ts'
import { shortName } from '../../src/campaign/roster/branch-names.ts'
import { wordedFor } from '../../src/campaign/roster/post-words.ts'
import { type Branch, branchOf } from '../../src/campaign/roster/roster.ts'
import { gradeIn } from '../../src/campaign/scores/results.ts'
import { type Graded, isLagging, nextRound } from '../../src/campaign/scores/rounds.ts'
import { isDone } from '../../src/campaign/scores/scorecard.ts'
import { branchesSaid } from '../../src/forms/branch-said.ts'
import { progressLine } from '../../src/forms/progress-line.ts'
import { eachBranch } from '../../src/forms/queue/each.ts'
import { tellGraders } from '../../src/forms/tell.ts'

/** 复评: a further round of grading, for lagging branches, for all, or for named ones. */
export const regrade: Command = {
  word: '复评',
  graded: true,
  by: department,
  use: ({ bands }) => `开始新一轮评分（复评 ${bands.lowest.name}｜全部｜支部名）`,
  whose: '复评由组织部安排',
  asks: true,
  fits: () => true,
  amid: (argument, turn) => branchesMeant(turn, argument) !== undefined,
  run: begin,
}

type Meant = 'lagging' | 'all' | Branch[]

function branchesMeant(turn: Turn, said: string): Meant | undefined {
  const word = said.trim().replace(/(?:党支部|支部|的)$/, '')
  if (word === '后进' || word === turn.campaign.bands.lowest.name) return 'lagging'
  if (/^(?:全部|全院|所有)$/.test(word)) return 'all'
  const { branches, left } = branchesSaid(turn, said)
  return left === undefined && branches.length > 0 ? branches : undefined
}

const how = ({ campaign: { bands } }: Turn): string => `请回复“复评 ${bands.lowest.name}”“复评 全部”或“复评 支部名”。`

async function begin(turn: Turn, said: string): Promise<void> {
  if (!said.trim()) return overview(turn)
  const meant = branchesMeant(turn, said)
  if (!meant) return turn.say(`“${said.trim().slice(0, 40)}”没有读懂是哪个支部。${how(turn)}`)
  const { bands } = turn.campaign
  const rounds = new Map<Branch, number>()
  const among = Array.isArray(meant) ? meant : turn.roster.branches
  const { done: begun, not } = await eachBranch(turn, among, async (branch) => {
    const graded = await roundsOf(turn, branch)
    if (meant === 'lagging' && !isLagging(graded, bands)) return false
    const last = (await turn.read(regradings, ...ofBranch(turn, branch)))?.round ?? 1
    const next = nextRound(graded, last, bands)
    if (!('round' in next))
      return meant === 'lagging' && next.why === 'not-lagging' ? false : whyWords(next.why, last, bands.lowest.name)
    rounds.set(branch, next.round)
    await turn.change(regradings, ofBranch(turn, branch), { value: { ...next, ...deedOf(turn) }, what: '复评' })
    return true
  })
  await tellGraders(turn, begun, {
    text: (own) =>
      calledAgain(
        turn,
        own.map((branch) => gradedName(turn, branch)),
      ),
  })
  const nothing =
    meant === 'lagging' && not.length === 0 ? `没有可以复评的${bands.lowest.name}党支部。` : '这次没有开始复评。'
  turn.say(
    [
      begun.length > 0
        ? turn.worded`已记下：${begun.map((branch) => `${gradedName(turn, branch)}（第${rounds.get(branch) ?? 1}轮）`).join('、')}开始复评，由党总支评分。`
        : nothing,
      ...(not.length > 0 ? [`没有开始：${not.map(({ name, why }) => `${name}${why}`).join('；')}。`] : []),
    ].join('\n'),
  )
}

const calledAgain = ({ campaign }: Turn, names: readonly string[]): string =>
  wordedFor(
    campaign,
  )`组织部安排复评：${names.join('、')}。请重新评分，回复“${names.length === 1 ? `评分 ${shortName(names[0] ?? '')}` : '评分'}”。`

function whyWords(why: 'not-filed' | 'running' | 'not-lagging', round: number, lowest: string): string {
  if (why === 'not-filed') return '还没有备案的评分'
  if (why === 'running') return `第${round}轮复评还没有备案`
  return `第${round}轮不是${lowest}，不再复评`
}

export type Regraded = { branch: Branch; round: number; rounds: Graded[] }
/** The branches in a further round, with its number and card. */
export async function regraded(turn: Turn): Promise<Regraded[]> {
  const rows = rowsIn(turn.campaign, await turn.list(regradings, turn.campaign.id))
  const found: Regraded[] = []
  for (const { ids, value } of rows) {
    const branch = branchOf(turn.roster, ids[1] ?? '')
    if (branch) found.push({ branch, round: value.round, rounds: await roundsOf(turn, branch) })
  }
  return found
}

async function overview(turn: Turn): Promise<void> {
  const { bands } = turn.campaign
  const all = await regraded(turn)
  const lines = all.map(({ branch, round, rounds }) => {
    const card = rounds[round - 1]?.card
    const total = card && gradeIn(card, bands)
    const state = { submitted: '待审', returned: '已退回', filed: '已备案' }
    return `${gradedName(turn, branch)} 第${round}轮 ${card ? `${total}（${state[card.state]}）` : '待评'}`
  })
  turn.say([...(lines.length > 0 ? lines : ['还没有开始复评。']), how(turn)].join('\n'))
}

/**
 * 复评 in 进度: the newest round of the branches that got one, for general branches and the college. Graders see it in 评分 among their own open
 * things.
 */
export const regradeLine = progressLine({
  name: '复评',
  isOfYear: true,
  counted: async (turn) =>
    (await regraded(turn)).map(({ branch, round, rounds }) => ({
      name: gradedName(turn, branch),
      done: isDone(rounds[round - 1]?.card),
      ...(branch.generalBranch === undefined ? {} : { generalBranch: branch.generalBranch }),
    })),
})
