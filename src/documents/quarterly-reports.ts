import { body, chapters, document, sections, title } from './paper.ts'

/**
 * `own` holds the words of the general branch. `lines` holds the words of a branch, one line for each part. Both are empty if nothing was
 * submitted.
 */
export type QuarterlyUnit = {
  name: string
  own: readonly string[]
  branches: readonly { name: string; lines: readonly string[] }[]
}
/** `quarter` includes the year: `2022年2季度`. */
export type QuarterlyReportsPaper = { college: string; quarter: string; units: readonly QuarterlyUnit[] }

const notGiven = '未提交。'

/** The reports of a quarter (J8): one chapter for each general branch, with its own words first and those of its branches after. */
export function quarterlyReportsDocument({
  college,
  quarter,
  units,
}: QuarterlyReportsPaper): Promise<{ name: string; data: Uint8Array }> {
  const branches = units.flatMap((unit) => unit.branches)
  const done = branches.filter(({ lines }) => lines.length > 0).length
  return document(
    `${quarter}工作情况汇总`,
    [
      [
        ...title(quarter, '基层党组织工作情况汇总'),
        ...body(`${college}应交支部季报${branches.length}份，已交${done}份。`),
        ...chapters(
          units.map((unit) => ({
            heading: unit.name,
            blocks: [
              ...body(unit.own.join('\n') || '本总支情况未提交。'),
              ...sections(
                unit.branches.map(({ name, lines }) => ({ heading: name, blocks: body(lines.join('\n') || notGiven) })),
              ),
            ],
          })),
        ),
      ],
    ],
    { grid: true },
  )
}
