import { closedMonths } from '../../src/bot/records/records.ts'
import { deedOf } from '../../src/bot/turn/deed.ts'
import type { Command } from '../../src/bot/turn/handler.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { dayWords } from '../../src/campaign/calendar/ladder.ts'
import { endOf, monthMeant, monthWords, readMonth } from '../../src/campaign/calendar/month.ts'
import { holdersOf, holds } from '../../src/campaign/roster/roster.ts'
import { type ByMonth, hasMonthBegun, monthsOf } from '../../src/forms/month.ts'
import { tellOthers } from '../../src/forms/tell.ts'

/** J5: the reports of a month on paper, and 定稿: the party office closes a month, after which submitted reports cannot be changed. */

/** `closed`: the party office has closed the month. `reopened`: it closed the month and opened it again. */
async function closingOf(turn: Turn, month: string): Promise<'open' | 'closed' | 'reopened'> {
  const closing = await turn.read(closedMonths, turn.campaign.id, month)
  return closing ? (closing.reopened ? 'reopened' : 'closed') : 'open'
}

/** Why a submitted report of a closed month takes no change. Undefined if it does. */
export async function closedWords(turn: Turn, month: string): Promise<string | undefined> {
  if ((await closingOf(turn, month)) !== 'closed') return undefined
  const words = monthWords(month)
  return turn.worded`${words}的报告党委办公室已经定稿，不能再改。确需更正请联系党委办公室重开（党委办公室回复“月报汇总 ${words} 重开 原因”）。`
}

/**
 * Tells the party office of a report that comes or changes after its month was closed. Returns the sentence about that, or about until when
 * it may change. `late` is in working days.
 */
export async function tellIfClosed<R>(
  turn: Turn,
  { about, title, superior, replies }: ByMonth<R>,
  { month, changed, late }: { month: string; changed: boolean; late: number },
): Promise<string> {
  const closing = await closingOf(turn, month)
  if (closing === 'open') return turn.worded`在党委办公室定稿前可随时修改。`
  const what = changed ? '修改' : '补交'
  const state = closing === 'closed' ? '定稿后' : '重开后'
  const days = late > 0 ? `，逾期${late}个工作日` : ''
  const text = `${turn.who.name}在${state}${what}了${title(month)}${days}。${replies.superior(month)}`
  await tellOthers(turn, holdersOf(turn.roster, superior), { about, text, urgent: true })
  return turn.worded`${monthWords(month)}已经定稿过，已告知党委办公室。`
}

/** `月报汇总 4月`, `月报汇总 4月 定稿`, `月报汇总 4月 重开 原因`. */
export const reportsOfMonth = <R>(form: ByMonth<R>): Command => ({
  word: '月报汇总',
  digits: true,
  by: ['party-office', 'organization-department', 'committee-secretary', 'deputy-secretary'],
  use: '当月报告汇总',
  whose: '月报汇总由党委办公室、组织部、党委书记和副书记领取',
  fits: () => true,
  run: (turn, argument) => run(turn, form, argument),
})

const steering = /(定稿|重开)(?=[\s:：，,]|$)/

async function run<R>(turn: Turn, { about }: ByMonth<R>, argument: string): Promise<void> {
  const months = monthsOf(turn, about)
  const found = steering.exec(argument)
  const act = found?.[1]
  const whose = found ? argument.slice(0, found.index).trim() : argument
  const reason = found ? argument.slice(found.index + found[0].length).replace(/^\s*[:：，,]/, '') : ''
  const { month: said, unknown } = readMonth(whose, months)
  if (unknown !== undefined || (whose && !said))
    return turn.say(`没有这个月的月报。可选：${months.map(monthWords).join('、')}。请回复“月报汇总 月份”。`)
  const month = said ?? monthMeant(months, turn.now.toPlainDate(), () => true)
  if (act && !holds(turn.who, 'party-office'))
    return turn.say(turn.worded`无权${act}月报：月报由党委办公室定稿和重开。`)
  if (!hasMonthBegun(turn, month)) return turn.say(`${monthWords(month)}还没到。`)
  if (act === '定稿') return closeMonth(turn, month)
  if (act === '重开') return reopenMonth(turn, month, reason.trim())
  turn.sendFile({ document: 'reports', with: { month } })
}

/** After it, submitted reports cannot be changed, but missing ones are still taken. A month cannot be closed before it is over. */
async function closeMonth(turn: Turn, month: string): Promise<void> {
  const words = monthWords(month)
  if (endOf(month).until(turn.now.toPlainDate()).days <= 0)
    return turn.say(`${dayWords(endOf(month))}过后才能定稿${words}月报，在那之前委员还可以修改。`)
  if ((await closingOf(turn, month)) === 'closed') return turn.say(`${words}月报已经定稿，没有改动。`)
  await turn.put(closedMonths, [turn.campaign.id, month], { value: deedOf(turn) })
  turn.say(
    `${words}月报已定稿：已交的不能再改，没交的仍可补交（记为逾期，会告诉您）。要改请回复“月报汇总 ${words} 重开 原因”。`,
  )
  turn.sendFile({ document: 'reports', with: { month } })
}

async function reopenMonth(turn: Turn, month: string, reason: string): Promise<void> {
  const words = monthWords(month)
  const closing = await turn.read(closedMonths, turn.campaign.id, month)
  if (!closing || closing.reopened) return turn.say(`${words}月报没有定稿，不用重开。`)
  if (!reason) return turn.say(`重开要写明原因，请回复“月报汇总 ${words} 重开 原因”。`)
  await turn.put(closedMonths, [turn.campaign.id, month], {
    value: { ...closing, reopened: { ...deedOf(turn), reason } },
  })
  turn.say(`${words}月报已重开，委员可以修改，改了会告诉您。改完请回复“月报汇总 ${words} 定稿”。`)
}
