import type { Temporal } from 'temporal-polyfill'
import { previousWorkingDay } from '../../campaign/calendar/calendar.ts'
import { remembered } from '../../campaign/once.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import type { World } from '../roster/world.ts'
import { kindOf, pushText } from './push-text.ts'
import { type Due, noDuty, type Receiver, receiverId, type Schedule, type Snapshot } from './schedule.ts'
import { redirected } from './unreachable.ts'

/** One message to one receiver: everything due, merged (R5). `ledger` lists what is said with it, and what a later step replaces. */
export type Push = {
  receiver: Receiver
  dues: readonly Due[]
  ledger: string[][]
  kind: Due['kind']
  about: string[]
  text: string
  mention: string[]
}

export type Text = Extract<OutboxRow['message'], { kind: 'text' }>
export const messageOf = ({ text, mention }: Push): Text => ({
  kind: 'text',
  text,
  ...(mention.length > 0 ? { mention } : {}),
})

/** What was said already: `said` for a ledger entry, `pushed` for anything on this day to this receiver. */
export type Told = { said: (entry: readonly string[]) => boolean; pushed: (receiver: string) => boolean }

export const ledgerEntry = (due: Due): string[] => [due.duty, due.period, due.step, receiverId(due.receiver)]

/**
 * Everything due on a working day, by receiver. It looks at the day itself and the working day before, in case a standstill left something
 * unsaid. Anything older is stale. `isOver` leaves something out: nearly all of thousands of things due were said before.
 */
export function duesOn(
  schedules: readonly Schedule[],
  snapshot: Snapshot,
  { date, isOver = () => false }: { date: Temporal.PlainDate; isOver?: (due: Due, receiver: string) => boolean },
): Map<string, Due[]> {
  const perReceiver = new Map<string, Due[]>()
  for (const day of [previousWorkingDay(snapshot.world.calendar, date), date])
    for (const schedule of schedules)
      for (const found of schedule.due(snapshot, day)) {
        if (isAway(found, snapshot, date)) continue
        for (const due of redirected(found, snapshot)) {
          const id = receiverId(due.receiver)
          const dues = remembered(perReceiver, id, () => [])
          if (!isOver(due, id)) dues.push(due)
        }
      }
  return perReceiver
}

/** The pushes of a working day: one for each receiver. Each is made when it is asked for, so that not all texts are held at once. */
export function* planPushes(
  schedules: readonly Schedule[],
  snapshot: Snapshot,
  { date, told }: { date: Temporal.PlainDate; told: Told },
): Generator<Push> {
  const isOver = (due: Due, receiver: string): boolean => told.pushed(receiver) || told.said(ledgerEntry(due))
  for (const dues of duesOn(schedules, snapshot, { date, isOver }).values()) {
    const push = pushOf(dues, snapshot.world)
    if (push) yield push
  }
}

/** If two steps of the same duty are due, the later one is said. */
export function pushOf(dues: readonly Due[], world: World): Push | undefined {
  const said = dues.filter((due, i) => !dues.some((later, n) => n > i && supersedes(later, due)))
  const [first] = said
  return (
    first && {
      receiver: first.receiver,
      dues: said,
      ledger: dues.map(ledgerEntry),
      kind: kindOf(said),
      about: [...new Set(said.map((due) => due.duty).filter((duty) => duty !== noDuty))],
      text: pushText(said, world),
      mention: said.flatMap((due) => due.mention ?? []),
    }
  )
}

const supersedes = (later: Due, due: Due): boolean =>
  later.duty === due.duty &&
  later.period === due.period &&
  (later.kind === 'escalation') === (due.kind === 'escalation')

const isAway = (due: Due, { away }: Snapshot, date: Temporal.PlainDate): boolean => {
  const until = 'person' in due.receiver && due.kind !== 'escalation' ? away.get(due.receiver.person.id) : undefined
  return until !== undefined && until.until(date).days <= 0
}
