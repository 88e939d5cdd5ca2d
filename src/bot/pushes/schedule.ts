import type { Temporal } from 'temporal-polyfill'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { keyIn } from '../../campaign/plan/periods.ts'
import type { LiaisonReport } from '../../campaign/reports/liaison-report.ts'
import type { Group, Person } from '../../campaign/roster/roster.ts'
import type { CardKind } from '../../campaign/scores/rounds.ts'
import type { Scorecard } from '../../campaign/scores/scorecard.ts'
import type { Table } from '../../store/table.ts'
import type { ChannelName } from '../messages/message.ts'
import type { Kept } from '../records/kept.ts'
import type { World } from '../roster/world.ts'

/** What schedules look at: plain data as of one moment. */
export type Snapshot = {
  world: World
  /** The cards of all periods, by `nameOfScorecard`. */
  scorecards: ReadonlyMap<string, Scorecard>
  /** By `recordName(month, person)`, with the month as `2022-05`. */
  liaisonReports: ReadonlyMap<string, LiaisonReport>
  /** The records of the tables that the schedules read. */
  kept: Kept
  /** The last day on which a person is away, by person. */
  away: ReadonlyMap<string, Temporal.PlainDate>
  /** By person: where people have written, on those channels that let us push only after that. */
  wrote: ReadonlyMap<string, readonly ChannelName[]>
}
export const recordName = (first: string, second: string): string => `${first}~${second}`
/** The branch of a card, by the card's name. */
export const branchOfName = (name: string): string => name.slice(0, name.lastIndexOf('~'))
/** The name of a card in the campaign's current period. */
export const nameOfScorecard = (campaign: Campaign, branch: string, kind: CardKind): string =>
  recordName(branch, keyIn(campaign, kind))
export const nameOfLiaisonReport = (month: string, person: string): string => recordName(month, person)

export type Receiver = { person: Person } | { group: Group }
/** The id of the person or the group, as the ledger keeps it. */
export const receiverId = (receiver: Receiver): string =>
  'person' in receiver ? receiver.person.id : receiver.group.id

/** The one name of a duty, as `about` lists it (contract, Commands). */
export type Matter = string
/** A year whose days off are unknown. It is no duty of the plan, so `about` does not list it. */
export const noDuty = 'calendar'

/**
 * How a duty is said together with others of one date. `by` is the date in words (`12月31日（周六）到期…`), said once. `what` it is, with its
 * `name` (`任务`, `5 党员发展`: several of one kind are counted). `word` is the command that says how to answer. `whose`: it is the duty of
 * somebody who cannot be reached, or (empty) of others who are named in the lines.
 */
export type Among = { by: string; what: string; name?: string; word: string; whose?: string }

/**
 * A text: `title` (what, by when: the first twenty characters must be enough), `lines` (what we know), `reply` (what to do next, in words
 * that can be typed back).
 */
export type Said = { title: string; lines: string[]; reply: string; among?: Among }

/** One thing due for one receiver on one day. `period` and `step` identify it in the ledger, which records for ever that it was said. */
export type Due = {
  receiver: Receiver
  duty: Matter
  period: string
  step: string
  kind: 'prompt' | 'reminder' | 'escalation' | 'bulletin'
  /** Makes the text. Of thousands of things due, only those are put into words that were not said before. */
  says: () => Said
  /** Its lines name somebody whom only the receiver may know of, so they go to nobody else. */
  confidential?: true
  /** The accounts of people to mention, in groups. */
  mention?: string[]
}

/** A duty that is open for one person, on any day: the text, and the deadline. */
export type OpenDuty = Said & { duty: Matter; deadline: Temporal.PlainDate }

/**
 * `due` gives what is due on `date`, as a state and not as an event. `open` gives what this person has not done yet. Both are pure
 * functions of their arguments, the same live and in a rehearsal. Texts are as of `snapshot.world.now`.
 */
export type Schedule = {
  duty: Matter
  /** The tables that it reads. */
  reads?: readonly Table<unknown>[]
  due: (snapshot: Snapshot, date: Temporal.PlainDate) => Due[]
  open: (snapshot: Snapshot, person: Person) => OpenDuty[]
}
