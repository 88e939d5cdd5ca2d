import { z } from 'zod'
import type { Report } from '../reading/read-liaison-report.ts'
import { textOf } from './liaison-report.ts'

const text = z.string().exactOptional()
const common = {
  branches: z.array(z.string()),
  unclearBranches: z.strictObject({ words: z.string(), ids: z.array(z.string()) }).exactOptional(),
  noVisit: text,
  hard: text,
}
const yes = z.literal(true).exactOptional()
const Whole = z.strictObject({ ...common, text: z.string(), seen: yes, solved: yes, doubt: text })
/** A draft from the time before the text was kept whole. */
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

/** The shape of a stored draft of a liaison report. */
export const ReportDraft: z.ZodType<Report> = z.union([Whole, InParts])
