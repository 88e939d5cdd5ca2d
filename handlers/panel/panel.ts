import { panels } from '../../src/bot/records/records.ts'
import { recount } from '../../src/bot/scorecards/results.ts'
import { cardOf, gradedName, ofBranch } from '../../src/bot/scorecards/rounds.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Command, Handler } from '../../src/bot/turn/handler.ts'
import { department } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { rowsIn } from '../../src/campaign/plan/periods.ts'
import { type Branch } from '../../src/campaign/roster/roster.ts'
import { gradeIn } from '../../src/campaign/scores/results.ts'
import { exactly, totalOf } from '../../src/campaign/scores/rubric.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { hasPanel } from './owed.ts'

/** A panel's marks of a branch, typed without names. Their average counts for the result. One line for each branch. */
const giving: Command = {
  word: '评议',
  graded: true,
  by: department,
  when: hasPanel,
  use: '记评议组的打分（评议 支部 95 92 88，每行一个支部）',
  whose: '评议组的打分由组织部录入',
  fits: () => true,
  run,
}

export const panelKeeping: Handler = { name: 'panel', records: [panels], commands: [giving] }

async function run(turn: Turn, said: string): Promise<void> {
  if (!said.trim()) return overview(turn)
  const lines: string[] = []
  for (const line of said.split('\n').filter((one) => one.trim())) lines.push(await take(turn, line))
  turn.say(lines.join('\n'))
}

const most = 100

async function take(turn: Turn, line: string): Promise<string> {
  const { branch, rest } = branchIn(turn, line.trim(), turn.roster.branches)
  const how = '请写“评议 支部名 95 92 88”这样的话。'
  if (!branch) return `“${line.trim().slice(0, 40)}”没有读懂是哪个支部，没有记下。${how}`
  const name = gradedName(turn, branch)
  const pieces = rest
    .normalize('NFKC')
    .split(/[\s,、;分]+/)
    .filter(Boolean)
  const marks = pieces.map((piece) => (/^\d{1,3}(?:\.\d{1,2})?$/.test(piece) ? Number(piece) : Number.NaN))
  const bad = pieces.find((_, i) => !((marks[i] ?? Number.NaN) <= most))
  if (marks.length === 0 || bad !== undefined)
    return `${name}：${bad === undefined ? '没有收到分数' : `“${bad}”不是0到${most}的分数`}，没有记下。${how}`
  if ((await cardOf(turn, branch, 'deciding'))?.state === 'filed') return `${name}的评分已备案，没有改动。`
  const mean = exactly(totalOf(marks) / marks.length)
  await turn.change(panels, ofBranch(turn, branch), { value: { marks, mean, ...deedOf(turn) }, what: '评议' })
  await recount(turn, branch)
  return `已记下${name}的评议：${marks.length}个分数，平均${twoDecimals(mean)}分。${await soFar(turn, branch)}`
}

const twoDecimals = (points: number): number => Math.round(points * 100) / 100

async function soFar(turn: Turn, branch: Branch): Promise<string> {
  const card = await cardOf(turn, branch, 'deciding')
  return card ? `现在是${gradeIn(card, turn.campaign.bands)}。` : ''
}

/** Counts, and the branches without marks. */
async function overview(turn: Turn): Promise<void> {
  const given = new Set(rowsIn(turn.campaign, await turn.list(panels, turn.campaign.id)).map(({ ids }) => ids[1]))
  const missing = turn.roster.branches.filter(({ id }) => !given.has(id))
  const [first] = missing
  turn.say(
    [
      `评议已记${given.size}/${turn.roster.branches.length}个支部。`,
      ...(missing.length > 0 ? [`未记：${missing.map((one) => gradedName(turn, one)).join('、')}。`] : []),
      ...(first ? [`请回复“评议 ${gradedName(turn, first)} 95 92 88”。`] : []),
    ].join('\n'),
  )
}
