import { z } from 'zod'
import type { Report } from '../reading/read-report.ts'

const text = z.string().exactOptional()

/** A liaison report as it was submitted (J5). Branches and people by id, times as ISO instants; every text is the person's own. */
export const LiaisonReport = z.strictObject({
  branches: z.array(z.string()),
  /** Why no branch was visited. */
  noVisit: text,
  seen: text,
  solved: text,
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

export const reportParts = ['noVisit', 'seen', 'solved', 'hard', 'advice'] as const
export type ReportPart = (typeof reportParts)[number]

type Content = Pick<LiaisonReport, 'branches' | ReportPart>
const contentOf = (report: Report | LiaisonReport): Content => ({
  branches: [...report.branches],
  ...Object.fromEntries(reportParts.flatMap((part) => (report[part] === undefined ? [] : [[part, report[part]]]))),
})

/** A submission; undefined where it changes nothing, so that there is no new version. */
export function submitReport(
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
export const reopenedReport = (report: LiaisonReport): Report => ({ ...contentOf(report), doubts: [] })

/** Months as people and keys write them: `2022-05`. */
export const monthOf = (date: { year: number; month: number }): string =>
  `${date.year}-${String(date.month).padStart(2, '0')}`

const wordsOf = ({ seen = '', solved = '' }: LiaisonReport): string => `${seen}\n${solved}`.replace(/[\s\p{P}]/gu, '')

/** The same account of what was seen and solved, whatever the punctuation. A report without a visit repeats nothing. */
export const repeatsEarlier = (report: LiaisonReport, earlier: LiaisonReport): boolean =>
  report.noVisit === undefined && report.seen !== undefined && wordsOf(report) === wordsOf(earlier)
