import { Temporal } from 'temporal-polyfill'
import { type Calendar, isWorkingDay, nextWorkingDay, workingDaysBetween } from '../../campaign/calendar/calendar.ts'
import { once } from '../../campaign/once.ts'
import { campaignsBy, periodName, rowsIn, wordIn } from '../../campaign/plan/periods.ts'
import { type Branch, type Roster, unitOf } from '../../campaign/roster/roster.ts'
import { awaitedOf } from '../../campaign/scores/filing.ts'
import { newestCards } from '../../campaign/scores/rounds.ts'
import { type Scorecard, waitingSince } from '../../campaign/scores/scorecard.ts'
import type { Row } from '../../store/table.ts'
import { dayOf } from '../clock.ts'
import type { World } from '../roster/world.ts'

/**
 * Submitted cards that wait for the organization department and for no other level. `units` gives the number for each general branch, in the
 * roster's order.
 */
export type Queue = { count: number; units: { name: string; count: number }[]; oldest: Temporal.PlainDate }

export const shortUnit = (name: string): string => name.replace(/党总支$/, '') || name

const waitsFrom = once((card: Scorecard) => dayOf(waitingSince(card)))

/** The submitted cards of a unit (`unitOf`) that wait. */
export type UnitQueue = { id: string; name: string; waiting: { branch: Branch; card: Scorecard }[] }

/** The waiting cards by unit, in the roster's order, without units where nothing waits. `cardOf` gives the deciding card of a branch. */
export function waitingByUnit(roster: Roster, cardOf: (branch: Branch) => Scorecard | undefined): UnitQueue[] {
  const units = new Map<string, UnitQueue>()
  for (const branch of roster.branches) {
    const card = cardOf(branch)
    if (card?.state !== 'submitted') continue
    const { id, name } = unitOf(roster, branch)
    const unit = units.get(id) ?? { id, name, waiting: [] }
    unit.waiting.push({ branch, card })
    units.set(id, unit)
  }
  return [...units.values()]
}

/** The same as counts, and since when the oldest waits. Undefined if nothing waits. */
export function queueOf(
  { roster, campaign }: Pick<World, 'roster' | 'campaign'>,
  cardOf: (branch: Branch) => Scorecard | undefined,
): Queue | undefined {
  const units = waitingByUnit(roster, (branch) => {
    const card = cardOf(branch)
    return card && awaitedOf(card, campaign.approvers) ? undefined : card
  })
  const [first, ...more] = units.flatMap(({ waiting }) => waiting.map(({ card }) => waitsFrom(card)))
  if (!first) return undefined
  return {
    count: more.length + 1,
    units: units.map(({ name, waiting }) => ({ name: shortUnit(name), count: waiting.length })),
    oldest: more.reduce((one, other) => (Temporal.PlainDate.compare(other, one) < 0 ? other : one), first),
  }
}

/**
 * The number of working days for which the oldest has waited by `date`. It is 0 on the working day of its arrival, or the first one after.
 */
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

/** The queue of each period that has opened, and the word that shows all of it. `rows` are all cards of the campaign. */
export function queuesIn(
  { campaign, roster, calendar, now }: World,
  rows: readonly Row<Scorecard>[],
): { words: string; word: string }[] {
  const date = now.toPlainDate()
  return campaignsBy(campaign, date).flatMap((looked) => {
    const cards = newestCards(rowsIn(looked, rows))
    const queue = queueOf({ roster, campaign: looked }, (branch) => cards.get(branch.id))
    if (!queue) return []
    return [{ words: `${periodName(looked)}${queueWords(queue, date, calendar)}`, word: wordIn(looked, date, '待审') }]
  })
}
