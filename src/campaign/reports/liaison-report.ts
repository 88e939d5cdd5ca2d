import { z } from 'zod'
import { type Report, saysNone } from '../reading/read-liaison-report.ts'

const text = z.string().exactOptional()

/**
 * A liaison report as submitted (J5). Branches and people are ids, times ISO instants. `text` is the person's own words, whole. Older
 * reports have `seen`, `solved` and `advice` in place of `text`.
 */
export const LiaisonReport = z.strictObject({
  branches: z.array(z.string()),
  text,
  /** The reason why no branch was visited. */
  noVisit: text,
  seen: text,
  solved: text,
  /** Hard issues, one on each line, or 无. */
  hard: text,
  advice: text,
  version: z.number().int().positive(),
  by: z.string(),
  at: z.string(),
  /** The number of working days after the deadline, if it came late. */
  late: z.number().exactOptional(),
  /** The member's words about what looked unusual. Only the organization department sees them. */
  remark: text,
})
export type LiaisonReport = z.infer<typeof LiaisonReport>

type Parts = { [part in 'text' | 'noVisit' | 'seen' | 'solved' | 'hard' | 'advice']?: string | undefined }
/** The whole text. For a report that was kept in parts, the parts. */
export const textOf = ({ text: whole, noVisit, seen, solved, hard, advice }: Parts): string =>
  whole ??
  [noVisit, seen, titled('解决的问题', solved), titled('难点', hard), titled('建议', advice)]
    .filter((part) => part !== undefined)
    .join('\n')
const titled = (title: string, words: string | undefined): string | undefined => words && `${title}：${words}`

type Content = Pick<LiaisonReport, 'branches' | 'text' | 'noVisit' | 'hard'>
const contentOf = (report: Report | LiaisonReport): Content => ({
  branches: [...report.branches],
  text: 'version' in report ? textOf(report) : report.text,
  ...(report.noVisit === undefined ? {} : { noVisit: report.noVisit }),
  ...(report.hard === undefined ? {} : { hard: report.hard }),
})

const isUnchanged = (before: LiaisonReport | undefined, report: Report): boolean =>
  before !== undefined && JSON.stringify(contentOf(before)) === JSON.stringify(contentOf(report))

/** A submission, or undefined if nothing changed, so that there is no new version. */
export function submitLiaisonReport(
  before: LiaisonReport | undefined,
  report: Report,
  { by, at, late }: { by: string; at: string; late: number },
): LiaisonReport | undefined {
  if (isUnchanged(before, report)) return undefined
  return { ...contentOf(report), version: (before?.version ?? 0) + 1, by, at, ...(late > 0 ? { late } : {}) }
}

/** A submitted report, opened to be changed. Undefined if there is none. */
export const reopenedLiaisonReport = (report: LiaisonReport | undefined): Report | undefined =>
  report && { ...contentOf(report), text: textOf(report), seen: true, solved: true }

/** What was seen and solved, without the hard issues and the words that introduce them. */
function wordsOf(report: Parts): string {
  let words = textOf(report)
  for (const issue of report.hard?.split('\n') ?? []) words = words.replace(issue, '')
  return words.replace(/(?:没有|无)?(?:难点|堵点|热点)/g, '').replace(/[\s\p{P}]/gu, '')
}

/**
 * The earlier month of which a changed report gives the same account, apart from punctuation. A report without a visit repeats nothing.
 * `own` are the member's submitted reports by month, oldest first.
 */
export function monthRepeated(
  report: Report,
  month: string,
  own: ReadonlyMap<string, LiaisonReport>,
): string | undefined {
  const words = wordsOf(contentOf(report))
  if (report.noVisit !== undefined || words === '' || isUnchanged(own.get(month), report)) return undefined
  return [...own].find(([earlier, other]) => earlier < month && wordsOf(other) === words)?.[0]
}

/** The hard issues of a report, one in each line of its words about them. */
export const issuesOf = ({ hard = '' }: Pick<LiaisonReport, 'hard'>): string[] =>
  hard.split('\n').filter((line) => line.trim() !== '' && !saysNone(line))
