import type { Temporal } from 'temporal-polyfill'
import { previousWorkingDay } from '../../campaign/calendar/calendar.ts'
import { type Person, superiorsOf } from '../../campaign/roster/roster.ts'
import type { OutboxRow } from '../messages/outbox.ts'
import { pushWays, type World, waysTo } from '../roster/world.ts'
import { kindOf, pushText } from './push-text.ts'
import { type Due, noDuty, type Receiver, receiverId, type Said, type Schedule, type Snapshot } from './schedule.ts'

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
 * unsaid. Anything older is stale.
 */
export function duesOn(
  schedules: readonly Schedule[],
  snapshot: Snapshot,
  date: Temporal.PlainDate,
): Map<string, Due[]> {
  const perReceiver = new Map<string, Due[]>()
  for (const day of [previousWorkingDay(snapshot.world.calendar, date), date])
    for (const schedule of schedules)
      for (const found of schedule.due(snapshot, day)) {
        if (isAway(found, snapshot, date)) continue
        for (const due of redirected(found, snapshot)) {
          const id = receiverId(due.receiver)
          const dues = perReceiver.get(id)
          if (dues) dues.push(due)
          else perReceiver.set(id, [due])
        }
      }
  return perReceiver
}

/** The pushes of a working day: one for each receiver. */
export function planPushes(
  schedules: readonly Schedule[],
  snapshot: Snapshot,
  { date, told }: { date: Temporal.PlainDate; told: Told },
): Push[] {
  const plan: Push[] = []
  for (const [receiver, dues] of duesOn(schedules, snapshot, date)) {
    if (told.pushed(receiver)) continue
    const push = pushOf(
      dues.filter((due) => !told.said(ledgerEntry(due))),
      snapshot.world,
    )
    if (push) plan.push(push)
  }
  return plan
}

/** If two steps of the same duty are due, the later one is said. */
export function pushOf(dues: readonly Due[], world: World): Push | undefined {
  const said = dues.filter((due, i) => !dues.slice(i + 1).some((later) => supersedes(later, due)))
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

/** A person who cannot be written to is not asked. The superior is told instead, in the same words after the person's name. */
function redirected(due: Due, snapshot: Snapshot): Due[] {
  if (!('person' in due.receiver) || isReachable(due.receiver.person, snapshot)) return [due]
  const { person } = due.receiver
  if (due.kind === 'escalation') return []
  const { why, reply } = isInactive(person, snapshot)
    ? { why: '未激活', reply: `请转告${person.name}，并请其给机器人发一句话，以后就直接提醒本人。` }
    : { why: '未绑定账号', reply: `请转告${person.name}；绑定账号请联系组织部更新名册。` }
  return nearestReachable(person, snapshot).map((superior) => ({
    ...due,
    receiver: { person: superior },
    period: `${due.period} ${person.id}`,
    says: () => saidFor(`${person.name}（${why}）：`, due, reply),
  }))
}

/** The words about somebody else's duty. `whose` stands before them. */
function saidFor(whose: string, { says, confidential }: Due, reply: string): Said {
  const { title, lines, among } = says()
  return {
    title: `${whose}${title}`,
    lines: confidential ? [] : lines,
    reply,
    ...(among ? { among: { ...among, whose } } : {}),
  }
}

/** The superiors, or their superiors if none of them can be written to. */
function nearestReachable(person: Person, snapshot: Snapshot): Person[] {
  const seen = new Set([person])
  for (let level = [person]; level.length > 0; ) {
    level = level.flatMap((one) => superiorsOf(snapshot.world.roster, one)).filter((one) => !seen.has(one))
    for (const one of level) seen.add(one)
    const reachable = level.filter((one) => isReachable(one, snapshot))
    if (reachable.length > 0) return [...new Set(reachable)]
  }
  return []
}

const isReachable = (person: Person, { world, wrote }: Snapshot): boolean =>
  pushWays(person, world.channels, { wrote: wrote.get(person.id) ?? [] }).length > 0

/** Whether a person has an account but has not yet written to the bot, on a platform that demands this first. */
export const isInactive = (person: Person, snapshot: Snapshot): boolean =>
  !isReachable(person, snapshot) &&
  waysTo(person, snapshot.world.channels).some((way) => snapshot.world.channels.get(way)?.push === 'after-word')
