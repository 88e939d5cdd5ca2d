import type { Temporal } from 'temporal-polyfill'
import { nameOfLiaisonReport, nameOfScorecard } from '../../src/bot/pushes/schedule.ts'
import { type Command, type Handler, maySay } from '../../src/bot/turn/handler.ts'
import { maySeeScore } from '../../src/bot/turn/rights.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import * as words from '../../src/bot/turn/words.ts'
import { workingDaysBetween } from '../../src/campaign/calendar/calendar.ts'
import { dueWords } from '../../src/campaign/calendar/ladder.ts'
import { monthOf } from '../../src/campaign/calendar/month.ts'
import { type Question, readQuestion } from '../../src/campaign/reading/read-question.ts'
import { isOpen } from '../../src/campaign/reports/hard-issue.ts'
import { type Branch, branchName, committeePosts, holds, liaisonBranches } from '../../src/campaign/roster/roster.ts'
import { bandIn, sentenceOf, totalIn } from '../../src/campaign/scores/results.ts'
import { isDone, type Scorecard } from '../../src/campaign/scores/scorecard.ts'
import { branchIn } from '../../src/forms/branch-said.ts'
import { snapshotIn } from '../../src/forms/snapshot.ts'
import { hardIssues, issuesIn } from '../hard-issues/issues.ts'

/** Answers questions in plain words as of this minute, as far as the person may see. `duties` are the names in 进度. */
export function questions(others: readonly Handler[], duties: readonly string[]): Handler {
  const commands = new Map(others.flatMap((one) => one.commands ?? []).map((command) => [command.word, command]))
  return {
    name: 'questions',
    async interrupts(turn, text) {
      if (turn.session.focus?.ownWords) return false
      const { upper, lowest } = turn.campaign.bands
      const question = readQuestion(text, { bands: [...upper, lowest].map((band) => band.name), duties })
      return question !== undefined && (await answer(turn, question, commands))
    },
  }
}

/** What this person can ask, in words to type unchanged. */
export const askable = (turn: Turn): string[] => [
  ...(holds(turn.who, ...committeePosts) ? ['“我联系的支部怎么样”'] : []),
  `“软件教研室还差几分${turn.campaign.bands.upper[0]?.name ?? ''}”`,
  '“本月还有几天”',
  '“谁没交月报”',
]

async function answer(turn: Turn, question: Question, commands: ReadonlyMap<string, Command>): Promise<boolean> {
  if (question.kind === 'word') return asWord(turn, commands.get(question.word))
  if (question.kind === 'days-left') turn.say(daysLeft(turn, question.of))
  else if (question.kind === 'deadline') return deadline(turn, question.duty)
  else if (question.kind === 'own-branches') turn.say(await ownBranches(turn))
  else return ofBranch(turn, question)
  return true
}

async function asWord(turn: Turn, command: Command | undefined): Promise<boolean> {
  if (!command) return false
  if (maySay(turn.who, command, turn.world)) await command.run(turn, '')
  else turn.say(words.mayNot(command, turn.campaign))
  return true
}

/** `本月还有10天（8个工作日）`: the calendar days after today, and the working days among them. */
function daysLeft(turn: Turn, of: 'month' | 'quarter' | 'year'): string {
  const today = turn.now.toPlainDate()
  const month = of === 'month' ? today.month : of === 'quarter' ? Math.ceil(today.month / 3) * 3 : 12
  const first = today.with({ month, day: 1 })
  const end = first.with({ day: first.daysInMonth })
  const name = { month: '本月', quarter: '本季度', year: '今年' }[of]
  const working = workingDaysBetween(turn.world.calendar, today, end)
  return `${name}还有${today.until(end, { largestUnit: 'days' }).days}天（${working}个工作日）。`
}

function deadline(turn: Turn, duty: string): boolean {
  const { duties } = turn.campaign
  const today = turn.now.toPlainDate()
  const next = (days: readonly Temporal.PlainDate[]) => days.find((day) => day.until(today).days <= 0)
  const dates: { readonly [name: string]: Temporal.PlainDate | undefined } = {
    评分: duties.grading.deadline,
    月报: next(duties['liaison-report'].milestones),
    季报: next(duties['quarterly-report'].milestones),
  }
  const day = dates[duty]
  if (!day) return false
  turn.say(`${duty}：${dueWords(turn.world.calendar, day, today)}。`)
  return true
}

/** The deciding card of a branch, if this person may see it. */
function seenCard(turn: Turn, branch: Branch, card: Scorecard | undefined): Scorecard | undefined {
  return card && maySeeScore(turn.who, branch, { kind: 'deciding', filed: card.state === 'filed' }) ? card : undefined
}

async function ofBranch(turn: Turn, question: Extract<Question, { branch: string }>): Promise<boolean> {
  const { branch } = branchIn(turn, question.branch, turn.roster.branches)
  if (!branch) return false
  const { scorecards } = await snapshotIn(turn, [])
  const card = scorecards.get(nameOfScorecard(turn.campaign, branch.id, 'deciding'))
  const name = branchName(turn.roster, branch)
  if (!maySeeScore(turn.who, branch, { kind: 'deciding', filed: true }))
    turn.say(`无权查看${name}的评分。您能做的可发“帮助”。`)
  else if (!card) turn.say(`${name}还没有评分。`)
  else if (!seenCard(turn, branch, card)) turn.say(`${name}的评分还没有备案，备案后您可以查看。`)
  else
    turn.say(`${name}：${question.kind === 'distance' ? distance(turn, card, question.band) : resultOf(turn, card)}。`)
  return true
}

const resultOf = ({ campaign }: Turn, card: Scorecard): string => sentenceOf(card, campaign.bands)

function distance(turn: Turn, card: Scorecard, wanted: string | undefined): string {
  const total = totalIn(card)
  const { upper } = turn.campaign.bands
  if (total === undefined) return sentenceOf(card, turn.campaign.bands)
  const current = bandIn(card, turn.campaign.bands)
  const rank = upper.findIndex((band) => band.name === current)
  const better = upper[(rank < 0 ? upper.length : rank) - 1]
  const band = wanted === undefined ? better : upper.find((one) => one.name === wanted)
  if (!band || total >= band.from) return `总分 ${total} 分，已是${current}`
  return `总分 ${total} 分，离${band.name}还差${Math.round((band.from - total) * 100) / 100}分`
}

async function ownBranches(turn: Turn): Promise<string> {
  const own = holds(turn.who, ...committeePosts) ? liaisonBranches(turn.roster, turn.who) : []
  if (own.length === 0) return turn.worded`名册里还没有您联系的支部，请联系组织部。`
  const snapshot = await snapshotIn(turn, [hardIssues])
  const report = snapshot.liaisonReports.get(nameOfLiaisonReport(monthOf(turn.now), turn.who.id))
  const open = issuesIn(snapshot).filter(({ issue }) => isOpen(issue))
  const lines = own.map((branch) => {
    const card = snapshot.scorecards.get(nameOfScorecard(turn.campaign, branch.id, 'deciding'))
    const seen = seenCard(turn, branch, card)
    const issues = open.filter(({ issue }) => issue.branches.includes(branch.id)).length
    return [
      branchName(turn.roster, branch),
      seen ? resultOf(turn, seen) : isDone(card) ? '已评分，备案后可看' : '还没有评分',
      report?.branches.includes(branch.id) ? '本月已走访' : '本月还没走访',
      ...(issues > 0 ? [`未答复的问题${issues}项`] : []),
    ].join('，')
  })
  return ['您联系的支部：', ...lines].join('\n')
}
