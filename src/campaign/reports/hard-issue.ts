import { z } from 'zod'
import { entriesApart, entryNumberAt } from '../reading/list-number.ts'

const Deed = z.strictObject({ by: z.string(), at: z.string(), words: z.string() })

/**
 * A hard issue (J13) on its way from a liaison report to the committee and back. Its number is permanent. People and branches are ids, `at`
 * are ISO instants, `due` is an ISO date. `decision` and `answer` are absent until they are given. `takenOut`: its author's report no
 * longer names it.
 */
export const HardIssue = z.strictObject({
  month: z.string(),
  raiser: z.string(),
  branches: z.array(z.string()),
  words: z.string(),
  decision: Deed.extend({ owner: z.string().exactOptional(), due: z.string().exactOptional() }).exactOptional(),
  answer: Deed.exactOptional(),
  takenOut: z.literal(true).exactOptional(),
})
export type HardIssue = z.infer<typeof HardIssue>
export type IssueState = '待上会' | '已决定' | '已答复' | '已撤回'

/** Where an issue stands, in the words that people read. */
export const stateOf = ({ decision, answer, takenOut }: HardIssue): IssueState =>
  answer ? '已答复' : decision ? '已决定' : takenOut ? '已撤回' : '待上会'
/** Whether it still waits for a decision or an answer. */
export const isOpen = (issue: HardIssue): boolean => ['待上会', '已决定'].includes(stateOf(issue))
/** Whether an issue counts. One that was taken out does not. */
export const counts = (issue: HardIssue): boolean => stateOf(issue) !== '已撤回'

export type Numbered = { number: number; issue: HardIssue }
type Raised = Pick<HardIssue, 'month' | 'raiser' | 'branches'> & { issues: readonly string[] }

const plain = (text: string): string => text.replace(/[\s\p{P}]/gu, '')

/** How similar two texts are, from 0 to 1: the share of common pairs of characters. */
function likeness(one: string, other: string): number {
  const pairs = (text: string): Set<string> => {
    const chars = Array.from(plain(text))
    return new Set(chars.slice(1).map((char, i) => `${chars[i]}${char}`))
  }
  const [left, right] = [pairs(one), pairs(other)]
  const shared = [...left].filter((pair) => right.has(pair)).length
  return shared / Math.max(1, Math.min(left.size, right.size))
}
const edited = 0.4

/**
 * The changes that a submitted report makes. An issue with the same or edited words keeps its number, a new one gets the next, and one that
 * is no longer named is taken out. Decided issues stay. `before` are all issues of the college. Returns only the changed ones.
 */
export function raise(before: readonly Numbered[], { issues, ...about }: Raised): Numbered[] {
  const mine = before.filter(({ issue }) => issue.raiser === about.raiser && issue.month === about.month)
  const left = new Set(mine)
  const take = (fits: (one: Numbered) => boolean): Numbered | undefined => {
    const found = [...left].find(fits)
    if (found) left.delete(found)
    return found
  }
  const same = issues.map((words) => take(({ issue }) => plain(issue.words) === plain(words)))
  const kept = issues.map((words, i) => same[i] ?? take(({ issue }) => likeness(issue.words, words) >= edited))
  let next = Math.max(0, ...before.map(({ number }) => number))
  const now = issues.map((words, i): Numbered => {
    const { issue, number } = kept[i] ?? {}
    if (number === undefined || !issue) return { number: ++next, issue: { ...about, words } }
    const { takenOut: _, ...stays } = issue
    return { number, issue: { ...stays, branches: about.branches, words } }
  })
  const gone = [...left].flatMap(({ number, issue }): Numbered[] =>
    issue.decision || issue.answer ? [] : [{ number, issue: { ...issue, takenOut: true } }],
  )
  const was = new Map(mine.map(({ number, issue }) => [number, JSON.stringify(issue)]))
  return [...now, ...gone].filter(({ number, issue }) => was.get(number) !== JSON.stringify(issue))
}

export const issueDeeds = ['decision', 'answer', 'back', 'undo'] as const
type IssueDeed = (typeof issueDeeds)[number]
const deeds: { readonly [word: string]: IssueDeed } = {
  决定: 'decision',
  答复: 'answer',
  退回: 'back',
  重开: 'back',
  撤销: 'undo',
}
const deedSaid = /^已?(决定|答复|退回|重开|撤销)了?[\s:：，,]*/u
const undone = /^撤销[\s:：]*/u
const called = /^议题[\s:：]*/u

export type IssueSaid = { number: number; deed?: IssueDeed; words: string }

/** Reads what is said of an issue: its number, the deed and the words, as in `3 决定 由后勤处更换…`. Undefined if it names no issue. */
export function readIssueDeed(text: string): IssueSaid | undefined {
  const typed = text.trim().replace(called, '')
  const isUndone = undone.test(typed)
  const begun = typed.replace(undone, '')
  const found = entryNumberAt(begun, 0)
  if (!found) return undefined
  const rest = begun.slice(found.end)
  const said = isUndone ? null : deedSaid.exec(rest)
  const deed = isUndone ? 'undo' : deeds[said?.[1] ?? '']
  return { number: found.number, ...(deed ? { deed } : {}), words: rest.slice(said?.[0].length ?? 0).trim() }
}
/** What one message says of several issues, apart. */
export const issuesApart = (text: string): string[] =>
  entriesApart(text, (line) => readIssueDeed(line)?.deed !== undefined || called.test(line))

const ends = '，,。；;、 \n\t'
/** The responsible person in a decision: the words after 负责人 or 责任人, up to the next mark. */
export function ownerIn(words: string): string | undefined {
  const at = ['负责人', '责任人'].map((word) => words.indexOf(word)).find((found) => found >= 0)
  if (at === undefined) return /由([^，,。；;、\s由]{2,20}?)(?:负责|牵头)/u.exec(words)?.[1]
  let from = at + '负责人'.length
  while (':：是为 '.includes(words[from] ?? '。')) from++
  let to = from
  while (to < words.length && !ends.includes(words[to] ?? '')) to++
  return to > from ? words.slice(from, Math.min(to, from + 20)) : undefined
}
