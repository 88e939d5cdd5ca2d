import { z } from 'zod'
import type { Report } from '../reading/read-liaison-report.ts'

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

/** A submission, or undefined if nothing changed, so that there is no new version. */
export function submitLiaisonReport(
  before: LiaisonReport | undefined,
  report: Report,
  { by, at, late }: { by: string; at: string; late: number },
): LiaisonReport | undefined {
  const content = contentOf(report)
  if (before && JSON.stringify(contentOf(before)) === JSON.stringify(content)) return undefined
  return { ...content, version: (before?.version ?? 0) + 1, by, at, ...(late > 0 ? { late } : {}) }
}

/** A submitted report, opened to be changed. */
export const reopenedLiaisonReport = (report: LiaisonReport): Report => ({
  ...contentOf(report),
  text: textOf(report),
  seen: true,
  solved: true,
})

/** What was seen and solved, without the hard issues and the words that introduce them. */
function wordsOf(report: LiaisonReport): string {
  let words = textOf(report)
  for (const issue of report.hard?.split('\n') ?? []) words = words.replace(issue, '')
  return words.replace(/(?:没有|无)?(?:难点|堵点|热点)/g, '').replace(/[\s\p{P}]/gu, '')
}

/** Whether a report gives the same account as an earlier one, apart from punctuation. A report without a visit repeats nothing. */
export const repeatsEarlier = (report: LiaisonReport, earlier: LiaisonReport): boolean =>
  report.noVisit === undefined && wordsOf(report) !== '' && wordsOf(report) === wordsOf(earlier)
