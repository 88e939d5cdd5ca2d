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

export type MemberDeed =
  | { deed: 'away'; kind: MemberKind | undefined }
  | { deed: 'contact'; words: string; tookPart: boolean }
  | { deed: 'transferred' }

const kindsSaid: readonly [MemberKind, readonly string[]][] = [
  ['实习学生', ['实习学生', '实习生', '实习', '顶岗']],
  ['离职未转', ['离职未转', '离职']],
  ['其他', ['其他', '其它', '外出']],
]
const partSaid = ['参加', '线上参加', '到会', '出席']
const marks = ' 　,，:：;；、\t\n'

function trimmed(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && marks.includes(text[from] ?? '')) from++
  while (to > from && `${marks}。`.includes(text[to - 1] ?? '')) to--
  return text.slice(from, to)
}

/** The name at the beginning of a text. It ends at a blank, a mark, a kind, a digit or a word of a deed. */
export function nameIn(text: string): { name: string; rest: string } {
  const said = trimmed(text)
  const stops = [
    ...kindsSaid.flatMap(([, words]) => words),
    ...partSaid,
    '转出',
    '今天',
    '昨天',
    '前天',
    '上周',
    '电话',
    '微信',
  ]
  let end = 0
  while (end < said.length && end < 20) {
    const char = said[end] ?? ''
    if (marks.includes(char) || /\d/.test(char)) break
    if (end >= 2 && stops.some((word) => said.startsWith(word, end))) break
    end++
  }
  return { name: said.slice(0, end), rest: trimmed(said.slice(end)) }
}

/** The deed in the words without name and day, or undefined if they name none that we keep. */
export function deedIn(words: string): MemberDeed | undefined {
  const said = trimmed(words)
  if (said.startsWith('转出')) return { deed: 'transferred' }
  const kind = kindsSaid.find(([, names]) => names.some((name) => said.startsWith(name)))?.[0]
  if (kind || said.startsWith('起') || said === '') return said === '' ? undefined : { deed: 'away', kind }
  return {
    deed: 'contact',
    words: said,
    tookPart: partSaid.some((word) => said.includes(word)) && !/没有?参加|未参加|不参加/.test(said),
  }
}
