import { Temporal } from 'temporal-polyfill'
import { dateOf } from '../bot/clock.ts'
import { listed } from '../bot/pushes/push-text.ts'
import type { Snapshot } from '../bot/pushes/schedule.ts'
import { isoOf } from '../campaign/calendar/iso.ts'
import { dayOfStep, dueWords, furthestOf } from '../campaign/calendar/ladder.ts'
import { once } from '../campaign/once.ts'
import { forDoer, ladderFor, type Owed, type Owing, openOf } from './owed.ts'

/** Whether the first step before a deadline has come, or the day on which it opens. What is due much later is no work for today. */
export function hasBegun(owing: Owing, snapshot: Snapshot, deadline: Owed['deadline']): boolean {
  const { now, calendar } = snapshot.world
  const first = furthestOf(ladderFor(owing, snapshot).steps)
  const begins = owing.begins?.(deadline) ?? dayOfStep(calendar, deadline, first)
  return Temporal.PlainDate.compare(begins, now.toPlainDate()) <= 0
}

/** What one person has open, one text for each deadline. */
export function openFor(
  owing: Owing,
  snapshot: Snapshot,
  person: string,
): { deadline: Owed['deadline']; period: string; said: ReturnType<Owing['asks']> }[] {
  return byDeadline(openOf(owing, snapshot, person).map(forDoer)).flatMap((open) => {
    const [{ deadline, period, by }] = open
    const who = by.find(({ id }) => id === person)
    return who ? [{ deadline, period, said: owing.asks(snapshot, open, who) }] : []
  })
}

type Some = [Owed, ...Owed[]]
/** Groups by period and deadline, in the order in which the deadlines are first met. */
export function byDeadline(owed: readonly Owed[]): Some[] {
  const groups: Some[] = []
  for (const one of owed) {
    const group = groups.find(([first]) => isTogether(first, one))
    if (group) group.push(one)
    else groups.push([one])
  }
  return groups
}
const isTogether = (one: Owed, other: Owed): boolean =>
  one.period === other.period && isoOf(one.deadline) === isoOf(other.deadline)

/** The names of what is open, or the first ten of many. */
export const namesOf = (open: readonly Owed[], measure = '个'): string =>
  listed(
    open.map(({ name }) => name),
    measure,
  )

/** When an open thing is due, as of now: `6月30日（周四）前，还有10个工作日`. Empty if there is none. */
export const dueOf = (snapshot: Snapshot, [first]: readonly Owed[]): string =>
  first ? dueAsOf(snapshot)(first.deadline) : ''
/** Thousands of people are told of the same deadline. */
const dueAsOf = once(({ world: { calendar, now } }: Snapshot) =>
  once((deadline: Owed['deadline']) => dueWords(calendar, deadline, dateOf(now))),
)
