import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Form, openDraft } from '../../src/bot/records/drafts.ts'
import { closedMonths, reports } from '../../src/bot/records/records.ts'
import type { Turn } from '../../src/bot/turn/turn.ts'
import { wholeNumeral } from '../../src/campaign/reading/numerals.ts'
import type { Report } from '../../src/campaign/reading/read-report.ts'
import { type LiaisonReport, monthOf, textOf } from '../../src/campaign/reports/report.ts'

export const name = 'report'

const text = z.string().exactOptional()
const part = z.enum(['branch', 'text', 'hard'])
const common = {
  branches: z.array(z.string()),
  unclearBranches: z.strictObject({ words: z.string(), ids: z.array(z.string()) }).exactOptional(),
  noVisit: text,
  hard: text,
}
const yes = z.literal(true).exactOptional()
const Whole = z.strictObject({ ...common, text: z.string(), seen: yes, solved: yes, doubt: text })
/** A draft of before the text was kept whole. */
const InParts = z
  .strictObject({
    ...common,
    visit: text,
    seen: text,
    solved: text,
    advice: text,
    doubts: z.array(z.object({ words: z.string() })),
  })
  .transform(({ visit, seen, solved, advice, doubts, ...rest }): Report => {
    const parts = textOf({ ...rest, seen: [visit, seen].flatMap((one) => one ?? []).join('\n'), solved, advice })
    return {
      ...rest,
      text: [parts, ...doubts.map(({ words }) => words)].filter(Boolean).join('\n'),
      ...(seen === undefined ? {} : { seen: true }),
      ...(solved === undefined ? {} : { solved: true }),
    }
  })
const Fields: z.ZodType<Report> = z.union([Whole, InParts])
export const reportForm: Form<Report> = { name, schema: Fields }

/** Which month is spoken of; `replace`: this part is being written anew; `reason`: a word about what looked unusual is awaited. */
export const Focus = z.strictObject({
  month: z.string(),
  replace: part.exactOptional(),
  reason: z.literal(true).exactOptional(),
})
export type Focus = z.infer<typeof Focus>
export type ReplacedPart = NonNullable<Focus['replace']>

/** `ownWords`: the report is open, and what is typed is taken for its text before it is taken for a command with an argument. */
export const setFocus = (turn: Turn, focus: Focus, { ownWords = true } = {}): void =>
  turn.focus(name, focus, { ownWords })
export function focusOf(turn: Turn): Focus | undefined {
  const { focus } = turn.session
  const found = focus?.conversation === name ? Focus.safeParse(focus.state) : undefined
  return found?.success ? found.data : undefined
}

/** The last day of a month `2022-05`. */
export const endOf = (month: string): Temporal.PlainDate => {
  const first = Temporal.PlainDate.from(`${month}-01`)
  return first.with({ day: first.daysInMonth })
}
export const monthWords = (month: string): string => `${Number(month.slice(5))}月`

export const recordOf = (turn: Turn, month: string, person = turn.who.id): Promise<LiaisonReport | undefined> =>
  turn.read(reports, turn.campaign.id, month, person)
export const draftOf = (turn: Turn, month: string) => openDraft(turn, reportForm, month)
/** `closed`: the party office has closed the month; `reopened`: it did, and opened it again. */
export async function closingOf(turn: Turn, month: string): Promise<'open' | 'closed' | 'reopened'> {
  const closing = await turn.read(closedMonths, turn.campaign.id, month)
  return closing ? (closing.reopened ? 'reopened' : 'closed') : 'open'
}
export const hasBegun = (turn: Turn, month: string): boolean => month <= monthOf(turn.now.toPlainDate())
export const notBegun = (month: string): string => `${monthWords(month)}还没到，到时候再写；已到的月份请回复“月报”。`

export const reportedMonths = (turn: Turn): string[] =>
  turn.campaign.duties['liaison-report'].milestones.map((date) => monthOf(date))

/** Until this day of a month the report of the month before is meant, if it is missing. */
const lastDayOfGrace = 10

/** The month that 月报 means at this moment: this one; in its first ten days the one before if `missing` it; never one outside the campaign. */
export async function currentMonth(turn: Turn, missing: (month: string) => Promise<boolean>): Promise<string> {
  const months = reportedMonths(turn)
  const today = turn.now.toPlainDate()
  const before = monthOf(today.subtract({ months: 1 }))
  if (today.day <= lastDayOfGrace && months.includes(before) && (await missing(before))) return before
  const now = monthOf(today)
  if (months.includes(now)) return now
  const past = months.filter((month) => month < now)
  return past.at(-1) ?? months[0] ?? now
}

const spoken =
  /^(?:([\d０-９]{4})年)?([\d０-９]{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?:的)?(?:月报|报告)?(?=$|[\s:：,，。])[\s:：,，。]*/

/** A month at the beginning of what was said after 月报, and the rest as it was typed. `unknown`: the campaign has no such month. */
export function readMonth(turn: Turn, argument: string): { month?: string; unknown?: string; rest: string } {
  const [whole, year, word = ''] = spoken.exec(argument) ?? []
  if (whole === undefined) return { rest: argument }
  const rest = argument.slice(whole.length)
  const number = Number(word.normalize('NFKC')) || wholeNumeral(word)
  const month = reportedMonths(turn).find(
    (one) => Number(one.slice(5)) === number && (year === undefined || one.startsWith(year.normalize('NFKC'))),
  )
  return month === undefined ? { unknown: `${number}月`, rest } : { month, rest }
}
