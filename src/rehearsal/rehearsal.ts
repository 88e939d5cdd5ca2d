import type { Temporal } from 'temporal-polyfill'
import { type Push, planPushes } from '../bot/pushes/push-plan.ts'
import type { Schedule, Snapshot } from '../bot/pushes/schedule.ts'
import type { World } from '../bot/roster/world.ts'
import { isWorkingDay } from '../campaign/calendar/calendar.ts'
import { listsBy } from '../campaign/once.ts'
import { campaignAt } from '../campaign/plan/periods.ts'
import type { LiaisonReport } from '../campaign/reports/liaison-report.ts'
import type { Person } from '../campaign/roster/roster.ts'
import type { Scorecard } from '../campaign/scores/scorecard.ts'
import { Growing } from './growing.ts'

/** One message as the receiver would have got it. */
export type Said = {
  at: Temporal.ZonedDateTime
  platform: 'wecom' | 'dingtalk'
  to: { account: string; name: string; post: string } | { group: string }
  kind: Push['kind'] | 'notice'
  about: string[]
  text: string
}

/** The records, which change while people answer. */
export type Records = { scorecards: Map<string, Scorecard>; liaisonReports: Map<string, LiaisonReport>; kept: Growing }

/**
 * The people who answer in a rehearsal. They change the records and name the others who are told. Called before and after the pushes of
 * each day.
 */
export interface College {
  answer(
    records: Records,
    now: Temporal.ZonedDateTime,
    push: 'before' | 'after',
  ): { person: Person; about: string; text: string }[]
}

type Rehearsal = {
  world: Omit<World, 'now'>
  schedules: readonly Schedule[]
  from: Temporal.PlainDate
  to: Temporal.PlainDate
  college?: College
  /** Keeps the answers. At the end it holds what the year has left. */
  records?: Records
}

export const noRecords = (): Records => ({ scorecards: new Map(), liaisonReports: new Map(), kept: new Growing() })

const zone = 'Asia/Shanghai'

/** Plays the days from `from` to `to`, both included, with the schedules of the running program. Yields the messages in order of time. */
export function* rehearse({ world, schedules, from, to, college, records = noRecords() }: Rehearsal): Generator<Said> {
  const ledger = new Set<string>()
  for (let date = from; date.until(to).days >= 0; date = date.add({ days: 1 })) {
    if (!isWorkingDay(world.calendar, date)) continue
    const now = date.toZonedDateTime({ timeZone: zone, plainTime: world.campaign.push.at })
    const before = now.subtract({ minutes: 5 })
    const after = now.add({ minutes: 30 })
    yield* notices(world, college?.answer(records, before, 'before') ?? [], before)
    const campaign = campaignAt(world.campaign, date)
    const snapshot: Snapshot = { world: { ...world, campaign, now }, ...records, away: new Map(), wrote: new Map() }
    const said = (entry: readonly string[]): boolean => ledger.has(entry.join('\n'))
    for (const push of planPushes(schedules, snapshot, { date, told: { said, pushed: () => false } })) {
      for (const entry of push.ledger) ledger.add(entry.join('\n'))
      const one = pushed(world, push, now)
      if (one) yield one
    }
    yield* notices(world, college?.answer(records, after, 'after') ?? [], after)
  }
}

function pushed(world: Omit<World, 'now'>, push: Push, at: Temporal.ZonedDateTime): Said | undefined {
  const { kind, about, text, receiver } = push
  if ('person' in receiver) return toPerson(world, receiver.person, { at, kind, about, text })
  const { name, platform } = receiver.group
  return { at, platform, to: { group: name }, kind, about, text }
}

/** The message to a person, or undefined if no account is known. */
function toPerson(
  { campaign }: Omit<World, 'now'>,
  person: Person,
  said: Pick<Said, 'at' | 'kind' | 'about' | 'text'>,
): Said | undefined {
  const { wecom, dingtalk } = person.accounts
  const post = person.seats[0] ? campaign.posts[person.seats[0].post] : ''
  const account = wecom ?? dingtalk
  const platform = wecom === undefined ? 'dingtalk' : 'wecom'
  return account === undefined ? undefined : { ...said, platform, to: { account, name: person.name, post } }
}

/** Several notices to one person at one moment become one message, as in the running program. */
const notices = (
  world: Omit<World, 'now'>,
  told: readonly { person: Person; about: string; text: string }[],
  at: Temporal.ZonedDateTime,
): Said[] =>
  [...listsBy(told, ({ person }) => [person])].flatMap(([person, mine]) => {
    const about = [...new Set(mine.map((one) => one.about))]
    return toPerson(world, person, { at, kind: 'notice', about, text: mine.map(({ text }) => text).join('\n') }) ?? []
  })
