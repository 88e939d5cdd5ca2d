import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Calendar } from '../../campaign/calendar/calendar.ts'
import type { Campaign } from '../../campaign/plan/campaign.ts'
import { type Group, type Person, posts, type Roster } from '../../campaign/roster/roster.ts'
import { table } from '../../store/table.ts'
import type { Can, ChannelName } from '../messages/message.ts'

const Seat = z.strictObject({
  post: z.enum(posts),
  generalBranch: z.string().exactOptional(),
  branch: z.string().exactOptional(),
  liaison: z.array(z.string()).exactOptional(),
})
const Branch = z.strictObject({
  id: z.string(),
  name: z.string(),
  generalBranch: z.string().exactOptional(),
  kind: z.string().exactOptional(),
  missing: z.boolean().exactOptional(),
})
const EndedBranch = Branch.extend({ ended: z.boolean().exactOptional(), into: z.string().exactOptional() })
const GeneralBranch = z.strictObject({ id: z.string(), name: z.string() })
const Platform = z.enum(['wecom', 'dingtalk'])
const StoredRoster = z.strictObject({
  people: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      accounts: z.strictObject({ wecom: z.string().exactOptional(), dingtalk: z.string().exactOptional() }),
      seats: z.array(Seat),
      phone: z.string().exactOptional(),
      missing: z.boolean().exactOptional(),
    }),
  ),
  branches: z.array(Branch),
  generalBranches: z.array(GeneralBranch),
  groups: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      platform: Platform,
      key: z.string(),
      secret: z.string().exactOptional(),
      conversation: z.string().exactOptional(),
      scope: z.string(),
    }),
  ),
  retired: z
    .strictObject({
      people: z.array(z.string()),
      branches: z.array(EndedBranch),
      generalBranches: z.array(GeneralBranch),
      groups: z.array(z.strictObject({ id: z.string(), name: z.string(), platform: Platform })),
      forgotten: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
})

/** The whole roster in one record, under an id of its own import. `rosterVersion` says which one is in force. */
export const rosters = table<Roster>('roster', StoredRoster)
const RosterVersion = z.strictObject({
  current: z.string(),
  /** the hash of the file imported last */
  content: z.string(),
  /** the hashes of the last files in force before it */
  earlier: z.array(z.string()).exactOptional(),
})
export const rosterVersion = table('roster-version', RosterVersion)

/** Everything that a decision may depend on besides the records: campaign, people, calendar, the channels' abilities, and the time. */
export type World = {
  campaign: Campaign
  calendar: Calendar
  roster: Roster
  channels: ReadonlyMap<ChannelName, Can>
  now: Temporal.ZonedDateTime
}

export const emptyRoster: Roster = { people: [], branches: [], generalBranches: [], groups: [] }

/** The account of a person on a channel. 智能机器人 uses the WeCom account. */
export const accountOn = (person: Person, channel: ChannelName): string | undefined =>
  channel === 'dingtalk' ? person.accounts.dingtalk : person.accounts.wecom

const indexes = new WeakMap<Roster, Map<string, Person>>()
const platformOf = (channel: ChannelName): string => (channel === 'dingtalk' ? 'dingtalk' : 'wecom')

/** The person behind an account. Accounts are compared without case. */
export function whoIs(roster: Roster, channel: ChannelName, account: string): Person | undefined {
  let index = indexes.get(roster)
  if (!index) {
    index = new Map()
    for (const person of roster.people) {
      if (person.accounts.wecom) index.set(`wecom ${person.accounts.wecom.toLowerCase()}`, person)
      if (person.accounts.dingtalk) index.set(`dingtalk ${person.accounts.dingtalk.toLowerCase()}`, person)
    }
    indexes.set(roster, index)
  }
  return index.get(`${platformOf(channel)} ${account.toLowerCase()}`)
}

/** The channels on which a person may speak, the last used one first. */
export function waysTo(person: Person, channels: ReadonlyMap<ChannelName, Can>, last?: ChannelName): ChannelName[] {
  const ways = [...channels.keys()].filter((channel) => accountOn(person, channel) !== undefined)
  return last !== undefined && ways.includes(last) ? [last, ...ways.filter((way) => way !== last)] : ways
}

/** The channels among them on which we may write first. `wrote` says where this person has written, for the channels that demand that. */
export const pushWays = (
  person: Person,
  channels: ReadonlyMap<ChannelName, Can>,
  { wrote = [], channel }: { wrote?: readonly ChannelName[]; channel?: ChannelName } = {},
): ChannelName[] => waysTo(person, channels, channel).filter((way) => mayPush(way, channels, wrote))
/** Whether there is such a channel. */
export function canPush(
  person: Person,
  channels: ReadonlyMap<ChannelName, Can>,
  wrote: readonly ChannelName[] = [],
): boolean {
  for (const way of channels.keys())
    if (accountOn(person, way) !== undefined && mayPush(way, channels, wrote)) return true
  return false
}

const mayPush = (way: ChannelName, channels: ReadonlyMap<ChannelName, Can>, wrote: readonly ChannelName[]): boolean => {
  const push = channels.get(way)?.push
  return push === true || (push === 'after-word' && wrote.includes(way))
}

/** The channel on which a group hears. 智能机器人 needs a chat that was bound to the group. Undefined if there is none. */
export function groupChannel(group: Group, channels: ReadonlyMap<ChannelName, Can>): ChannelName | undefined {
  if (channels.has(group.platform)) return group.platform
  const robot = group.platform === 'wecom' && group.conversation !== undefined && channels.get('aibot')?.push
  return robot ? 'aibot' : undefined
}
