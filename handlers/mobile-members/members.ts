import { Temporal } from 'temporal-polyfill'
import type { Snapshot } from '../../src/bot/pushes/schedule.ts'
import { lastContact, lastPart, MobileMember, monthsWithout } from '../../src/campaign/members/mobile-member.ts'
import { type Recorded, recordTable, stands } from '../../src/forms/record.ts'

/** Keys: campaign, branch, opaque id of the member. Names are only in values, encrypted with DATA_KEY. */
export const mobileMembers = recordTable('mobile-member', MobileMember)

export type Listed = { branch: string; id: string; record: Recorded<MobileMember>; member: MobileMember }

/** The members on the lists, including transferred ones, without those taken back. */
export const membersIn = (snapshot: Snapshot): Listed[] =>
  snapshot.kept
    .of(mobileMembers)
    .flatMap(({ ids, value }) =>
      stands(value) ? [{ branch: ids[1] ?? '', id: ids[2] ?? '', record: value, member: value.content }] : [],
    )
/** The members who are away now. */
export const awayIn = (snapshot: Snapshot): Listed[] =>
  membersIn(snapshot).filter(({ member }) => member.transferred === undefined)

/** With the year if it is not the present one. */
const dayIn =
  (today: Temporal.PlainDate) =>
  (iso: string | undefined): string => {
    if (iso === undefined) return '无'
    const { year, month, day } = Temporal.PlainDate.from(iso)
    return `${year === today.year ? '' : `${year}年`}${month}月${day}日`
  }
/** `王小明 实习学生 4月6日起 最近联系4月12日 最近参加4月20日`. */
export function memberLine(member: MobileMember, today: Temporal.PlainDate): string {
  const { name, kind, since, transferred } = member
  const day = dayIn(today)
  if (transferred !== undefined) return `${name} ${kind} ${day(since)}起 已于${day(transferred)}转出`
  const months = monthsWithout(member, today)
  const long = months >= 3 ? `（${months}个月未参加组织生活）` : ''
  return `${name} ${kind} ${day(since)}起 最近联系${day(lastContact(member))} 最近参加${day(lastPart(member))}${long}`
}
