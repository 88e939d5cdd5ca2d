import { dropDraft, formWord, keepDraft, stepBack } from '../../src/bot/records/drafts.ts'
import type { Handler, Tap } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { emptyReport, missingParts, type Report, readReport } from '../../src/campaign/reading/read-report.ts'
import { carriedOver } from '../../src/campaign/reports/carried-issue.ts'
import { cleaned, settled, takenUp, withBranches } from '../../src/campaign/reports/draft.ts'
import { reopenedReport } from '../../src/campaign/reports/report.ts'
import { fullNames, namesOf } from '../../src/campaign/roster/branch-names.ts'
import { branchName, committeePosts, holds } from '../../src/campaign/roster/roster.ts'
import * as cards from './cards.ts'
import {
  closingOf,
  currentMonth,
  draftOf,
  type Focus,
  focusOf,
  hasBegun,
  monthWords,
  name,
  notBegun,
  type ReplacedPart,
  readMonth,
  recordOf,
  reportedMonths,
  reportForm,
  setFocus,
} from './month.ts'
import { branchesOf } from './own.ts'
import { lastHardIssue, submit } from './submit.ts'

/** J5: the monthly liaison report, by one free message or bit by bit. */
export const reporting: Handler = {
  name,
  commands: [
    {
      word: '月报',
      by: committeePosts,
      use: '联系支部工作报告',
      whose: '联系支部报告由党委委员填写',
      fits: () => true,
      amid: () => true,
      run: begin,
    },
  ],
  answers,
  claims,
  taps,
}

const knownTo = async (turn: Turn) => ({
  own: namesOf(turn.roster, await branchesOf(turn)),
  all: namesOf(turn.roster),
})

const noMember = '无权填写联系支部报告：名册里您目前没有这项职责。写好的内容还在，没有提交；如有疑问请联系组织部。'
const missingMine = (turn: Turn) => async (month: string) => (await recordOf(turn, month)) === undefined

async function begin(turn: Turn, argument: string): Promise<void> {
  const { month: said, unknown, rest } = readMonth(turn, argument)
  if (unknown !== undefined)
    return turn.say(
      `本年度没有${unknown}的月报，有${reportedMonths(turn).map(monthWords).join('、')}。请回复“月报 月份”。`,
    )
  const month = said ?? (await currentMonth(turn, missingMine(turn)))
  if (!hasBegun(turn, month)) return turn.say(notBegun(month))
  if (await refusedAsClosed(turn, month)) return
  setFocus(turn, { month })
  if (rest.trim()) return take(turn, { month }, rest)
  const record = await recordOf(turn, month)
  if (!(await draftOf(turn, month)))
    await keepDraft(turn, reportForm, month, record ? reopenedReport(record) : emptyReport)
  await proceed(turn, month)
}

/** What was submitted cannot be changed once the party office has closed the month; what is missing is still taken. */
async function refusedAsClosed(turn: Turn, month: string): Promise<boolean> {
  if ((await closingOf(turn, month)) !== 'closed' || (await recordOf(turn, month)) === undefined) return false
  const words = monthWords(month)
  turn.say(
    `${words}的报告党委办公室已经定稿，不能再改。确需更正请联系党委办公室重开（党委办公室回复“月报汇总 ${words} 重开 原因”）。`,
  )
  return true
}

/** A text that just answers the prompt, though nothing was asked in this conversation. */
async function claims(turn: Turn, text: string): Promise<boolean> {
  if (!holds(turn.who, ...committeePosts) || formWord(text) !== undefined) return false
  const read = readReport(cleaned(text), await knownTo(turn))
  const isNamed = read.branches.length > 0 || read.unclearBranches !== undefined || read.others.length > 0
  const telling = (isNamed && saysVisited(text)) || read.noVisit !== undefined || read.solved || read.hard !== undefined
  if (!telling || Array.from(text.trim()).length < 6) return false
  const month = await currentMonth(turn, missingMine(turn))
  if (await refusedAsClosed(turn, month)) return true
  setFocus(turn, { month })
  await take(turn, { month }, text)
  return true
}

async function answers(turn: Turn, text: string): Promise<boolean> {
  const focus = focusOf(turn)
  if (!focus) return false
  if (!holds(turn.who, ...committeePosts)) {
    turn.rest()
    turn.say(noMember)
    return true
  }
  const word = formWord(text)
  if (word !== undefined) return steer(turn, focus, word)
  if (focus.reason) {
    await submit(turn, focus.month, text.trim())
    return true
  }
  const open = await draftOf(turn, focus.month)
  // After the submission a greeting is no addition: only what reads like a report begins its next version.
  if (!open && !(await recordOf(turn, focus.month))) return false
  if (!open) return claims(turn, text)
  await take(turn, focus, text)
  return true
}

async function steer(
  turn: Turn,
  { month, reason }: Focus,
  word: NonNullable<ReturnType<typeof formWord>>,
): Promise<boolean> {
  const draft = await draftOf(turn, month)
  if (!draft) {
    if (word === 'submit' && (await recordOf(turn, month))) turn.say('已提交，没有未提交的改动。')
    else return false
    return true
  }
  const report = draft.fields
  if (word === 'cancel') {
    await dropDraft(turn, reportForm, month)
    turn.rest()
    turn.say(`已取消：${monthWords(month)}报告这次写的内容没有提交。`)
  } else if (word === 'preview') turn.say(cards.content(report, fullNames(turn.roster, report.branches)))
  else if (word === 'edit') turn.show(cards.whichPart(month))
  else if (word === 'back') {
    if (await stepBack(turn, reportForm, month)) await proceed(turn, month)
    else turn.say('没有上一步。')
  } else if (isWhole(report)) await submit(turn, month, reason ? '' : undefined)
  else await proceed(turn, month)
  return true
}

const isWhole = (report: Report): boolean => missingParts(report).length === 0 && !report.unclearBranches

/** Adds what was said to the draft. Nothing is shortened, nothing replaced that was not asked to be. */
async function take(turn: Turn, { month, replace }: Focus, text: string): Promise<void> {
  const draft = await draftOf(turn, month)
  const record = draft ? undefined : await recordOf(turn, month)
  const before = draft?.fields ?? (record ? reopenedReport(record) : emptyReport)
  setFocus(turn, { month })
  if (replace) {
    await keepDraft(turn, reportForm, month, await replaced(turn, before, replace, cleaned(text).trim()))
    return proceed(turn, month)
  }
  const left = await lastHardIssue(turn, month)
  const carried = left === undefined ? undefined : carriedOver(before, text, left)
  const { report, others } = carried ? { report: carried, others: [] } : takenUp(before, text, await knownTo(turn))
  await keepDraft(turn, reportForm, month, report)
  await proceed(turn, month, fullNames(turn.roster, others))
}

const saysVisited = (text: string): boolean => /走访|调研|看望|联系|去|到|支部/.test(text)

/** A part written anew; a new text says again which branches and issues there are, where it speaks of them. */
async function replaced(turn: Turn, report: Report, part: ReplacedPart, text: string): Promise<Report> {
  if (part === 'hard') return settled(report, text)
  if (part === 'branch') {
    const { report: read } = takenUp({ ...emptyReport, seen: true }, text, await knownTo(turn))
    const { branches: _, ...rest } = report
    return withBranches({ ...rest, branches: [] }, read.branches, read.unclearBranches)
  }
  const { report: read } = takenUp(emptyReport, text, await knownTo(turn))
  const hard = read.hard ?? report.hard
  return { ...read, branches: read.branches.length > 0 ? read.branches : report.branches, ...(hard ? { hard } : {}) }
}

/** What comes next: a branch that is not clear, what is missing, or the confirmation. `others`: see cards.askMissing. */
export async function proceed(turn: Turn, month: string, others: string[] = []): Promise<void> {
  const draft = await draftOf(turn, month)
  if (!draft) return
  const { fields: report, stamp } = draft
  const own = await branchesOf(turn)
  if (report.unclearBranches) {
    const { words, ids } = report.unclearBranches
    const names = own
      .filter((one) => ids.includes(one.id))
      .map((one) => ({ id: one.id, name: branchName(turn.roster, one) }))
    return turn.show(cards.whichBranch(month, words, names))
  }
  const missing = missingParts(report)
  if (missing.length > 0) {
    const left = await lastHardIssue(turn, month)
    const names = fullNames(
      turn.roster,
      own.map((one) => one.id),
    )
    const noted = report.branches.length > 0 || report.text !== ''
    return turn.say(cards.askMissing(month, report, missing, { own: names, others, left, noted }))
  }
  const note = others.length > 0 ? `${others.join('、')}不是您联系的支部，没有记入` : ''
  const { before, card } = cards.confirmation(month, stamp, report, fullNames(turn.roster, report.branches), note)
  if (before) turn.say(before)
  turn.show(card)
}

async function taps(turn: Turn, { action, args, picked }: Tap): Promise<void> {
  const [month = '', argument = ''] = args
  if (!holds(turn.who, ...committeePosts)) return turn.say(noMember)
  if (!reportedMonths(turn).includes(month)) return
  const draft = await draftOf(turn, month)
  if (await refusedAsClosed(turn, month)) return
  if (!draft) return afterwards(turn, month, action)
  const asked = focusOf(turn)
  setFocus(turn, { month })
  const report = draft.fields
  if (action === 'submit' && draft.stamp === argument && isWhole(report))
    return submit(turn, month, asked?.reason && asked.month === month ? '' : undefined)
  if (action === 'edit') return turn.show(cards.whichPart(month))
  if (action === 'replace') return askReplacement(turn, month, argument)
  const branch = argument || picked['branch']?.[0]
  if (action === 'branch' && branch !== undefined && report.unclearBranches?.ids.includes(branch))
    await keepDraft(turn, reportForm, month, withBranches(report, [branch]))
  await proceed(turn, month)
}

/** A tap on a card whose report was submitted: the state as it is now. */
async function afterwards(turn: Turn, month: string, action: string): Promise<void> {
  const record = await recordOf(turn, month)
  setFocus(turn, { month })
  if (action === 'edit' && record) {
    await keepDraft(turn, reportForm, month, reopenedReport(record))
    return turn.show(cards.whichPart(month))
  }
  if (record) turn.show({ title: `${monthWords(month)}联系支部报告`, text: '已提交，没有未提交的改动。' })
  else turn.say('这张卡片已过期，没有改动任何内容。要写报告请回复“月报”。')
}

function askReplacement(turn: Turn, month: string, part: string): void {
  const parts = ['branch', 'hard', 'text'] as const
  const replace = parts.find((one) => one === part)
  if (!replace) return
  setFocus(turn, { month, replace })
  turn.say(`请发新的“${cards.partNames[replace]}”，会替换原来的这一部分。`)
}
