import { z } from 'zod'
import type { Report } from '../reading/read-liaison-report.ts'

const text = z.string().exactOptional()

/**
 * A liaison report as it was submitted (J5). Branches and people by id, times as ISO instants. `text` is the person's own, whole; reports
 * of before it was kept whole have `seen`, `solved` and `advice` instead.
 */
export const LiaisonReport = z.strictObject({
  branches: z.array(z.string()),
  text,
  /** Why no branch was visited. */
  noVisit: text,
  seen: text,
  solved: text,
  /** Hard issues, one a line, or 无. */
  hard: text,
  advice: text,
  version: z.number().int().positive(),
  by: z.string(),
  at: z.string(),
  /** Working days after the deadline, where it came late. */
  late: z.number().exactOptional(),
  /** What the member said about what looked unusual; for the organization department alone. */
  remark: text,
})
export type LiaisonReport = z.infer<typeof LiaisonReport>

type Parts = { [part in 'text' | 'noVisit' | 'seen' | 'solved' | 'hard' | 'advice']?: string | undefined }
/** The whole text; of a report that was kept in parts, the parts. */
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

/** A submission; undefined where it changes nothing, so that there is no new version. */
export function submitLiaisonReport(
  before: LiaisonReport | undefined,
  report: Report,
  by: string,
  at: string,
  late: number,
): LiaisonReport | undefined {
  const content = contentOf(report)
  if (before && JSON.stringify(contentOf(before)) === JSON.stringify(content)) return undefined
  return { ...content, version: (before?.version ?? 0) + 1, by, at, ...(late > 0 ? { late } : {}) }
}

/** A submitted report to be changed. */
export const reopenedLiaisonReport = (report: LiaisonReport): Report => ({
  ...contentOf(report),
  text: textOf(report),
  seen: true,
  solved: true,
})

/** What was seen and solved, without the hard issues and what introduces them. */
function wordsOf(report: LiaisonReport): string {
  let words = textOf(report)
  for (const issue of report.hard?.split('\n') ?? []) words = words.replace(issue, '')
  return words.replace(/(?:没有|无)?(?:难点|堵点|热点)/g, '').replace(/[\s\p{P}]/gu, '')
}

/** The same account, whatever the punctuation. A report without a visit repeats nothing. */
export const repeatsEarlier = (report: LiaisonReport, earlier: LiaisonReport): boolean =>
  report.noVisit === undefined && wordsOf(report) !== '' && wordsOf(report) === wordsOf(earlier)
