import type { Parcel } from '../bot/messages/channel.ts'
import type { ChannelName } from '../bot/messages/message.ts'
import type { OutboxRow } from '../bot/messages/outbox.ts'
import { accountOn } from '../bot/roster/world.ts'
import { type Group, type Person, personOf, type Roster } from '../campaign/roster/roster.ts'

/** Where a row goes by the roster of this moment; undefined: there is no such account or group any more. */
export function addressOf(row: OutboxRow, roster: Roster): Parcel['to'] | undefined {
  if (row.to === 'stranger') return row.account === undefined ? undefined : { account: row.account }
  if (row.to === 'group') {
    const group = roster.groups.find((one) => one.id === row.lane)
    return (
      group && {
        group: {
          key: keyOf(group, row.channel),
          ...(group.secret ? { secret: group.secret } : {}),
          name: group.name,
          members: membersOf(roster, group),
        },
      }
    )
  }
  const person = personOf(roster, row.lane)
  const account = person && accountOn(person, row.channel)
  return account === undefined ? undefined : { account }
}

/** A robot's key, or the chat that 绑定本群 told of; without either WeCom's app makes a group of its own. */
function keyOf({ key, conversation = '' }: Group, channel: ChannelName): string {
  if (channel === 'aibot') return conversation
  return key || (channel === 'dingtalk' ? conversation : '')
}

/** The accounts of a group that the app itself makes: everybody of its general branch, or of the college. */
function membersOf(roster: Roster, group: Group): string[] {
  const belongs = (person: Person): boolean =>
    group.scope === 'college' || person.seats.some((seat) => seat.generalBranch === group.scope)
  return roster.people.filter(belongs).flatMap((person) => person.accounts[group.platform] ?? [])
}
