import { Temporal } from 'temporal-polyfill'
import { type Calendar, isWorkingDay, nextWorkingDay, workingDaysBetween } from '../../campaign/calendar/calendar.ts'
import { once } from '../../campaign/once.ts'
import { campaignsBy, periodName, rowsIn, wordIn } from '../../campaign/plan/periods.ts'
import { type Branch, generalBranchOf, type Roster } from '../../campaign/roster/roster.ts'
import { newestCards } from '../../campaign/scores/rounds.ts'
import { type Scorecard, waitingSince } from '../../campaign/scores/scorecard.ts'
import type { Row } from '../../store/table.ts'
import { dayOf } from '../clock.ts'
import type { World } from '../roster/world.ts'

/** Submitted cards that wait for the organization department. `units`: how many of each general branch, in the order of the roster. */
export type Queue = { count: number; units: { name: string; count: number }[]; oldest: Temporal.PlainDate }

const direct = '直属支部'
export const shortUnit = (name: string): string => name.replace(/党总支$/, '') || name

const waitsFrom = once((card: Scorecard) => dayOf(waitingSince(card)))

/** What waits; undefined where nothing does. `cardOf`: the deciding card of a branch. */
export function queueOf(roster: Roster, cardOf: (branch: Branch) => Scorecard | undefined): Queue | undefined {
  const counts = new Map<string, number>()
  let oldest: Temporal.PlainDate | undefined
  for (const branch of roster.branches) {
    const card = cardOf(branch)
    if (card?.state !== 'submitted') continue
    const general = branch.generalBranch === undefined ? undefined : generalBranchOf(roster, branch.generalBranch)
    const unit = general ? shortUnit(general.name) : direct
    counts.set(unit, (counts.get(unit) ?? 0) + 1)
    const since = waitsFrom(card)
    if (!oldest || Temporal.PlainDate.compare(since, oldest) < 0) oldest = since
  }
  const units = [...counts].map(([name, count]) => ({ name, count }))
  return oldest && { count: units.reduce((sum, unit) => sum + unit.count, 0), units, oldest }
}

/** Working days for which the oldest has waited by `date`: 0 on the working day on which, or before which, it came. */
export function daysWaited({ oldest }: Queue, date: Temporal.PlainDate, calendar: Calendar): number {
  const first = isWorkingDay(calendar, oldest) ? oldest : nextWorkingDay(calendar, oldest)
  return workingDaysBetween(calendar, first, date)
}

const mostUnits = 6

/** `待审评分6张（机电工程学院4、信息工程学院2），最早的等了2个工作日。` */
export function queueWords(queue: Queue, date: Temporal.PlainDate, calendar: Calendar): string {
  const { count, units } = queue
  const named = units.slice(0, mostUnits).map((unit) => `${unit.name}${unit.count}`)
  const more = units.length > mostUnits ? `等${units.length}处` : ''
  const days = daysWaited(queue, date, calendar)
  return `待审评分${count}张（${named.join('、')}${more}）${days > 0 ? `，最早的等了${days}个工作日` : ''}。`
}

/** What waits in each period that has opened, and the word to which all of it is shown. `rows`: all cards of the campaign. */
export function queuesIn(
  { campaign, roster, calendar, now }: World,
  rows: readonly Row<Scorecard>[],
): { words: string; word: string }[] {
  const date = now.toPlainDate()
  return campaignsBy(campaign, date).flatMap((looked) => {
    const cards = newestCards(rowsIn(looked, rows))
    const queue = queueOf(roster, (branch) => cards.get(branch.id))
    if (!queue) return []
    return [{ words: `${periodName(looked)}${queueWords(queue, date, calendar)}`, word: wordIn(looked, date, '待审') }]
  })
}
