import type { Parcel } from '../bot/messages/channel.ts'
import type { ChannelName } from '../bot/messages/message.ts'
import type { OutboxRow } from '../bot/messages/outbox.ts'
import { accountOn } from '../bot/roster/world.ts'
import { type Group, type Person, personOf, type Roster } from '../campaign/roster/roster.ts'

/** The address of a row by the present roster, or undefined if the account or group no longer exists. */
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

/** A robot's key, or the chat in which 绑定本群 was said. Without either, WeCom's app makes its own group. */
function keyOf({ key, conversation = '' }: Group, channel: ChannelName): string {
  if (channel === 'aibot') return conversation
  return key || (channel === 'dingtalk' ? conversation : '')
}

/** The accounts of a group that the app makes: everybody of its general branch, or of the college. */
function membersOf(roster: Roster, group: Group): string[] {
  const belongs = (person: Person): boolean =>
    group.scope === 'college' || person.seats.some((seat) => seat.generalBranch === group.scope)
  return roster.people.filter(belongs).flatMap((person) => person.accounts[group.platform] ?? [])
}
