import {
  appraisedItem,
  type Bands,
  bandOf,
  itemsOf,
  type Rubric,
  type Scores,
  totalOf,
} from '../campaign/scores/rubric.ts'
import { type Cell, document, attachment as heading, note, signature, table, title } from './paper.ts'

export type ScorecardPaper = {
  titles: string
  attachment: string
  branch: string
  generalBranch: string
  rubric: Rubric
  bands: Bands
  /** Of 复评: 2 and more. */
  round?: number
  self?: Scores
  deciding?: Scores
  /** What stands beside the score, never reckoned (J4). */
  inputs?: { appraisal?: { percent: number; source: string }; annual?: string; survey?: string }
  /** Why an item lost points, by its number. */
  reasons?: Readonly<Record<string, string>>
}

const shown = (scores: Scores | undefined, i: number): string => (scores?.[i] === undefined ? '' : String(scores[i]))

/** Attachment 1, filled in for one branch. Signature and seal stay empty (decision 10). */
export function scorecardDocument(paper: ScorecardPaper): Promise<{ name: string; data: Uint8Array }> {
  const { rubric, bands, self, deciding, inputs = {}, reasons = {}, branch, round = 1 } = paper
  const { appraisal, annual, survey } = inputs
  const rows: Cell[][] = [['项目', '具体内容', '分值', '自评', '得分']]
  // The cell of a section is never torn: its rows stay on one page.
  const lastOfSection = new Set<number>()
  let at = 0
  for (const section of rubric.sections) {
    for (const [i, item] of section.items.entries()) {
      const beside =
        appraisal && item === appraisedItem(rubric)
          ? `\n（群众评议满意度 ${appraisal.percent}%，来源：${appraisal.source}）`
          : ''
      const reason = reasons[item.number]
      const points = section.items.reduce((sum, one) => sum + one.points, 0)
      rows.push([
        ...(i === 0 ? [{ text: `${section.name}\n${points}分`, down: section.items.length }] : []),
        {
          text: `${item.number}. ${item.words}${beside}${reason === undefined ? '' : `\n（说明：${reason}）`}`,
          left: true,
        },
        `${item.points}分`,
        shown(self, at),
        shown(deciding, at),
      ])
      at++
    }
    lastOfSection.add(at)
  }
  const full = itemsOf(rubric).reduce((sum, item) => sum + item.points, 0)
  const sum = (scores: Scores | undefined): string => (scores ? String(totalOf(scores)) : '')
  lastOfSection.delete(at)
  rows.push([{ text: `总分（${full}分）`, across: 2 }, `${full}分`, sum(self), sum(deciding)])
  const band = deciding ? bandOf(totalOf(deciding), bands) : '尚未评定'
  const words = [...bands.upper, bands.lowest].map((one) => one.words).join('，')
  return document(`${branch}评分表`, [
    [
      ...heading(paper.attachment),
      ...title(paper.titles),
      note(
        `${paper.generalBranch ? `${paper.generalBranch}　` : ''}${branch}　　定级：${band}${round > 1 ? `（第${round}轮复评）` : ''}`,
      ),
      table({ widths: [12, 58, 11, 9, 10], heads: 1, rows, dense: true, together: (row) => !lastOfSection.has(row) }),
      note(`备注：${words}。`),
      ...(annual === undefined ? [] : [note(`年度考核：${annual}`)]),
      ...(survey === undefined ? [] : [note(`调查摸底：${survey}`)]),
      signature('党支部书记（签名）', '党总支书记（签名）', '（盖章）'),
    ],
  ])
}
