import { body, chapters, document, sections, title } from './paper.ts'

/** `by` is the person who proposes it. `lines` holds each part of the proposal in that person's words. */
export type ProposalEntry = { by: string; lines: readonly string[] }
export type RegulationsPaper = {
  college: string
  date: string
  regulations: readonly { name: string; proposals: readonly ProposalEntry[] }[]
}

/** Proposals to revise regulations (J12): one chapter for each regulation, with its proposals below. */
export function regulationsDocument({
  college,
  date,
  regulations,
}: RegulationsPaper): Promise<{ name: string; data: Uint8Array }> {
  const count = regulations.reduce((sum, { proposals }) => sum + proposals.length, 0)
  return document(
    '制度修改建议汇总',
    [
      [
        ...title(college, '制度修改建议汇总'),
        ...body(`截至${date}，共收到对${regulations.length}项制度的修改建议${count}条。`),
        ...chapters(
          regulations.map(({ name, proposals }) => ({
            heading: name,
            blocks: sections(proposals.map(({ by, lines }) => ({ heading: by, blocks: body(lines.join('\n')) }))),
          })),
        ),
      ],
    ],
    { grid: true },
  )
}
