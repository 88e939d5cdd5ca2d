/**
 * Mobile members of a branch (J11, decision 6): they are kept in contact and in organisation life. No record here says that a member has
 * left.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

export const memberKinds = ['实习学生', '离职未转', '其他'] as const
export type MemberKind = (typeof memberKinds)[number]

const Contact = z.strictObject({ day: z.string(), words: z.string(), tookPart: z.boolean() })
/**
 * Days are ISO dates. `entered` is the day on which this came on the list. `transferred` is the day since which the member belongs
 * elsewhere.
 */
export const MobileMember = z.strictObject({
  name: z.string(),
  kind: z.enum(memberKinds),
  since: z.string(),
  entered: z.string(),
  contacts: z.array(Contact),
  transferred: z.string().exactOptional(),
})
export type MobileMember = z.infer<typeof MobileMember>
type Day = Temporal.PlainDate

const latest = (days: readonly string[]): string | undefined => days.toSorted().at(-1)
/** The last contact. Taking part is a contact too. */
export const lastContact = ({ contacts }: MobileMember): string | undefined => latest(contacts.map(({ day }) => day))
export const lastPart = ({ contacts }: MobileMember): string | undefined =>
  latest(contacts.filter(({ tookPart }) => tookPart).map(({ day }) => day))

/** The day from which months without taking part count: the last time the member took part, or else the first day away. */
export const runsFrom = (member: MobileMember): Day => Temporal.PlainDate.from(lastPart(member) ?? member.since)

/**
 * The day on which `months` months are full: the same day of the month, or the month's last day. If the member came on the list later, it
 * is the day after that, so that it is said at all.
 */
export function fullOn(member: MobileMember, months: number): Day {
  const full = runsFrom(member).add({ months })
  const heard = Temporal.PlainDate.from(member.entered).add({ days: 1 })
  return Temporal.PlainDate.compare(full, heard) < 0 ? heard : full
}

/** Full months without taking part, as of a day. */
export const monthsWithout = (member: MobileMember, today: Day): number =>
  Math.max(0, runsFrom(member).until(today, { largestUnit: 'months' }).months)
